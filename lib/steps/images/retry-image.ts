import { GlossError } from '../../domain/errors.ts';
import type { ImageId } from '../../domain/ids.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { DescribeMessage } from '../../domain/messages.ts';
import { readable } from '../../domain/unreadable.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import { describeAnew, type LatestWordsDeps } from './describe-anew.ts';
import { damagedAmong, type DamageDeps } from './damaged-images.ts';
import { findOwn, type Owner } from './find-own.ts';
import { noSuchImage } from './no-such-image.ts';

export interface RetryDeps extends LatestWordsDeps, Pick<DamageDeps, 'objects'> {
  readonly records: Pick<ImageRecords, 'get'>;
  readonly objectTimes: ObjectTimes;
  readonly admitQueue: MessageQueue<DescribeMessage>;
}

/**
 * Has a picture described again that failed, whatever the reason, or whose words or thumbnail are lost. Asked twice before it is, it is described
 * once or twice.
 * @returns the record as it is; the new state has a later sequencer
 * @throws GlossError `not_found`; `conflict` where it did not fail and is whole
 */
export async function retryImage(deps: RetryDeps, owner: Owner, imageId: ImageId): Promise<ImageRecord> {
  const record = readable(await deps.records.get(owner.id, imageId));
  if (!record || record.status === 'removed') throw noSuchImage();
  const { name, status, sequencer } = record;
  if (status !== 'failed' && (await damagedAmong(deps, owner.id, [record])).size === 0)
    throw new GlossError(
      'conflict',
      'not_failed',
      `only what failed, or lost its words or its thumbnail, is tried again; the image is ${status}`,
    );
  const found = await findOwn(deps.objectTimes, owner, name);
  if (!found) throw new GlossError('not_found', 'object_not_found', 'its picture is not there any more');
  await deps.admitQueue.send(await describeAnew(deps, owner.id, [{ imageId, name, sequencer, found }]));
  return record;
}
