import { GlossError } from '../../domain/errors.ts';
import type { ImageId } from '../../domain/ids.ts';
import type { ImageRecord, Waiting } from '../../domain/image.ts';
import type { DescribeMessage } from '../../domain/messages.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { readable } from '../../domain/unreadable.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { Usage } from '../../ports/usage.ts';
import { describeAnew, type LatestWordsDeps } from './describe-anew.ts';
import { budgetUsedUp, monthUsd } from './month-budget.ts';
import { findOwn } from './find-own.ts';
import { withoutThumbnail } from './lost-thumbnails.ts';
import { withoutWords } from './lost-words.ts';
import { noSuchImage } from './no-such-image.ts';

export interface RetryDeps extends LatestWordsDeps {
  readonly objects: Pick<ObjectStore, 'isThere'>;
  readonly records: Pick<ImageRecords, 'get'>;
  readonly objectTimes: ObjectTimes;
  readonly usage: Usage;
  readonly clock: Clock;
  readonly admitQueue: MessageQueue<DescribeMessage>;
}

/**
 * Has a picture described again that failed, whatever the reason, or whose words or thumbnail are lost. Asked twice before it is, it is described
 * once or twice.
 * @returns the record as it is; the new state has a later sequencer
 * @throws GlossError `not_found`; `conflict` where it waits, or did not fail and is whole, or was imported; `throttled` where the budget is used up
 */
export async function retryImage(deps: RetryDeps, owner: Tenant, imageId: ImageId): Promise<ImageRecord> {
  const record = readable(await deps.records.get(owner.id, imageId));
  if (!record || record.status === 'removed') throw noSuchImage();
  const { name, status, source, sequencer } = record;
  if (record.waiting) throw stillWaiting(record.waiting);
  if (status !== 'failed') await checkIsDamaged(deps, owner, record);
  if (source === 'import')
    throw new GlossError('conflict', 'imported', 'its words were imported: import them again');
  if (status !== 'failed') await checkBudget(deps, owner);
  const found = await findOwn(deps.objectTimes, owner, name);
  if (!found) throw new GlossError('not_found', 'object_not_found', 'its picture is not there any more');
  await deps.admitQueue.send(await describeAnew(deps, owner.id, [{ imageId, name, sequencer, found }]));
  return record;
}

/** Described anew, it would pay once more for answers that are there. */
function stillWaiting({ reason, untilMs }: Waiting): GlossError {
  const until = new Date(untilMs).toISOString();
  const message = `it has not failed: it waits, and is described by itself, at ${until} or sooner (${reason})`;
  return new GlossError('conflict', 'still_waiting', message);
}

/** Cost: two read units and a request to S3. */
async function checkIsDamaged(
  { glosses, objects }: RetryDeps,
  { id }: Tenant,
  record: ImageRecord,
): Promise<void> {
  const lacking = await Promise.all([
    withoutWords(glosses, id, [record]),
    withoutThumbnail(objects, id, [record]),
  ]);
  if (lacking.flat().length > 0) return;
  throw new GlossError(
    'conflict',
    'not_failed',
    `only what failed, or lost its words or its thumbnail, is tried again; the image is ${record.status}`,
  );
}

/** A try that cannot succeed would take a picture out of searches that they still find. */
async function checkBudget({ usage, clock }: RetryDeps, { id, settings }: Tenant): Promise<void> {
  const budgetUsd = settings.limits.modelUsdPerMonth;
  if ((await monthUsd(usage, id, clock.nowMs())) >= budgetUsd) throw budgetUsedUp(budgetUsd);
}
