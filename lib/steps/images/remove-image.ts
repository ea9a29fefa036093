import type { GlossError } from '../../domain/errors.ts';
import type { ImageRecord } from '../../domain/image.ts';
import { afterRemoval, afterUnindexing, type Removal } from '../../domain/image-state.ts';
import type { ImageId, ImageState, TenantId } from '../../domain/ids.ts';
import { stateOfThumbnail, thumbnailPrefix } from '../../domain/object-key.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { unlessCorrupt } from '../index/index-reader.ts';
import { IndexWriter, type IndexWriterDeps } from '../index/index-writer.ts';
import { updateRecords, type Next } from './update-record.ts';

export interface RemoveDeps extends IndexWriterDeps {
  readonly records: ImageRecords;
  readonly glosses: Glosses;
  readonly objects: ObjectStore;
}

/**
 * Removes images of one tenant from the index with one commit, so the next search does not find them, then
 * deletes their glosses and thumbnails. The records stay as `removed`, so that late or repeated events cannot
 * bring an image back. Any number of calls end in the same state.
 * @throws GlossError `corrupt` where the index cannot take the removal: glosses and thumbnails are gone all the same, and without its
 * gloss no image is a hit. The daily sweep repeats the removal until the index can take it.
 */
export async function removeImages(
  deps: RemoveDeps,
  tenant: TenantId,
  removals: readonly Removal[],
): Promise<void> {
  const removed = await markRemoved(deps, tenant, removals);
  const indexed = removed.filter(({ mayBeIndexed }) => mayBeIndexed);
  let damage: GlossError | undefined;
  if (indexed.length > 0)
    await unlessCorrupt(
      async () => {
        await new IndexWriter(deps, tenant).delete(indexed);
        await markUnindexed(deps, tenant, indexed);
      },
      (error) => (damage = error),
    );
  await Promise.all(removed.map((record) => removeTraces(deps, tenant, record)));
  if (damage) throw damage;
}

/** The records to which these removals apply; those that have a later state are left out. */
async function markRemoved(
  { records, clock }: RemoveDeps,
  tenant: TenantId,
  removals: readonly Removal[],
): Promise<ImageRecord[]> {
  const last = new Map<ImageId, Removal>();
  for (const removal of removals) {
    const other = last.get(removal.imageId);
    if (!other || other.sequencer < removal.sequencer) last.set(removal.imageId, removal);
  }
  const next: Next = (stored, imageId, isLost) => {
    const after = afterRemoval(stored, last.get(imageId)!, clock.nowMs(), isLost);
    return after && { after };
  };
  const mends = { nowMs: clock.nowMs() };
  const current = await updateRecords(records, tenant, [...last.keys()], next, { mends });
  return [...current.values()].filter(
    ({ status, imageId, sequencer }) => status === 'removed' && sequencer >= last.get(imageId)!.sequencer,
  );
}

async function markUnindexed(
  { records, clock }: RemoveDeps,
  tenant: TenantId,
  seen: readonly ImageRecord[],
): Promise<void> {
  const revisions = new Map(seen.map(({ imageId, revision }) => [imageId, revision]));
  await updateRecords(records, tenant, [...revisions.keys()], (stored, imageId) =>
    stored?.revision === revisions.get(imageId)
      ? { after: afterUnindexing(stored!, clock.nowMs()) }
      : undefined,
  );
}

/**
 * Deletes gloss, answers and thumbnails of a removed image. If the same name was uploaded again in the
 * meantime, what belongs to that later state stays.
 * @param isExact whether words of an earlier state stay, too: without a record, what comes may have a smaller number
 */
export async function removeTraces(
  { glosses, objects }: Pick<RemoveDeps, 'glosses' | 'objects'>,
  tenant: TenantId,
  { imageId, sequencer }: ImageState,
  { isExact = false }: { readonly isExact?: boolean } = {},
): Promise<void> {
  await glosses.remove(tenant, imageId, sequencer, { isExact });
  await objects.removeUnder(tenant, thumbnailPrefix(tenant, imageId), (key) => {
    const state = stateOfThumbnail(key);
    return state === undefined || state <= sequencer;
  });
}
