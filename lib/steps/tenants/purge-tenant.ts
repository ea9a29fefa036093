import type { PurgeMessage } from '../../domain/messages.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { RandomHex } from '../../ports/runtime.ts';
import type { TenantData } from '../../ports/tenant-data.ts';
import type { TenantDeps } from './create-tenant.ts';
import { updateTenant } from './update-tenant.ts';

interface PurgeDeps extends TenantDeps {
  /** Objects first: their names are in the records, which are deleted after them. */
  readonly stores: readonly TenantData[];
  readonly purgeQueue: MessageQueue<PurgeMessage>;
  readonly randomHex: RandomHex;
}

/** waits: for another worker, by a message of its own; taken over: this worker took longer than any may. */
type PurgeOutcome = 'deleted' | 'goes on' | 'waits' | 'taken over' | 'not to be deleted';

/** Longer than a worker runs (infra/purge.ts). */
const CLAIM_MS = 960_000;
/** SQS delays no message longer. */
const LONGEST_DELAY_SEC = 900;

/**
 * Deletes everything of a deleted tenant by scanning all stores, and repeats until a whole scan finds nothing.
 * That scan is the proof, which the tenant's record keeps. Work that does not fit into the worker's time
 * continues in another message, from where it stopped. One worker at a time removes and counts: nothing counts twice, also
 * where a message comes twice.
 */
export async function purgeTenant(
  deps: PurgeDeps,
  message: PurgeMessage,
  timeIsUp: () => boolean,
): Promise<PurgeOutcome> {
  const { tenant: id } = message;
  if (!isToGo(await deps.tenants.get(id), message)) return 'not to be deleted';
  const by = deps.randomHex(16);
  const tenant = await claim(deps, message, by);
  if (!isToGo(tenant, message)) return 'not to be deleted';
  if (tenant.purge?.by !== by) {
    const waitSec = Math.ceil((tenant.purge!.untilMs - deps.clock.nowMs()) / 1000);
    await deps.purgeQueue.send([message], { delaySec: Math.min(Math.max(waitSec, 1), LONGEST_DELAY_SEC) });
    return 'waits';
  }
  const removed = { items: 0, objects: 0 };
  try {
    return await removeEverything(deps, message, { tenant, by, removed }, timeIsUp);
  } catch (error) {
    // Nobody is to wait for this worker: what waits is sent anew, and a message that is sent anew never becomes a dead letter. Where
    // this fails too, the claim ends by itself.
    await finish(deps, id, by, removed).catch(() => undefined);
    throw error;
  }
}

/** A worker that has the claim of a tenant, and counts what it removes. */
interface Worker {
  readonly tenant: Tenant;
  readonly by: string;
  readonly removed: { items: number; objects: number };
}

async function removeEverything(
  deps: PurgeDeps,
  { final, at }: PurgeMessage,
  { tenant, by, removed }: Worker,
  timeIsUp: () => boolean,
): Promise<PurgeOutcome> {
  const { id, incarnation } = tenant;
  let place: Place = at ?? FIRST;
  for (;;) {
    // A name that is free again while an earlier look goes on belongs to somebody else.
    if ((await deps.tenants.get(id))?.incarnation !== incarnation) return 'not to be deleted';
    const store = deps.stores[place.store]!;
    const sweep = await store.sweep(tenant, place.start);
    removed[store.holds] += sweep.removed;
    const look = {
      scanned: place.scanned + (store.holds === 'items' ? sweep.scanned : 0),
      found: place.found + sweep.removed,
    };
    if (sweep.next !== undefined) place = { ...look, store: place.store, start: sweep.next };
    else if (place.store + 1 < deps.stores.length) place = { ...look, store: place.store + 1 };
    else if (look.found > 0) place = FIRST;
    else
      return (await finish(deps, id, by, removed, { scanned: look.scanned, final }))
        ? 'deleted'
        : 'taken over';
    if (timeIsUp()) {
      if (!(await finish(deps, id, by, removed))) return 'taken over';
      await deps.purgeQueue.send([{ tenant: id, incarnation, final, at: place }]);
      return 'goes on';
    }
  }
}

type Place = NonNullable<PurgeMessage['at']>;
const FIRST: Place = { store: 0, scanned: 0, found: 0 };

/** A message about an earlier tenant of this name says nothing about this one. */
const isToGo = (tenant: Tenant | undefined, { incarnation }: PurgeMessage): tenant is Tenant =>
  (tenant?.status === 'deleting' || tenant?.status === 'deleted') &&
  (incarnation === undefined || incarnation === tenant.incarnation);

/** @returns the tenant, with this worker in it if no other was */
const claim = ({ clock, ...deps }: PurgeDeps, message: PurgeMessage, by: string): Promise<Tenant> =>
  updateTenant({ clock, ...deps }, message.tenant, (tenant) => {
    const { by: other, untilMs = 0, removedItems = 0, removedObjects = 0 } = tenant.purge ?? {};
    const isHeld = other !== undefined && untilMs > clock.nowMs();
    if (isHeld || !isToGo(tenant, message)) return undefined;
    return { ...tenant, purge: { by, untilMs: clock.nowMs() + CLAIM_MS, removedItems, removedObjects } };
  });

/**
 * Counts what was removed, and writes the proof where there is one.
 * @returns whether this worker still had the claim; nothing is written otherwise
 */
async function finish(
  deps: PurgeDeps,
  id: Tenant['id'],
  by: string,
  removed: { readonly items: number; readonly objects: number },
  proof?: { readonly scanned: number; readonly final: boolean },
): Promise<boolean> {
  let isMine = false;
  await updateTenant(deps, id, ({ purge, ...tenant }) => {
    isMine = purge?.by === by;
    if (!isMine) return undefined;
    const removedItems = purge!.removedItems + removed.items;
    const removedObjects = purge!.removedObjects + removed.objects;
    if (!proof) return { ...tenant, purge: { untilMs: 0, removedItems, removedObjects } };
    const { deletion: earlier } = tenant;
    const deletion = {
      removedItems: (earlier?.removedItems ?? 0) + removedItems,
      removedObjects: (earlier?.removedObjects ?? 0) + removedObjects,
      scannedItems: proof.scanned,
      provenAtMs: deps.clock.nowMs(),
      final: proof.final || (earlier?.final ?? false),
    };
    return { ...tenant, status: 'deleted', deletion };
  });
  return isMine;
}
