import { GlossError } from '../../domain/errors.ts';
import type { ImageRecord } from '../../domain/image.ts';
import { afterRemoval, afterUnindexing } from '../../domain/image-state.ts';
import type { ImageId, Sequencer, TenantId } from '../../domain/ids.ts';
import { thumbnailKey, uploadKey } from '../../domain/object-key.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Tenants } from '../../ports/tenants.ts';
import { MAX_VIEWS } from '../../vision/crop-policy.ts';
import { IndexWriter, type IndexWriterDeps } from '../index/index-writer.ts';
import { updateRecord } from './update-record.ts';

export interface RemoveDeps extends IndexWriterDeps {
  readonly records: ImageRecords;
  readonly glosses: Glosses;
  readonly objects: ObjectStore;
}

/** One removal as S3 told of it, or as a user asked for it. */
export interface Removal {
  readonly imageId: ImageId;
  readonly name: string;
  readonly sequencer: Sequencer;
}

/** What S3 tells of the objects of a tenant that is deleted leaves no trace: the purge has its own way. */
export async function removeImagesOfTenant(
  deps: RemoveDeps & { readonly tenants: Tenants },
  tenant: TenantId,
  removals: readonly Removal[],
): Promise<void> {
  const account = await deps.tenants.get(tenant);
  if (account?.status !== 'active' && account?.status !== 'suspended') return;
  await removeImages(deps, tenant, removals);
}

/**
 * Makes images of one tenant gone from the next search on, by one commit for all of them, then removes their
 * glosses and thumbnails. The records stay as `removed`, so that events that come late or twice cannot bring an
 * image back. Any number of calls end in the same state.
 */
export async function removeImages(
  deps: RemoveDeps,
  tenant: TenantId,
  removals: readonly Removal[],
): Promise<void> {
  const marked = await Promise.all(removals.map((removal) => markRemoved(deps, tenant, removal)));
  const removed = marked.filter((record) => record !== undefined);
  const indexed = removed.filter(({ mayBeIndexed }) => mayBeIndexed);
  if (indexed.length > 0) {
    await new IndexWriter(deps, tenant).delete(indexed);
    await Promise.all(indexed.map((record) => markUnindexed(deps, tenant, record)));
  }
  await Promise.all(removed.map((record) => removeTraces(deps, tenant, record)));
}

/** The record if it is removed as of this removal; undefined when a later state is there. */
async function markRemoved(
  { records, clock }: RemoveDeps,
  tenant: TenantId,
  removal: Removal,
): Promise<ImageRecord | undefined> {
  const record = await updateRecord(records, tenant, removal.imageId, (stored) =>
    afterRemoval(stored, removal, clock.nowMs()),
  );
  return record?.status === 'removed' && record.sequencer === removal.sequencer ? record : undefined;
}

async function markUnindexed(
  { records, clock }: RemoveDeps,
  tenant: TenantId,
  seen: ImageRecord,
): Promise<void> {
  await updateRecord(records, tenant, seen.imageId, (stored) =>
    stored?.revision === seen.revision ? afterUnindexing(stored, clock.nowMs()) : undefined,
  );
}

/**
 * Removes gloss, answers and thumbnail of a removed image. Meanwhile the same name may have been uploaded again:
 * what belongs to that later state stays.
 */
export async function removeTraces(
  { records, glosses, objects }: Pick<RemoveDeps, 'records' | 'glosses' | 'objects'>,
  tenant: TenantId,
  { imageId, sequencer }: ImageRecord,
): Promise<void> {
  await glosses.remove(tenant, imageId, sequencer);
  const now = await records.get(tenant, imageId);
  if (now?.status === 'removed') await objects.remove(tenant, ...thumbnailKeys(tenant, imageId));
}

/** Where thumbnails of views may lie: how many there were is not known for sure, and removing is free. */
export const thumbnailKeys = (tenant: TenantId, imageId: ImageId, firstView = 0): string[] =>
  Array.from({ length: MAX_VIEWS - firstView }, (_, i) => thumbnailKey(tenant, imageId, firstView + i));

/**
 * Deletes an image because its owner asks: out of the index first, then its object, whose removal S3 tells of
 * once more. Deleting twice is no error.
 * @throws GlossError `not_found` when the tenant never had this image; `conflict` when the index of a tenant with
 * imported words is too busy: the image is not shown any more, and deleting again finishes it.
 */
export async function deleteImage(deps: RemoveDeps, tenant: TenantId, imageId: ImageId): Promise<void> {
  const record = await deps.records.get(tenant, imageId);
  if (!record) throw new GlossError('not_found', 'image_not_found', 'there is no such image');
  const { name, sequencer, source } = record;
  try {
    await removeImages(deps, tenant, [{ imageId, name, sequencer }]);
  } catch (error) {
    // The event of the object's removal does the same in larger batches; words without an object have no event.
    const left = source === 'upload' && error instanceof GlossError && error.kind === 'conflict';
    if (!left) throw error;
  }
  // Also under imported words that have replaced a picture of this name.
  await deps.objects.remove(tenant, uploadKey(tenant, name));
}
