import { Hono } from 'hono';
import { GlossError } from '../../domain/errors.ts';
import { storeUsd } from '../../domain/prices.ts';
import type { UsageCounts, UsageDay } from '../../ports/usage.ts';
import { monthOf } from '../../steps/month-of.ts';
import type { ApiDeps } from '../app.ts';
import type { ApiEnv } from '../authenticate.ts';
import { UsageParameters } from '../schemas.ts';
import { query } from '../validate.ts';

/** GET /v1/usage?from=&to=: what the tenant has used up, by day; the current month when no days are named. */
export function usageRoutes({ usage, records, clock, settleUsage }: ApiDeps) {
  return new Hono<ApiEnv>().get('/', query(UsageParameters), async (c) => {
    const tenant = c.get('tenant');
    const month = monthOf(clock.nowMs());
    const { from = month.from, to = month.to } = c.req.valid('query');
    if (from > to)
      throw new GlossError('invalid', 'field', 'from: is after to', { place: { field: 'from' } });
    await settleUsage(tenant, 0);
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

/** Dollars are an estimate by the price table of lib/domain/prices.ts. */
function usageJson(counts: UsageCounts) {
  const { images, views, inputTokens, outputTokens, readUnits, writeUnits } = counts;
  const model = counts.modelMicroUsd / 1e6;
  const store = storeUsd(counts);
  const usd = { model, store, total: model + store };
  return { images, views, inputTokens, outputTokens, readUnits, writeUnits, usd };
}

const NOTHING: UsageCounts = {
  images: 0,
  views: 0,
  inputTokens: 0,
  outputTokens: 0,
  modelMicroUsd: 0,
  readUnits: 0,
  writeUnits: 0,
};

const sumOf = (days: readonly UsageDay[]): UsageCounts =>
  days.reduce(
    (sum, day) => ({
      images: sum.images + day.images,
      views: sum.views + day.views,
      inputTokens: sum.inputTokens + day.inputTokens,
      outputTokens: sum.outputTokens + day.outputTokens,
      modelMicroUsd: sum.modelMicroUsd + day.modelMicroUsd,
      readUnits: sum.readUnits + day.readUnits,
      writeUnits: sum.writeUnits + day.writeUnits,
    }),
    NOTHING,
  );
