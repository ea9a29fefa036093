import type { DescribeMessage } from '../../domain/messages.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { readableIn } from '../../domain/unreadable.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import { damagedAmong, type DamageDeps } from '../images/damaged-images.ts';
import { describeAnew, type LatestWordsDeps } from '../images/describe-anew.ts';
import type { LookedAt } from './look-at-originals.ts';

interface DescribeLostDeps extends LatestWordsDeps, Pick<DamageDeps, 'objects'> {
  readonly records: Pick<ImageRecords, 'getMany'>;
  readonly admitQueue: MessageQueue<DescribeMessage>;
}

/**
 * Has images described again whose originals are there, and whose words are gone, cannot be read, or are of another state, or whose
 * thumbnail is gone. Words that people imported cannot be made again: `gloss check` names them.
 * @param there at most 100 images
 * @returns how many were sent on
 */
export async function describeLost(
  deps: DescribeLostDeps,
  { id: tenant }: Tenant,
  there: readonly LookedAt[],
): Promise<number> {
  const foundOf = new Map(there.map(({ record, found }) => [record.imageId, found]));
  const uploads = there.map(({ record }) => record).filter(({ source }) => source === 'upload');
  const seeming = await damagedAmong(deps, tenant, uploads);
  if (seeming.size === 0) return 0;
  // Where a later state came meanwhile, the words are its.
  const now = readableIn(await deps.records.getMany(tenant, [...seeming]));
  const lost = uploads.filter(
    ({ imageId, revision }) => seeming.has(imageId) && now.get(imageId)?.revision === revision,
  );
  const originals = lost.map((record) => ({ ...record, found: foundOf.get(record.imageId)! }));
  await deps.admitQueue.send(await describeAnew(deps, tenant, originals));
  return lost.length;
}
