import { Hono } from 'hono';
import type { ApiEnv } from '../env.ts';
import { NoParameters } from '../fields.ts';
import { body, path, query } from '../validate.ts';
import type { KeyDeps } from '../../steps/tenants/issue-key.ts';
import { createKey, listKeys, replaceKey, revokeKey } from './manage-keys.ts';
import { KeyBody, KeyPath, KeyRotationBody } from './schema.ts';

/** /v1/keys: a tenant's own keys, for whoever holds the scope `admin`. */
export function keyRoutes(deps: KeyDeps) {
  return new Hono<ApiEnv>()
    .get('/', query(NoParameters), async (c) => c.json(await listKeys(deps, c.get('tenant'))))
    .post('/', body(KeyBody), async (c) =>
      c.json(await createKey(deps, c.get('tenant'), c.req.valid('json'), c.get('requestToken')), 201),
    )
    .post('/:keyId/rotation', path(KeyPath), body(KeyRotationBody), async (c) => {
      const { keyId } = c.req.valid('param');
      const life = c.req.valid('json');
      return c.json(await replaceKey(deps, c.get('tenant'), keyId, life, c.get('requestToken')), 201);
    })
    .delete('/:keyId', path(KeyPath), async (c) => {
      await revokeKey(deps, c.get('tenant'), c.req.valid('param').keyId);
      return c.body(null, 204);
    });
}
