import { Hono } from 'hono';
import type { ApiDeps } from '../app.ts';
import type { ApiEnv } from '../authenticate.ts';
import { daysAsked } from '../usage-period.ts';
import { UsageParameters } from '../schemas.ts';
import { sumOf, usageJson } from '../usage-json.ts';
import { query } from '../validate.ts';

/** GET /v1/usage?from=&to=: what the tenant has used up, by day; the current month when no days are named. */
export function usageRoutes({ usage, records, clock, flushUsage }: ApiDeps) {
  return new Hono<ApiEnv>().get('/', query(UsageParameters), async (c) => {
    const tenant = c.get('tenant');
    const { from, to } = daysAsked(c.req.valid('query'), clock.nowMs());
    await flushUsage(tenant, 0);
    const [days, totals] = await Promise.all([usage.days(tenant, from, to), records.totals(tenant)]);
    return c.json({
      from,
      to,
      days: days.map((day) => ({ day: day.day, ...usageJson(day) })),
      total: usageJson(sumOf(days)),
      stored: totals,
      limits: c.get('account').settings.limits,
    });
  });
}
