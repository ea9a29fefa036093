import { GlossError } from '../../domain/errors.ts';
import { sequencerAfter, type ImageId } from '../../domain/ids.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { DescribeMessage } from '../../domain/messages.ts';
import { readable } from '../../domain/unreadable.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import { describeMessage } from './describe-message.ts';
import { findOwn, type Owner } from './find-own.ts';
import { noSuchImage } from './no-such-image.ts';

export interface RetryDeps {
  readonly records: Pick<ImageRecords, 'get'>;
  readonly objectTimes: ObjectTimes;
  readonly admitQueue: MessageQueue<DescribeMessage>;
}

/**
 * Has a picture described again that failed, whatever the reason. Asked twice before it is, it is described once or twice.
 * @returns the record as it is; the new state has a later sequencer
 * @throws GlossError `not_found`; `conflict` where it did not fail
 */
export async function retryImage(
  { records, objectTimes, admitQueue }: RetryDeps,
  owner: Owner,
  imageId: ImageId,
): Promise<ImageRecord> {
  const record = readable(await records.get(owner.id, imageId));
  if (!record || record.status === 'removed') throw noSuchImage();
  const { name, status, sequencer } = record;
  if (status !== 'failed')
    throw new GlossError('conflict', 'not_failed', `only what failed is tried again; the image is ${status}`);
  const found = await findOwn(objectTimes, owner, name);
  if (!found) throw new GlossError('not_found', 'object_not_found', 'its picture is not there any more');
  // A state of its own, since the one that is there has ended.
  const next = sequencerAfter(sequencer, found.storedAtMs);
  await admitQueue.send([{ ...describeMessage(owner.id, name, found, next), again: true }]);
  return record;
}
