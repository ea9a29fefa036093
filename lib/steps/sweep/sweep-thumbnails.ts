import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { SweepMessage } from '../../domain/messages.ts';
import { imageOfThumbnail, stateOfThumbnail, thumbnailPrefix } from '../../domain/object-key.ts';
import { isUnreadable } from '../../domain/unreadable.ts';
import { isLiving } from '../../domain/tenant.ts';
import type { ImageRecords, StoredRecord } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { ObjectLists } from '../../ports/object-lists.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { eachPage } from './each-page.ts';

interface SweepThumbnailsDeps {
  readonly tenants: TenantReader;
  readonly records: Pick<ImageRecords, 'getMany'>;
  readonly objectLists: Pick<ObjectLists, 'thumbnails'>;
  readonly objects: Pick<ObjectStore, 'removeUnder'>;
  readonly sweepQueue: MessageQueue<SweepMessage>;
  readonly clock: Clock;
}

/** Longer than every attempt to describe a picture takes: by then its record names its thumbnails. */
const YOUNG_MS = 24 * 3_600_000;

/**
 * Goes through the thumbnails of a tenant and removes those that nothing shows: of an image that is removed or was never there,
 * and of another state than the one that its record shows, as a picture leaves that failed after its thumbnails were stored.
 * Any number of sweeps end in the same state.
 * @returns of how many images some were removed
 */
export async function sweepThumbnails(
  deps: SweepThumbnailsDeps,
  { tenant, after }: { readonly tenant: TenantId; readonly after?: string | undefined },
  timeIsUp: () => boolean,
): Promise<{ readonly images: number }> {
  if (!isLiving(await deps.tenants.get(tenant))) return { images: 0 };
  let images = 0;
  const next = await eachPage(
    after,
    (start) => deps.objectLists.thumbnails(tenant, start),
    async ({ objects }) => {
      const endMs = deps.clock.nowMs() - YOUNG_MS;
      const old = objects.filter(({ storedAtMs }) => storedAtMs < endMs).map(({ key }) => key);
      images += await removeUnshown(deps, tenant, Map.groupBy(old, imageOfThumbnail));
    },
    timeIsUp,
  );
  if (next !== undefined) await deps.sweepQueue.send([{ task: 'thumbnails', tenant, after: next }]);
  return { images };
}

async function removeUnshown(
  { records, objects }: SweepThumbnailsDeps,
  tenant: TenantId,
  keysOf: ReadonlyMap<ImageId, readonly string[]>,
): Promise<number> {
  const known = await records.getMany(tenant, [...keysOf.keys()]);
  const left = [...keysOf].flatMap(([imageId, keys]) => {
    const unshown = keys.filter((key) => !isShown(key, known.get(imageId)));
    return unshown.length > 0 ? [{ imageId, unshown: new Set(unshown) }] : [];
  });
  for (const { imageId, unshown } of left)
    await objects.removeUnder(tenant, thumbnailPrefix(tenant, imageId), (key) => unshown.has(key));
  return left.length;
}

/** Also those of a state that is still being described, and where nobody can tell. */
function isShown(key: string, record: StoredRecord | undefined): boolean {
  if (isUnreadable(record)) return true;
  if (!record || record.status === 'removed') return false;
  const state = stateOfThumbnail(key);
  return state === record.thumbnailsOf || state === record.sequencer;
}
