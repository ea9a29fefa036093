import { GlossError, isTransient } from '../../domain/errors.ts';
import type { Gloss, GlossOrigin, ViewGloss } from '../../domain/gloss.ts';
import type { DescribeFigures, ImageFailure, ImageRecord } from '../../domain/image.ts';
import { afterArrival, afterProgress } from '../../domain/image-state.ts';
import type { ImageId, Sequencer, TenantId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import { thumbnailKey } from '../../domain/object-key.ts';
import { mayBePicture } from '../../domain/picture-type.ts';
import type { View } from '../../domain/view.ts';
import { promptIn, type Prompt } from '../../vision/prompt.ts';
import { parseReply } from '../../vision/reply.ts';
import type { DescribeRun, Glosses } from '../../ports/glosses.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { Totals } from '../../domain/usage.ts';
import type { IndexMessage } from '../../domain/messages.ts';
import type { CropPolicy } from '../../domain/tenant.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Picture, PictureDecoder } from '../../ports/picture-decoder.ts';
import type { VisionModel } from '../../ports/vision-model.ts';
import { viewsOf } from '../../vision/crop-policy.ts';
import { failedForQuota, quotaExceededBy, type QuotaLimits } from './check-quota.ts';
import type { IndexDeps } from '../index/commit-index.ts';
import { unindex } from '../index/unindex.ts';
import { removeTraces, thumbnailKeys } from './remove-image.ts';
import { updateRecord } from './update-record.ts';

export interface DescribeDeps extends IndexDeps {
  readonly records: ImageRecords;
  readonly glosses: Glosses;
  readonly objects: ObjectStore;
  readonly decoder: PictureDecoder;
  readonly model: VisionModel;
  readonly indexQueue: MessageQueue<IndexMessage>;
  readonly settings: DescribeSettings;
}

export interface DescribeSettings {
  readonly cropPolicy: CropPolicy;
  /** That the model is asked to write in; English when left out. */
  readonly language?: Language;
  readonly maxBytes: number;
  readonly maxPixels: number;
  /** Of what the tenant may have in all. */
  readonly limits: QuotaLimits;
}

/** One upload as S3 told of it, whether the API had been asked before or not. */
export interface DescribeRequest {
  readonly tenant: TenantId;
  readonly imageId: ImageId;
  readonly name: string;
  readonly key: string;
  readonly sequencer: Sequencer;
  readonly bytes: number;
  /** Whether the queue gives up after this attempt: then the image fails instead of staying in the air. */
  readonly lastAttempt: boolean;
  /** Aborted shortly before the worker's time is over, so that there is time left to say what became of the image. */
  readonly timeIsUp: AbortSignal;
}

/** described: has a gloss; done before: an event that came twice or late; gone: removed meanwhile; failed: for good. */
export type DescribeOutcome = 'described' | 'done before' | 'gone' | 'failed';

/** Long enough for small things, small enough for the model's image limits and price. */
const VIEW_SIDE_PX = 1_024;
const THUMBNAIL_SIDE_PX = 480;

/** What a last attempt leaves behind when its worker is killed, as for want of memory. */
const GAVE_UP: ImageFailure = {
  code: 'gave_up',
  reason: 'describing ended every time before it was done',
  retryable: true,
};

/**
 * Brings an upload to `described`: decodes it once, shows its views to the model in parallel, keeps each answer
 * as it comes, writes the gloss and tells the index. Any number of calls for one event end in the same state.
 * @throws GlossError of a transient kind when trying again can help; everything else ends as a failed image.
 */
export async function describeImage(deps: DescribeDeps, request: DescribeRequest): Promise<DescribeOutcome> {
  const { tenant, sequencer } = request;
  const { record, refusal } = await arrive(deps, request);
  if (record.sequencer !== sequencer) return 'done before';
  if (record.status !== 'received' && !record.failure?.retryable) return finish(deps, tenant, record);
  if (refusal) {
    await fail(deps, request, failureOf(refusal, true));
    return 'failed';
  }
  if (request.lastAttempt) await fail(deps, request, GAVE_UP);
  try {
    return await beforeTimeIsUp(describe(deps, request), request.timeIsUp);
  } catch (error) {
    const transient = isTransient(error);
    if (!transient || request.lastAttempt) await fail(deps, request, failureOf(error, transient));
    if (transient) throw error;
    return 'failed';
  }
}

/** What an earlier attempt may have left undone after it had decided. */
async function finish(deps: DescribeDeps, tenant: TenantId, record: ImageRecord): Promise<DescribeOutcome> {
  const { imageId, status, mayBeIndexed } = record;
  if (status === 'described') await deps.indexQueue.send([{ tenant, imageId }]);
  if (status === 'failed' && mayBeIndexed) await unindex(deps, tenant, [record]);
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

interface Arrived {
  readonly record: ImageRecord;
  /** Why there is no room for it. */
  readonly refusal: GlossError | undefined;
}

/**
 * Writes that the upload is here, and finds out whether it has room. That is asked once: an upload that was let in goes on,
 * whatever comes after it; one that was not is asked again when its event comes again.
 */
async function arrive(deps: DescribeDeps, request: DescribeRequest): Promise<Arrived> {
  const { records, clock, settings } = deps;
  const { tenant, imageId, bytes } = request;
  const arrival = { ...request, source: 'upload' as const };
  const seen: { before?: ImageRecord | undefined; written?: { totals: Totals | undefined } } = {};
  const stored = await updateRecord(
    records,
    tenant,
    imageId,
    (found) => afterArrival((seen.before = found), arrival, clock.nowMs()),
    (totals) => (seen.written = { totals }),
  );
  const record = stored!; // an arrival always leaves a record
  if (!seen.written && !failedForQuota(record.failure)) return { record, refusal: undefined };
  const { before } = seen;
  const had = before && before.status !== 'removed' && !failedForQuota(before.failure);
  const more = had ? { images: 0, bytes: bytes - (before.bytes ?? 0) } : { images: 1, bytes };
  const totals = seen.written?.totals ?? (await records.totals(tenant));
  return { record, refusal: quotaExceededBy(totals, settings.limits, more) };
}

async function describe(deps: DescribeDeps, request: DescribeRequest): Promise<DescribeOutcome> {
  const { tenant, imageId, sequencer } = request;
  const { cropPolicy, maxBytes, maxPixels } = deps.settings;
  const original = await deps.objects.get(tenant, request.key, maxBytes).catch((error: unknown) => {
    if (error instanceof GlossError && error.kind === 'not_found') return undefined;
    throw error;
  });
  if (!original) return 'gone'; // its removal comes as an event of its own
  if (original.contentType !== undefined && !mayBePicture(original.contentType)) {
    throw new GlossError('unsupported', 'not_a_picture', `${original.contentType} is the type of no picture`);
  }

  const start = performance.now();
  const picture = await deps.decoder.open(original.bytes, { maxPixels });
  const decodeMs = performance.now() - start;
  const { widthPx, heightPx } = picture.facts;
  const views = viewsOf(cropPolicy, widthPx, heightPx);
  await storeThumbnails(deps, tenant, imageId, picture, views);

  const prompt = promptIn(deps.settings.language ?? 'en');
  const origin: GlossOrigin = { model: deps.model.modelId, promptVersion: prompt.version, cropPolicy };
  const run = { imageId, sequencer, origin };
  const answers = await askAll(deps, tenant, run, prompt, picture, views, request.lastAttempt);
  const gloss: Gloss = { imageId, sequencer, ...origin, views: answers };
  await deps.glosses.save(tenant, gloss);

  const written = await updateRecord(deps.records, tenant, imageId, (record) =>
    record?.sequencer === sequencer && (record.status === 'received' || record.status === 'failed')
      ? afterProgress(
          record,
          { status: 'described', facts: picture.facts, figures: figuresOf(answers, decodeMs) },
          deps.clock.nowMs(),
        )
      : undefined,
  );
  if (written?.status === 'removed') {
    await removeTraces(deps, tenant, written);
    return 'gone';
  }
  await deps.indexQueue.send([{ tenant, imageId }]);
  return 'described';
}

/** One of each view, so that whoever searches sees the part that earned the hit; those of an earlier picture's views go. */
async function storeThumbnails(
  { objects }: DescribeDeps,
  tenant: TenantId,
  imageId: ImageId,
  picture: Picture,
  views: readonly View[],
): Promise<void> {
  const surplus = thumbnailKeys(tenant, imageId, views.length);
  await Promise.all([
    ...views.map(async ({ index, box }) => {
      const jpeg = await picture.render(box!, THUMBNAIL_SIDE_PX);
      await objects.put(tenant, thumbnailKey(tenant, imageId, index), jpeg, 'image/jpeg');
    }),
    ...(surplus.length > 0 ? [objects.remove(tenant, ...surplus)] : []),
  ]);
}

/**
 * One call a view, all at once. When one fails the others still finish and keep their answers for the retry; the
 * last attempt is content with what it has, since one view that the model will not describe is no reason to lose all.
 */
async function askAll(
  deps: DescribeDeps,
  tenant: TenantId,
  run: DescribeRun,
  prompt: Prompt,
  picture: Picture,
  views: readonly View[],
  lastAttempt: boolean,
): Promise<ViewGloss[]> {
  const kept = await deps.glosses.loadAnswers(tenant, run);
  const results = await Promise.allSettled(
    views.map(async (view) => {
      const before = kept.get(view.index);
      if (before) return before;
      const { reply, usage } = await deps.model.look(await picture.render(view.box!, VIEW_SIDE_PX), prompt);
      const answer: ViewGloss = { view, ...parseReply(reply), usage };
      await deps.glosses.saveAnswer(tenant, run, answer);
      return answer;
    }),
  );
  const answers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure && !(lastAttempt && answers.length > 0)) throw failure.reason;
  return answers;
}

function figuresOf(answers: readonly ViewGloss[], decodeMs: number): DescribeFigures {
  const sum = (of: (answer: ViewGloss) => number | undefined) =>
    answers.reduce((total, answer) => total + (of(answer) ?? 0), 0);
  return {
    decodeMs: Math.round(decodeMs),
    modelMs: sum(({ usage }) => usage?.latencyMs),
    views: answers.length,
    inputTokens: sum(({ usage }) => usage?.inputTokens),
    outputTokens: sum(({ usage }) => usage?.outputTokens),
  };
}

/** Words of an earlier picture of this name must not answer for one that failed. */
async function fail(deps: DescribeDeps, request: DescribeRequest, failure: ImageFailure): Promise<void> {
  const { tenant, imageId, sequencer } = request;
  const record = await updateRecord(deps.records, tenant, imageId, (stored) =>
    stored?.sequencer === sequencer && (stored.status === 'received' || stored.failure?.retryable)
      ? afterProgress(stored, { status: 'failed', failure }, deps.clock.nowMs())
      : undefined,
  );
  if (record?.status === 'failed' && record.mayBeIndexed) await unindex(deps, tenant, [record]);
}

function failureOf(error: unknown, retryable: boolean): ImageFailure {
  if (error instanceof GlossError) return { code: error.code, reason: error.message, retryable };
  return {
    code: 'internal',
    reason: 'describing failed for a reason of our own; it will be looked into',
    retryable,
  };
}
