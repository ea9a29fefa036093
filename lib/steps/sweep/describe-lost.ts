import type { DescribeMessage } from '../../domain/messages.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { readableIn } from '../../domain/unreadable.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import { describeAnew, type LatestWordsDeps } from '../images/describe-anew.ts';
import { withoutWords } from '../images/lost-words.ts';
import type { LookedAt } from './look-at-originals.ts';

interface DescribeLostDeps extends LatestWordsDeps {
  readonly records: Pick<ImageRecords, 'getMany'>;
  readonly admitQueue: MessageQueue<DescribeMessage>;
}

/**
 * Has images described again whose originals are there, and whose words are gone, cannot be read, or are of another state.
 * Words that people imported cannot be made again: `gloss check` names them.
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
  const seeming = await withoutWords(deps.glosses, tenant, uploads);
  if (seeming.length === 0) return 0;
  // Where a later state came meanwhile, the words are its.
  const ids = seeming.map(({ imageId }) => imageId);
  const now = readableIn(await deps.records.getMany(tenant, ids));
  const lost = seeming.filter(({ imageId, revision }) => now.get(imageId)?.revision === revision);
  const originals = lost.map((record) => ({ ...record, found: foundOf.get(record.imageId)! }));
  await deps.admitQueue.send(await describeAnew(deps, tenant, originals));
  return lost.length;
}
