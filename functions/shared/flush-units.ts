import { dayOf } from '../../lib/domain/calendar.ts';
import type { TenantId } from '../../lib/domain/ids.ts';
import { isLiving } from '../../lib/domain/tenant.ts';
import type { Clock } from '../../lib/ports/runtime.ts';
import type { TenantReader } from '../../lib/ports/tenants.ts';
import type { Usage } from '../../lib/ports/usage.ts';
import { logger } from './telemetry.ts';
import type { UnitCounts } from './unit-counts.ts';

interface Bookkeeping {
  readonly units: UnitCounts;
  readonly usage: Usage;
  readonly tenants: TenantReader;
  readonly clock: Clock;
}

/**
 * Writes down the units of one tenant, unless that was done a moment ago. Where that fails they wait for the next time: no work is done
 * again, and no request refused, for want of bookkeeping.
 */
export async function flushUnits(
  { units, usage, clock }: Omit<Bookkeeping, 'tenants'>,
  tenant: TenantId,
  { everyMs = 0 }: { readonly everyMs?: number } = {},
): Promise<void> {
  const nowMs = clock.nowMs();
  if (nowMs - units.flushedAtMs(tenant) < everyMs) return;
  const counts = units.take(tenant, nowMs);
  try {
    await usage.add(tenant, { day: dayOf(nowMs), counts });
  } catch (error) {
    units.putBack(tenant, counts);
    noteUnwritten(tenant, error);
  }
}

/** Writes down the units of all tenants, but not of those that are gone: nothing of them may come back. */
export async function flushAllUnits(books: Bookkeeping): Promise<void> {
  await Promise.all(
    books.units.unflushed().map(async (tenant) => {
      try {
        const account = await books.tenants.get(tenant);
        if (account) books.units.countFor(account);
        if (isLiving(account)) await flushUnits(books, tenant);
        else books.units.take(tenant, books.clock.nowMs());
      } catch (error) {
        noteUnwritten(tenant, error);
      }
    }),
  );
}

const noteUnwritten = (tenant: TenantId, error: unknown): void =>
  logger.warn('units are not written down', { tenant, error: error as Error });
