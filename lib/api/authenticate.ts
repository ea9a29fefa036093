import { createMiddleware } from 'hono/factory';
import {
  isValidAt,
  OPERATOR,
  type ApiKey,
  type Credential,
  type Principal,
  type Scope,
} from '../domain/credential.ts';
import { GlossError } from '../domain/errors.ts';
import type { ApiKeys } from '../ports/api-keys.ts';
import type { Clock } from '../ports/runtime.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { TenantReader } from '../ports/tenants.ts';
import type { Tokens } from '../ports/tokens.ts';
import type { ApiEnv, AuthEnv } from './env.ts';

export interface AuthDeps {
  readonly apiKeys: ApiKeys;
  readonly tenants: TenantReader;
  /** Absent where the deployment trusts no issuer. */
  readonly tokens?: Tokens;
  readonly clock: Clock;
}

/** Finds out who asks, by `Authorization: Bearer` with an API key (`gls_...`) or a token of the trusted issuer. */
export function authenticate(deps: AuthDeps) {
  return createMiddleware<AuthEnv>(async (c, next) => {
    const bearer = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (bearer === undefined)
      throw new GlossError('unauthorized', 'key_missing', 'send your key as "Authorization: Bearer gls_..."');
    const apiKey = bearer.startsWith('gls_') ? await validKey(deps, bearer) : undefined;
    const principal = apiKey ? principalOf(apiKey) : await byToken(deps, bearer);
    if (!principal)
      throw new GlossError('unauthorized', 'key_unknown', 'this key is unknown, has expired or was revoked');
    c.set('principal', principal);
    if (!apiKey) return next();
    const noted = deps.apiKeys.touch(apiKey, bearer);
    c.set('noted', noted);
    // Who is let in awaits it; whoever is not, leaves no work behind.
    await Promise.allSettled([noted, next()]);
    return undefined;
  });
}

async function validKey({ apiKeys, clock }: AuthDeps, key: string): Promise<ApiKey | undefined> {
  const apiKey = await apiKeys.find(key);
  return apiKey && isValidAt(apiKey, clock.nowMs()) ? apiKey : undefined;
}

function principalOf({ id, owner, scopes, incarnation }: ApiKey): Principal {
  const credential: Credential = { kind: 'key', id, incarnation };
  return owner === OPERATOR
    ? { kind: 'operator', credential }
    : { kind: 'tenant', tenant: owner, scopes, credential };
}

async function byToken({ tokens }: AuthDeps, token: string): Promise<Principal | undefined> {
  const verified = await tokens?.verify(token);
  if (!verified) return undefined;
  const { tenant, scopes, issuer, subject, issuedAtMs } = verified;
  return { kind: 'tenant', tenant, scopes, credential: { kind: 'token', issuer, subject, issuedAtMs } };
}

/** Between the clocks of an issuer and ours; a name is free again a quarter of an hour after a deletion at the soonest. */
const SKEW_MS = 300_000;

/** Whether a credential was given for this tenant, and not for an earlier one of the same name. */
const isFor = (credential: Credential, { incarnation, createdAtMs }: Tenant): boolean =>
  credential.kind === 'key'
    ? credential.incarnation === incarnation
    : credential.issuedAtMs >= createdAtMs - SKEW_MS;

/** Lets tenants in, each with its account. Nobody comes in by the operator's key: it belongs to no tenant. */
export function asTenant({ tenants }: Pick<AuthDeps, 'tenants'>) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const principal = c.get('principal');
    if (principal.kind !== 'tenant')
      throw new GlossError(
        'forbidden',
        'tenant_only',
        'an operator key manages tenants; use a key of a tenant',
      );
    const [account] = await Promise.all([tenants.get(principal.tenant), c.get('noted')]);
    if (!account || !isFor(principal.credential, account)) throw unknownTenant();
    if (account.status === 'suspended')
      throw new GlossError('forbidden', 'tenant_suspended', 'this tenant is suspended: ask the operator');
    if (account.status !== 'active') throw unknownTenant();
    c.set('tenant', principal.tenant);
    c.set('account', account);
    await next();
  });
}

const unknownTenant = () =>
  new GlossError('unauthorized', 'tenant_unknown', 'the tenant of this credential does not exist');

/** Lets the operator in, and tells everybody else the same, whatever they name. */
export const asOperator = createMiddleware<AuthEnv>(async (c, next) => {
  if (c.get('principal').kind !== 'operator')
    throw new GlossError('forbidden', 'operator_only', 'tenants are managed with an operator key');
  c.set('allowed', true);
  await c.get('noted');
  await next();
});

/** Lets credentials in that have the scope that requests of this method need. */
export function allow(scopeOf: (method: string, path: string) => Scope) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const principal = c.get('principal');
    const scope = scopeOf(c.req.method, c.req.path);
    if (principal.kind !== 'tenant' || !principal.scopes.includes(scope))
      throw new GlossError('forbidden', 'scope_missing', `this credential lacks the scope "${scope}"`);
    c.set('allowed', true);
    await next();
  });
}
