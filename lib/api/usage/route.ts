import { Hono } from 'hono';
import type { TenantId } from '../../domain/ids.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { readableOnes } from '../../domain/unreadable.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { Reservations } from '../../ports/reservations.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { Usage } from '../../ports/usage.ts';
import type { ApiEnv } from '../env.ts';
import { limitsJson } from '../tenants/tenant-json.ts';
import { query } from '../validate.ts';
import { usagePeriod } from './usage-period.ts';
import { UsageParameters, type UsageAnswer } from './schema.ts';
import { sumOf, usageJson } from './usage-json.ts';

export interface UsageRouteDeps {
  readonly usage: Usage;
  readonly records: ImageRecords;
  readonly reservations: Pick<Reservations, 'sums'>;
  readonly clock: Clock;
  /** Units are this account's from here on, and no longer those of an earlier tenant of its name. */
  readonly countUsageFor: (account: Tenant) => void;
  /** Writes down what this instance has counted of a tenant's usage, unless it did less than so long ago. */
  readonly flushUsage: (tenant: TenantId, everyMs: number) => Promise<void>;
}

/** GET /v1/usage?from=&to=: what the tenant has used up, by day; the current month when no days are named. */
export function usageRoutes({
  usage,
  records,
  reservations,
  clock,
  flushUsage,
}: Omit<UsageRouteDeps, 'countUsageFor'>) {
  return new Hono<ApiEnv>().get('/', query(UsageParameters), async (c) => {
    const tenant = c.get('tenant');
    const { from, to } = usagePeriod(c.req.valid('query'), clock.nowMs());
    await flushUsage(tenant, 0);
    const [stored, totals, reserved] = await Promise.all([
      usage.days(tenant, from, to),
      records.totals(tenant),
      reservations.sums(tenant),
    ]);
    const days = readableOnes(stored);
    const answer: UsageAnswer = {
      from,
      to,
      days: days.map((day) => ({ day: day.day, ...usageJson(day) })),
      total: usageJson(sumOf(days)),
      stored: { images: totals.images, bytes: totals.bytes },
      reserved: { images: reserved.images, bytes: reserved.bytes },
      limits: limitsJson(c.get('account').settings.limits),
    };
    return c.json(answer);
  });
}
