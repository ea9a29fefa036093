import type { Gloss } from '../../domain/gloss.ts';
import { imageIdOf, type ImageId, type TenantId } from '../../domain/ids.ts';
import { afterArrival } from '../../domain/image-state.ts';
import type { IndexMessage } from '../../domain/messages.ts';
import { changesOf } from '../../domain/peoples-words.ts';
import { isUnreadable } from '../../domain/unreadable.ts';
import type { StoredGloss } from '../../ports/glosses.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import type { Clock } from '../../ports/runtime.ts';
import { asSeen, findOwn, type Owner } from './find-own.ts';
import { updateRecords } from './update-record.ts';

export interface RestoreImportsDeps {
  readonly records: ImageRecords;
  readonly objectTimes: ObjectTimes;
  readonly bulkIndexQueue: MessageQueue<IndexMessage>;
  readonly clock: Clock;
}

/** The name of the image that a gloss is of, where it says one. */
export const nameIn = (tenant: TenantId, { imageId, card, file }: Gloss): string | undefined =>
  [card?.name, file?.name].find((name) => name !== undefined && imageIdOf(tenant, name) === imageId);

/** Whoever describes a picture writes down what it is. */
export const isImported = ({ model, card }: Gloss): boolean =>
  model === 'import' || (card !== undefined && !card.facts);

/**
 * Makes records of imported words again that were lost: no picture tells those words, so nothing else could. A picture of the same name
 * that is there was there before them, as far as anybody knows.
 * @param glosses of images without a record; those that a model wrote, or that name no image, are passed over
 * @returns the images that have a record again
 */
export async function restoreImports(
  deps: RestoreImportsDeps,
  owner: Owner,
  glosses: Iterable<StoredGloss>,
): Promise<ReadonlySet<ImageId>> {
  const restored = new Set<ImageId>();
  for (const gloss of glosses) {
    if (isUnreadable(gloss) || !isImported(gloss)) continue;
    const name = nameIn(owner.id, gloss);
    if (name === undefined) continue;
    await restore(deps, owner, gloss, name);
    restored.add(gloss.imageId);
  }
  await deps.bulkIndexQueue.send(Array.from(restored, (imageId) => ({ tenant: owner.id, imageId })));
  return restored;
}

async function restore(
  { records, objectTimes, clock }: RestoreImportsDeps,
  owner: Owner,
  { imageId, sequencer, people: changed }: Gloss,
  name: string,
): Promise<void> {
  const found = await findOwn(objectTimes, owner, name);
  const bytes = found && { bytes: found.bytes };
  const arrival = { imageId, name, source: 'import' as const, sequencer, object: asSeen(found), ...bytes };
  await updateRecords(records, owner.id, [imageId], (stored) => {
    if (stored) return undefined;
    const arrived = afterArrival(undefined, arrival, clock.nowMs())!; // what comes to no record is always written
    const people = changed && { people: changesOf(changed) };
    return { after: { ...arrived, ...people, status: 'described', mayBeIndexed: true } };
  });
}
