import { Hono, type Context } from 'hono';
import type { Owner } from '../../domain/credential.ts';
import { noSuchKey, rotateKey } from '../../steps/tenants/rotate-key.ts';
import type { ApiDeps } from '../app.ts';
import { allow, type ApiEnv } from '../authenticate.ts';
import { keyJson } from '../key-json.ts';
import { KeyBody, KeyPath, KeyRotationBody, NoParameters } from '../schemas.ts';
import { body, path, query } from '../validate.ts';
import type { z } from 'zod';

/** /v1/keys: a tenant's own keys, for whoever holds the scope `admin`. */
export function keyRoutes(deps: ApiDeps) {
  return new Hono<ApiEnv>()
    .use(allow('admin'))
    .get('/', query(NoParameters), async (c) => c.json(await listKeys(deps, c.get('tenant'))))
    .post('/', body(KeyBody), async (c) =>
      c.json(await createKey(deps, c.get('tenant'), c.req.valid('json')), 201),
    )
    .post('/:keyId/rotation', path(KeyPath), body(KeyRotationBody), async (c) => {
      const { keyId } = c.req.valid('param');
      return c.json(await rotate(deps, c.get('tenant'), keyId, c.req.valid('json')), 201);
    })
    .delete('/:keyId', path(KeyPath), async (c) =>
      revokeKey(c, deps, c.get('tenant'), c.req.valid('param').keyId),
    );
}

export async function listKeys({ apiKeys }: ApiDeps, owner: Owner) {
  return { keys: (await apiKeys.list(owner)).map(keyJson) };
}

export async function createKey(
  { apiKeys, clock }: ApiDeps,
  owner: Owner,
  { name, scopes, expiresInSec }: z.output<typeof KeyBody>,
) {
  const end = expiresInSec === undefined ? {} : { expiresAtMs: clock.nowMs() + expiresInSec * 1000 };
  const { key, apiKey } = await apiKeys.create(owner, { name, scopes: [...new Set(scopes)], ...end });
  return { key, ...keyJson(apiKey) };
}

export async function rotate(
  deps: ApiDeps,
  owner: Owner,
  id: string,
  life: z.output<typeof KeyRotationBody>,
) {
  const { key, apiKey, previous } = await rotateKey(deps, owner, id, life);
  return { key, ...keyJson(apiKey), previous: keyJson(previous) };
}

export async function revokeKey(c: Context, { apiKeys }: ApiDeps, owner: Owner, id: string) {
  if (!(await apiKeys.revoke(owner, id))) throw noSuchKey();
  return c.body(null, 204);
}
