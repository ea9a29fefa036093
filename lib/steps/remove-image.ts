import { GlossError } from '../domain/errors.ts';
import { afterRemoval, afterUnindexing } from '../domain/image-state.ts';
import type { ImageId, Sequencer, TenantId } from '../domain/ids.ts';
import { thumbnailKey, uploadKey } from '../domain/object-key.ts';
import type { Glosses } from '../ports/glosses.ts';
import type { ImageRecords } from '../ports/image-records.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { IndexDeps } from './commit-index.ts';
import { unindex } from './unindex.ts';
import { updateRecord } from './update-record.ts';

export interface RemoveDeps extends IndexDeps {
  readonly records: ImageRecords;
  readonly glosses: Glosses;
  readonly objects: ObjectStore;
}

/** One removal as S3 told of it, or as a user asked for it. */
export interface RemoveRequest {
  readonly tenant: TenantId;
  readonly imageId: ImageId;
  readonly name: string;
  readonly sequencer: Sequencer;
}

/**
 * Makes an image gone from the next search on, then removes its gloss and thumbnail. The record stays as
 * `removed`, so that events that come late or twice cannot bring the image back.
 */
export async function removeImage(deps: RemoveDeps, request: RemoveRequest): Promise<void> {
  const { tenant, imageId } = request;
  const record = await updateRecord(deps.records, tenant, imageId, (stored) =>
    afterRemoval(stored, request, deps.clock.nowMs()),
  );
  if (record?.status !== 'removed' || record.sequencer !== request.sequencer) return;
  if (record.mayBeIndexed) await unindex(deps, tenant, [imageId]);
  await deps.glosses.remove(tenant, imageId);
  await deps.objects.remove(thumbnailKey(tenant, imageId));
  await updateRecord(deps.records, tenant, imageId, (stored) =>
    stored?.revision === record.revision && stored.mayBeIndexed
      ? afterUnindexing(stored, deps.clock.nowMs())
      : undefined,
  );
}

/**
 * Deletes an image because its owner asks: out of the index first, then its object, whose removal S3 tells of
 * once more. Deleting twice is no error.
 * @throws GlossError `not_found` when the tenant never had this image.
 */
export async function deleteImage(deps: RemoveDeps, tenant: TenantId, imageId: ImageId): Promise<void> {
  const record = await deps.records.get(tenant, imageId);
  if (!record) throw new GlossError('not_found', 'image_not_found', 'there is no such image');
  await removeImage(deps, { tenant, imageId, name: record.name, sequencer: record.sequencer });
  if (record.source === 'upload') await deps.objects.remove(uploadKey(tenant, record.name));
}
