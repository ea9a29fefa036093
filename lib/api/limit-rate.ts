import { createMiddleware } from 'hono/factory';
import { GlossError } from '../domain/errors.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import type { ApiEnv } from './env.ts';

/** What a request brings that an assistant's request has made of itself. */
export interface PaidFor {
  /** Its token is that of the other. */
  readonly isPaidFor: boolean;
}

/**
 * Takes a token of the tenant's bucket for every request that is not paid for, and says in every answer how many are left: `RateLimit` and
 * `RateLimit-Policy` as in draft-ietf-httpapi-ratelimit-headers-10.
 * @param options.isBeside whether the request is answered meanwhile, and its answer thrown away where it is one too many: of requests that
 * change nothing
 * @throws GlossError `throttled`, which becomes 429 with Retry-After.
 */
export function limitRate(
  rateLimiter: RateLimiter,
  { isBeside = false }: { readonly isBeside?: boolean } = {},
) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    if ((c.env as Partial<PaidFor> | undefined)?.isPaidFor) return next();
    const { requestsPerSec, burst } = c.get('account').settings.limits;
    const taking = rateLimiter.take(c.get('tenant'), { requestsPerSec, burst });
    if (isBeside) await Promise.allSettled([taking, next()]);
    const taken = await taking;
    const windowSec = Math.ceil(burst / requestsPerSec);
    c.header('RateLimit-Policy', `"tenant";q=${burst};w=${windowSec}`);
    c.header('RateLimit', `"tenant";r=${taken.remaining};t=${Math.ceil(taken.fullInMs / 1000)}`);
    if (!taken.allowed) {
      const retryAfterSec = Math.max(1, Math.ceil(taken.nextInMs / 1000));
      const message = `this tenant may send ${requestsPerSec} requests a second, ${burst} at once: come again in ${retryAfterSec} s`;
      throw new GlossError('throttled', 'rate_limit', message, { retryAfterSec });
    }
    if (!isBeside) await next();
    return undefined;
  });
}
