import { GlossError } from '../../domain/errors.ts';
import { LOST_NAME, type ImageRecord } from '../../domain/image.ts';
import { afterRemoval, afterUnindexing, type Removal } from '../../domain/image-state.ts';
import { imageIdOf, type ImageId, type ImageState, type Sequencer, type TenantId } from '../../domain/ids.ts';
import { stateOfThumbnail, thumbnailPrefix, uploadKey } from '../../domain/object-key.ts';
import { isUnreadable, lastKnown, readableOnes, type UnreadableRecord } from '../../domain/unreadable.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ImageRecords, StoredRecord } from '../../ports/image-records.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import type { Reservations } from '../../ports/reservations.ts';
import { unlessCorrupt } from '../index/index-reader.ts';
import { IndexWriter, type IndexWriterDeps } from '../index/index-writer.ts';
import { latestWords } from './describe-anew.ts';
import { asSeen, findOwn, type Owner } from './find-own.ts';
import { nameIn } from './restore-imports.ts';
import { updateRecords, type Next } from './update-record.ts';
import { noSuchImage } from './no-such-image.ts';

export interface RemoveDeps extends IndexWriterDeps {
  readonly records: ImageRecords;
  readonly glosses: Glosses;
  readonly objects: ObjectStore;
}

export interface DeleteDeps extends RemoveDeps {
  readonly objectTimes: ObjectTimes;
  readonly reservations: Pick<Reservations, 'nameOf'>;
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
    ({ status, imageId, sequencer }) => status === 'removed' && sequencer === last.get(imageId)!.sequencer,
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

/**
 * Deletes an image at its owner's request: first from the index, then its object. S3 reports that removal once
 * more. Deleting twice is no error. What was stored before the tenant was made is not its own, and stays.
 * @throws GlossError `not_found` if the tenant never had this image; `conflict` if the index is too busy: the event of
 * the object's removal finishes it, and so does deleting again; `corrupt` if the index is damaged. The object is gone in both cases.
 */
export async function deleteImage(deps: DeleteDeps, owner: Owner, imageId: ImageId): Promise<void> {
  const tenant = owner.id;
  const stored = await deps.records.get(tenant, imageId);
  const state = await stateToDelete(deps, tenant, imageId, stored);
  if (!state) return deleteUnheard(deps, owner, imageId);
  const { name, sequencer } = state;
  const object = asSeen(await findOwn(deps.objectTimes, owner, name));
  let failure: GlossError | undefined;
  try {
    const removal = { imageId, name, sequencer, object, deletesObject: true as const };
    await removeImages(deps, tenant, [stored ? removal : { ...removal, mayBeIndexed: true }]);
  } catch (error) {
    if (!(error instanceof GlossError && ['conflict', 'corrupt'].includes(error.kind))) throw error;
    failure = error;
  }
  // Also for imported words, which may have replaced a picture of this name.
  // Where its name is lost, the sweep that lists the originals removes it.
  if (name !== LOST_NAME) await deps.objects.removeOwn(tenant, uploadKey(tenant, name), owner);
  // What is still in the index is still found: only what is not may be called deleted.
  if (failure) throw failure;
}

/** Which state a deletion is of; undefined where neither a record nor words are there. */
async function stateToDelete(
  deps: DeleteDeps,
  tenant: TenantId,
  imageId: ImageId,
  stored: StoredRecord | undefined,
): Promise<Pick<ImageRecord, 'name' | 'sequencer'> | undefined> {
  if (isUnreadable(stored)) return stateOfLost(deps, tenant, stored);
  if (stored) return { name: stored.name, sequencer: await latestState(deps, tenant, stored) };
  // Its record is lost, and searches find it by its words.
  const [gloss] = readableOnes((await deps.glosses.getMany(tenant, [imageId])).values());
  const name = gloss && nameIn(tenant, gloss);
  const sequencer = (await latestWords(deps, tenant, name === undefined ? [] : [imageId])).get(imageId);
  return name !== undefined && sequencer !== undefined ? { name, sequencer } : undefined;
}

/** The state of an image, or a later one that its gloss is of: a record that was restored is older than the words. Cost: the gloss. */
async function latestState(
  { glosses }: Pick<DeleteDeps, 'glosses'>,
  tenant: TenantId,
  { imageId, sequencer }: ImageRecord,
): Promise<Sequencer> {
  const [gloss] = readableOnes((await glosses.getMany(tenant, [imageId])).values());
  return gloss && gloss.sequencer > sequencer ? gloss.sequencer : sequencer;
}

/**
 * What a deletion needs to know of an image whose record cannot be read. Where nobody knows its state, it is the latest that its
 * words are of.
 */
async function stateOfLost(
  deps: DeleteDeps,
  tenant: TenantId,
  lost: UnreadableRecord,
): Promise<Pick<ImageRecord, 'name' | 'sequencer' | 'source'>> {
  const { imageId, known } = lost;
  const [gloss] = readableOnes((await deps.glosses.getMany(tenant, [imageId])).values());
  const names = [known.name, gloss && nameIn(tenant, gloss), await deps.reservations.nameOf(tenant, imageId)];
  const name = names.find((one) => one !== undefined && imageIdOf(tenant, one) === imageId) ?? LOST_NAME;
  const record = { ...lastKnown(lost, deps.clock.nowMs()), name };
  if (known.sequencer !== undefined) return record;
  const words = await latestWords(deps, tenant, [imageId]);
  return { ...record, sequencer: words.get(imageId) ?? record.sequencer };
}

/**
 * Deletes an object that was uploaded by invitation and whose event is still to come. That event finds nothing then.
 * @throws GlossError `not_found` if nothing is there under an invited name
 */
async function deleteUnheard(
  { reservations, objectTimes, objects }: DeleteDeps,
  owner: Owner,
  imageId: ImageId,
): Promise<void> {
  const name = await reservations.nameOf(owner.id, imageId);
  if (name === undefined || !(await findOwn(objectTimes, owner, name))) throw noSuchImage();
  await objects.removeOwn(owner.id, uploadKey(owner.id, name), owner);
}
