import type { MessageQueue } from '../../ports/message-queue.ts';
import type { PurgeMessage } from '../../domain/messages.ts';
import { GlossError } from '../../domain/errors.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { TenantData } from '../../ports/tenant-data.ts';
import { updateTenant } from './update-tenant.ts';
import type { TenantDeps } from './create-tenant.ts';

interface PurgeDeps extends TenantDeps {
  /** Objects first: their names are in the records, which are deleted after them. */
  readonly stores: readonly TenantData[];
  readonly purgeQueue: MessageQueue<PurgeMessage>;
}

type PurgeOutcome = 'deleted' | 'goes on' | 'not to be deleted';

/**
 * Deletes everything of a deleted tenant by scanning all stores, and repeats until a whole scan finds nothing.
 * That scan is the proof, which the tenant's record keeps. Work that does not fit into the worker's time
 * continues in another message, from where it stopped.
 */
export async function purgeTenant(
  deps: PurgeDeps,
  { tenant: id, incarnation, final, removed, at }: PurgeMessage,
  timeIsUp: () => boolean,
): Promise<PurgeOutcome> {
  const tenant = await deps.tenants.get(id);
  if (tenant?.status !== 'deleting' && tenant?.status !== 'deleted') return 'not to be deleted';
  // A message about an earlier tenant of this name says nothing about this one.
  if (incarnation !== undefined && incarnation !== tenant.incarnation) return 'not to be deleted';
  const total = { ...removed };
  let place: Place = at ?? FIRST;
  for (;;) {
    // A name that is free again while an earlier look goes on belongs to somebody else.
    if ((await deps.tenants.get(id))?.incarnation !== tenant.incarnation) return 'not to be deleted';
    const store = deps.stores[place.store]!;
    const sweep = await store.sweep(tenant, place.start);
    total[store.holds] += sweep.removed;
    const look = {
      scanned: place.scanned + (store.holds === 'items' ? sweep.scanned : 0),
      found: place.found + sweep.removed,
    };
    if (sweep.next !== undefined) place = { ...look, store: place.store, start: sweep.next };
    else if (place.store + 1 < deps.stores.length) place = { ...look, store: place.store + 1 };
    else if (look.found > 0) place = FIRST;
    else {
      await writeProof(deps, tenant, { total, scanned: look.scanned, final });
      return 'deleted';
    }
    if (timeIsUp()) {
      await deps.purgeQueue.send([
        { tenant: id, incarnation: tenant.incarnation, final, removed: total, at: place },
      ]);
      return 'goes on';
    }
  }
}

type Place = NonNullable<PurgeMessage['at']>;
const FIRST: Place = { store: 0, scanned: 0, found: 0 };

interface Proof {
  readonly total: PurgeMessage['removed'];
  readonly scanned: number;
  readonly final: boolean;
}

async function writeProof(deps: PurgeDeps, { id, incarnation }: Tenant, { total, scanned, final }: Proof) {
  await updateTenant(deps, id, (tenant) => {
    if (tenant.incarnation !== incarnation)
      throw new GlossError('conflict', 'tenant_exists', `${id} is another tenant by now`);
    const earlier = tenant.deletion;
    return {
      ...tenant,
      status: 'deleted',
      deletion: {
        removedItems: (earlier?.removedItems ?? 0) + total.items,
        removedObjects: (earlier?.removedObjects ?? 0) + total.objects,
        scannedItems: scanned,
        provenAtMs: deps.clock.nowMs(),
        final: final || (earlier?.final ?? false),
      },
    };
  });
}
