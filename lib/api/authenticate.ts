import { createMiddleware } from 'hono/factory';
import { GlossError } from '../domain/errors.ts';
import type { TenantId } from '../domain/ids.ts';
import type { ApiKeys } from '../ports/api-keys.ts';

/** What a request that passed authentication carries. */
export interface ApiEnv {
  Variables: { tenant: TenantId };
}

/** The tenant comes from the key in `Authorization: Bearer gls_...` and from nowhere else. */
export function authenticate(apiKeys: ApiKeys) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const bearer = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '');
    if (!bearer)
      throw new GlossError('unauthorized', 'key_missing', 'send your key as "Authorization: Bearer gls_..."');
    const tenant = await apiKeys.tenantOf(bearer[1]!);
    if (!tenant) throw new GlossError('unauthorized', 'key_unknown', 'this key is unknown or was revoked');
    c.set('tenant', tenant);
    await next();
  });
}
