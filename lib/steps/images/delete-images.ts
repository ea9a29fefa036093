import { GlossError } from '../../domain/errors.ts';
import { LOST_NAME, type ImageRecord } from '../../domain/image.ts';
import type { Removal } from '../../domain/image-state.ts';
import { imageIdOf, type ImageId, type Sequencer, type TenantId } from '../../domain/ids.ts';
import { uploadKey } from '../../domain/object-key.ts';
import { partsOf } from '../../domain/parts-of.ts';
import { isUnreadable, lastKnown, readableOnes, type UnreadableRecord } from '../../domain/unreadable.ts';
import type { StoredRecord } from '../../ports/image-records.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import type { Reservations } from '../../ports/reservations.ts';
import { latestWords } from './describe-anew.ts';
import { asSeen, findOwn, type Owner } from './find-own.ts';
import { noSuchImage } from './no-such-image.ts';
import { removeImages, type RemoveDeps } from './remove-image.ts';
import { nameIn } from './restore-imports.ts';

export interface DeleteDeps extends RemoveDeps {
  readonly objectTimes: ObjectTimes;
  readonly reservations: Pick<Reservations, 'nameOf'>;
}

/** Of images at a time: each asks the bucket several times. */
const AT_A_TIME = 20;

/** Deletes one image. @throws GlossError as `deleteImages`; `not_found` if the tenant never had it */
export async function deleteImage(deps: DeleteDeps, owner: Owner, imageId: ImageId): Promise<void> {
  const unknown = await deleteImages(deps, owner, [imageId]);
  if (unknown.size > 0) throw noSuchImage();
}

/**
 * Deletes images at their owner's request: first all of them from the index, with one commit, then their objects. S3 reports each removal once
 * more. Deleting twice is no error. What was stored before the tenant was made is not its own, and stays.
 * @param imageIds at most 100
 * @returns those that the tenant never had
 * @throws GlossError `conflict` if the index is too busy: the events of the objects' removals finish it, and so does deleting again; `corrupt` if the
 * index is damaged. The objects are gone in both cases.
 */
export async function deleteImages(
  deps: DeleteDeps,
  owner: Owner,
  imageIds: readonly ImageId[],
): Promise<ReadonlySet<ImageId>> {
  const tenant = owner.id;
  const ids = [...new Set(imageIds)];
  const stored = await deps.records.getMany(tenant, ids);
  const removals: Removal[] = [];
  const unknown = new Set<ImageId>();
  await forEachOf(ids, async (imageId) => {
    const removal = await removalOf(deps, owner, imageId, stored.get(imageId));
    if (removal) removals.push(removal);
    else if (!(await deleteUnheard(deps, owner, imageId))) unknown.add(imageId);
  });
  let failure: GlossError | undefined;
  try {
    if (removals.length > 0) await removeImages(deps, tenant, removals);
  } catch (error) {
    if (!(error instanceof GlossError && ['conflict', 'corrupt'].includes(error.kind))) throw error;
    failure = error;
  }
  // Also for imported words, which may have replaced a picture of this name.
  // Where its name is lost, the sweep that lists the originals removes it.
  await forEachOf(removals, async ({ name }) => {
    if (name !== LOST_NAME) await deps.objects.removeOwn(tenant, uploadKey(tenant, name), owner);
  });
  // What is still in the index is still found: only what is not may be called deleted.
  if (failure) throw failure;
  return unknown;
}

async function forEachOf<T>(values: readonly T[], work: (value: T) => Promise<void>): Promise<void> {
  for (const part of partsOf(values, AT_A_TIME)) await Promise.all(part.map(work));
}

/** What becomes of an image; undefined where neither a record nor words are there. */
async function removalOf(
  deps: DeleteDeps,
  owner: Owner,
  imageId: ImageId,
  stored: StoredRecord | undefined,
): Promise<Removal | undefined> {
  const state = await stateToDelete(deps, owner.id, imageId, stored);
  if (!state) return undefined;
  const { name, sequencer } = state;
  const object = asSeen(await findOwn(deps.objectTimes, owner, name));
  const removal = { imageId, name, sequencer, object, deletesObject: true as const };
  return stored ? removal : { ...removal, mayBeIndexed: true };
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
 * @returns whether anything is there under an invited name
 */
async function deleteUnheard(
  { reservations, objectTimes, objects }: DeleteDeps,
  owner: Owner,
  imageId: ImageId,
): Promise<boolean> {
  const name = await reservations.nameOf(owner.id, imageId);
  if (name === undefined || !(await findOwn(objectTimes, owner, name))) return false;
  await objects.removeOwn(owner.id, uploadKey(owner.id, name), owner);
  return true;
}
