import type { ImageId, Sequencer } from '../../domain/ids.ts';
import type { DescribeMessage } from '../../domain/messages.ts';
import { isUnreadable, readableIn } from '../../domain/unreadable.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import type { Reservations } from '../../ports/reservations.ts';
import type { Clock } from '../../ports/runtime.ts';
import { describeAnew, type LatestWordsDeps, type UntoldOriginal } from './describe-anew.ts';
import { findOwn, type Owner } from './find-own.ts';
import { withoutWords } from './lost-words.ts';
import { isImported } from './restore-imports.ts';

export interface MendOfferedDeps extends LatestWordsDeps {
  readonly records: Pick<ImageRecords, 'getMany'>;
  readonly reservations: Pick<Reservations, 'of'>;
  readonly objectTimes: ObjectTimes;
  readonly admitQueue: MessageQueue<DescribeMessage>;
  readonly clock: Clock;
}

/** Events of objects come within seconds. A picture whose event waits for longer is paid for twice, at worst. */
const EVENT_MS = 10 * 60_000;

/**
 * Has pictures described again whose files were offered and are there, and whose record or words are lost or damaged. Nothing needs to
 * be sent for that. Imported words and what a later version has written are left to whoever can make them again. Cost: three read units
 * a picture, and a request to S3 for each that is damaged.
 * @param there at most 100 images whose content is in the bucket
 * @returns the states that come, by image
 */
export async function mendOffered(
  deps: MendOfferedDeps,
  owner: Owner,
  there: readonly { readonly imageId: ImageId; readonly name: string }[],
): Promise<ReadonlyMap<ImageId, Sequencer>> {
  if (there.length === 0) return new Map();
  const tenant = owner.id;
  const ids = [...new Set(there.map(({ imageId }) => imageId))];
  // In this order a record that is being written is not missed: the reservation ends after it.
  const held = await deps.reservations.of(tenant, ids);
  const stored = await deps.records.getMany(tenant, ids);
  const records = readableIn(stored);
  const uploads = [...records.values()].filter(({ source }) => source === 'upload');
  const wordless = new Set((await withoutWords(deps.glosses, tenant, uploads)).map(({ imageId }) => imageId));
  const unknown = ids.filter((id) => {
    const record = stored.get(id);
    return record === undefined ? !held.has(id) : isUnreadable(record) && !record.isOfLaterFormat;
  });
  const left = await deps.glosses.getMany(tenant, unknown);
  const lost = unknown.filter((id) => {
    const gloss = left.get(id);
    return !gloss || (isUnreadable(gloss) ? !gloss.isOfLaterFormat : !isImported(gloss));
  });
  const names = new Map(there.map(({ imageId, name }) => [imageId, name]));
  const nowMs = deps.clock.nowMs();
  const looked = await Promise.all(
    [...wordless, ...lost].map(async (imageId): Promise<UntoldOriginal | undefined> => {
      const name = names.get(imageId)!;
      const found = await findOwn(deps.objectTimes, owner, name);
      const mayBeUnderWay = !stored.has(imageId) && found && found.storedAtMs + EVENT_MS > nowMs;
      return found && !mayBeUnderWay
        ? { imageId, name, sequencer: records.get(imageId)?.sequencer, found }
        : undefined;
    }),
  );
  const originals = looked.filter((one) => one !== undefined);
  const messages = await describeAnew(deps, tenant, originals);
  await deps.admitQueue.send(messages);
  return new Map(originals.map(({ imageId }, i) => [imageId, messages[i]!.sequencer]));
}
