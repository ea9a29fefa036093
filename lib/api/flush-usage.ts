import { createMiddleware } from 'hono/factory';
import type { ApiEnv } from './env.ts';
import type { UsageRouteDeps } from './usage/route.ts';

/** An instance that is never asked again loses what it counted in so long. */
const EVERY_MS = 10_000;

/** Writes the tenant's usage down after a request, now and then: while it has just been seen to be there. */
export const flushingUsage = ({
  countUsageFor,
  flushUsage,
}: Pick<UsageRouteDeps, 'countUsageFor' | 'flushUsage'>) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    countUsageFor(c.get('account'));
    await next();
    await flushUsage(c.get('tenant'), EVERY_MS);
  });
