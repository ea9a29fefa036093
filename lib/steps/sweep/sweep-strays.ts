import type { TenantId } from '../../domain/ids.ts';
import { uploadKey } from '../../domain/object-key.ts';
import { isAfterDeletion, isFromBefore, STRAY_KEPT_MS } from '../../domain/stray.ts';
import { readableOnes } from '../../domain/unreadable.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { Strays } from '../../ports/strays.ts';
import { isLost, type IsLostDeps } from './is-lost.ts';

interface SweepStraysDeps extends IsLostDeps {
  readonly strays: Strays;
  readonly objects: ObjectStore;
  readonly clock: Clock;
}

const PAGE = 100;

/**
 * Removes strays of one name whose time is over, with what came before them; what came later under their names stays,
 * and so does its place in the list. Pictures of a tenant whose row is lost are none.
 */
export async function sweepStrays(
  deps: SweepStraysDeps,
  tenant: TenantId,
): Promise<{ readonly expired: number }> {
  const { tenants, strays, objects, clock } = deps;
  const account = await tenants.get(tenant);
  if (!account && (await isLost(deps, tenant))) return { expired: 0 };
  let expired = 0;
  let after: string | undefined;
  do {
    const page = await strays.list(tenant, { limit: PAGE, ...(after !== undefined && { after }) });
    const endMs = clock.nowMs() - STRAY_KEPT_MS;
    // One that cannot be read stays, with its object: nobody knows how long it has been there.
    const over = readableOnes(page.strays).filter(
      ({ notedAtMs, storedAtMs }) => (notedAtMs ?? storedAtMs) <= endMs,
    );
    for (const stray of over) {
      const { name, storedAtMs } = stray;
      // What came in the second of its tenant's birth is the tenant's.
      if (!account || isFromBefore(storedAtMs, account) || isAfterDeletion(storedAtMs, account))
        await objects.removeFromBefore(tenant, uploadKey(tenant, name), storedAtMs + 1000);
      await strays.remove(tenant, stray);
      expired += 1;
    }
    after = page.next;
  } while (after !== undefined);
  return { expired };
}
