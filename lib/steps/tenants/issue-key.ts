import { keyIdOf, type ApiKey, type RequestToken } from '../../domain/credential.ts';
import { GlossError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { ApiKeys } from '../../ports/api-keys.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { livingTenant } from './update-tenant.ts';

export interface KeyDeps {
  readonly apiKeys: ApiKeys;
  readonly tenants: TenantReader;
  readonly clock: Clock;
}

/** All keys of a tenant are shown in one answer. Those that have expired count until they are revoked. */
const MAX_KEYS = 1_000;

/**
 * Creates a key of a tenant, for this incarnation of it. The tenant is looked at again when the key exists: either
 * this sees that a deletion has begun, or the deletion, which lists the keys after it has begun, sees this key.
 * @param token of the request: another attempt of it takes the place of the key that the first has made and nobody heard of
 * @throws GlossError `not_found`; `conflict` for a tenant that is being deleted or has 1,000 keys: then there is no key.
 */
export async function issueKey(
  { apiKeys, tenants }: KeyDeps,
  id: TenantId,
  wanted: Pick<ApiKey, 'name' | 'scopes' | 'expiresAtMs'>,
  token?: RequestToken,
): Promise<{ readonly key: string; readonly apiKey: ApiKey }> {
  const { incarnation } = livingTenant(await tenants.get(id), id);
  const own = token && { id: keyIdOf(token) };
  const others = (await apiKeys.list(id)).filter((other) => other.id !== own?.id);
  if (others.length >= MAX_KEYS)
    throw new GlossError('conflict', 'too_many_keys', `a tenant has at most ${MAX_KEYS} keys: revoke some`);
  const made = await apiKeys.create(id, { ...wanted, ...own, incarnation });
  try {
    if (livingTenant(await tenants.get(id), id).incarnation === incarnation) return made;
    throw new GlossError('conflict', 'tenant_deleted', `tenant ${id} was deleted meanwhile`);
  } catch (error) {
    await apiKeys.revoke(id, made.apiKey.id);
    throw error;
  }
}
