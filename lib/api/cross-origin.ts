import { createMiddleware } from 'hono/factory';
import type { ApiEnv } from './env.ts';

/**
 * What pages of other origins may do (CORS). A preflight carries no credential, so that nobody knows yet whose origins count: any
 * page may ask, and reads the answer where the tenant lists its origin. Cookies mean nothing here, so none are let through.
 */

const PREFLIGHT: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers':
    'authorization, content-type, idempotency-key, mcp-protocol-version, mcp-session-id',
  'Access-Control-Max-Age': '7200',
};

/** What pages may read beside the body. */
const EXPOSED = 'RateLimit, RateLimit-Policy, Retry-After, Idempotency-Replayed';

/** Answers preflights, before anybody asks for a credential. */
export const answerPreflights = createMiddleware(async (c, next) => {
  if (c.req.method !== 'OPTIONS' || c.req.header('access-control-request-method') === undefined)
    return next();
  return c.body(null, 204, PREFLIGHT);
});

/** For what needs no credential. */
export const openToAll = createMiddleware(async (c, next) => {
  c.header('Access-Control-Allow-Origin', '*');
  await next();
});

/** Opens what is answered from here on, errors as well, to pages of the origins that the tenant lists. */
export const openToOrigins = createMiddleware<ApiEnv>(async (c, next) => {
  const origin = c.req.header('origin');
  if (origin !== undefined) {
    c.header('Vary', 'Origin', { append: true });
    if (c.get('account').settings.origins?.includes(origin)) {
      c.header('Access-Control-Allow-Origin', origin);
      c.header('Access-Control-Expose-Headers', EXPOSED);
    }
  }
  await next();
});
