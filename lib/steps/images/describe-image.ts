import { GlossError, isTransient } from '../../domain/errors.ts';
import type { ImageFailure, ImageRecord } from '../../domain/image.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { KeptAnswer } from '../../ports/glosses.ts';
import { IndexWriter } from '../index/index-writer.ts';
import { admitImage } from './admit-image.ts';
import { countAnswers } from './count-answers.ts';
import { describePicture } from './describe-picture.ts';
import type { DescribeDeps, DescribeOutcome, DescribeRequest } from './describe-request.ts';
import { failImage, GAVE_UP } from './fail-image.ts';
import { parkImage, withdrawEarlierWords } from './park-image.ts';
import { removeTraces } from './remove-image.ts';
import { failureOf } from './image-failure.ts';
import { releaseRoom } from './release-room.ts';
import { ModelAway, waitForModel } from './wait.ts';

/**
 * Brings an upload to `described`: decodes it once, shows its views to the model in parallel, keeps each answer
 * as it comes, writes the gloss and tells the index. Any number of calls for one event end in the same state. Where the budget or the
 * model do not allow it now, the image waits, and is described later.
 * @throws GlossError of a transient kind when trying again can help; everything else ends as a failed image.
 */
export async function describeImage(deps: DescribeDeps, request: DescribeRequest): Promise<DescribeOutcome> {
  const { tenant, sequencer } = request;
  const { record, refusal, isNew } = await admitImage(deps, request);
  if (record.sequencer !== sequencer) return 'done before';
  const { status, waiting, failure } = record;
  if (status !== 'received' && status !== 'waiting' && !failure?.retryable)
    return finish(deps, tenant, record);
  if (refusal) await fail(deps, request, failureOf(refusal, true));
  // It is counted among what the tenant has. An attempt that ends before this leaves it reserved until that ends by itself; a later one
  // could take away what the next picture of the name has reserved meanwhile.
  if (isNew) await releaseRoom(deps, tenant, [request.imageId]);
  if (refusal) return 'failed';
  // Its event comes again, or a worker died that had it wait.
  if (waiting && !request.woken && deps.clock.nowMs() < waiting.untilMs) {
    await withdrawEarlierWords(deps, tenant, record);
    return 'waiting';
  }
  if (request.mustWait) {
    await parkImage(deps, request, record, request.mustWait);
    return 'waiting';
  }
  if (request.lastAttempt) await failImage(deps, request, GAVE_UP);
  const paid: KeptAnswer[] = [];
  try {
    return await beforeTimeIsUp(describePicture(deps, request, record, paid), request.timeIsUp);
  } catch (error) {
    if (error instanceof ModelAway) {
      await countAnswers(deps, request, paid.splice(0));
      const wait = waitForModel(error, waiting, deps.clock.nowMs());
      if (wait) await parkImage(deps, request, record, wait, { hasThumbnails: true });
      else await fail(deps, request, failureOf(error.cause, true));
      return wait ? 'waiting' : 'failed';
    }
    const transient = isTransient(error);
    try {
      // What still runs after its time is up goes on with an empty list.
      await countAnswers(deps, request, paid.splice(0));
    } finally {
      // Its owner is told why, also where what it cost cannot be counted.
      if (!transient || request.lastAttempt) await fail(deps, request, failureOf(error, transient));
    }
    if (transient) throw error;
    return 'failed';
  }
}

async function fail(deps: DescribeDeps, request: DescribeRequest, failure: ImageFailure): Promise<void> {
  await failImage(deps, request, failure);
  deps.onFailed?.(request, failure);
}

/** What an earlier attempt may have left undone after it had decided. */
async function finish(deps: DescribeDeps, tenant: TenantId, record: ImageRecord): Promise<DescribeOutcome> {
  const { imageId, status, mayBeIndexed } = record;
  if (status === 'described') await deps.indexQueue.send([{ tenant, imageId }]);
  if (status === 'failed' && mayBeIndexed) await new IndexWriter(deps, tenant).delete([record]);
  if (status === 'removed') await removeTraces(deps, tenant, record);
  return 'done before';
}

/** The work's own outcome, unless the time is up first; what it still does then counts for the next attempt. */
async function beforeTimeIsUp<T>(work: Promise<T>, timeIsUp: AbortSignal): Promise<T> {
  const late = Promise.withResolvers<never>();
  const stop = () =>
    late.reject(new GlossError('unavailable', 'out_of_time', 'describing took longer than its worker may'));
  if (timeIsUp.aborted) stop();
  timeIsUp.addEventListener('abort', stop);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    timeIsUp.removeEventListener('abort', stop);
  }
}
