import { dayOf, momentOf } from '../../domain/calendar.ts';
import { withPeoplesWords } from '../../domain/edited-gloss.ts';
import { GlossError, isTransient } from '../../domain/errors.ts';
import type { Gloss, ModelUsage, ViewGloss } from '../../domain/gloss.ts';
import type { DescribeFigures, ImageRecord } from '../../domain/image.ts';
import { afterProgress, isOfDescription, isUndescribed } from '../../domain/image-state.ts';
import type { TenantId } from '../../domain/ids.ts';
import { stateOfThumbnail, thumbnailKey, thumbnailPrefix } from '../../domain/object-key.ts';
import type { KeptAnswer } from '../../ports/glosses.ts';
import type { ViewPictures } from '../../ports/picture-decoder.ts';
import { parseReply } from '../../vision/reply.ts';
import type { DescribeDeps, DescribeOutcome, DescribeRequest } from './describe-request.ts';
import { asksOf, madeWith } from './asks-of.ts';
import { usageOfAnswer } from './month-budget.ts';
import { countOwn, usageOfAnswers } from './count-answers.ts';
import { removeTraces } from './remove-image.ts';
import { updateRecords } from './update-record.ts';
import { modelAway } from './wait.ts';

/**
 * Has the picture of an upload decoded once, stores a thumbnail of each view, asks the model about all views in parallel,
 * about the whole picture as often as the tenant wants, and writes the gloss; then the record is `described` and the index is told.
 * @param before the record as it was read: thumbnails that an earlier attempt has stored are not stored again
 * @param paid is given the answers that this attempt has paid for, as they come, and has those that are not counted yet
 * @throws GlossError for a file that is no picture, and what the model or a store throws; ModelAway
 */
export async function describePicture(
  deps: DescribeDeps,
  request: DescribeRequest,
  before: Pick<ImageRecord, 'thumbnailsOf'>,
  paid: KeptAnswer[],
): Promise<DescribeOutcome> {
  const { tenant, imageId, name, sequencer, key, object } = request;
  const { cropPolicy, maxBytes, maxPixels, readsPlace = false } = deps.settings;
  const wish = { cropPolicy, maxBytes, maxPixels, readsPlace };
  const start = performance.now();
  const decoded = await deps.decoder
    .decode(tenant, { key, versionId: object.versionId }, wish, request.timeIsUp)
    .catch((error: unknown) => {
      if (error instanceof GlossError && error.kind === 'not_found') return undefined;
      throw error;
    });
  if (!decoded) return 'gone'; // its removal comes as an event of its own
  const decodeMs = performance.now() - start;
  const { facts, views, written: inFile, sha256 } = decoded;
  if (before.thumbnailsOf !== sequencer) await storeThumbnails(deps, request, views);

  const asked = await askAll(deps, request, views, paid);
  const answers = asked.map(({ answer }) => answer);
  const answered = asksOf(deps, request).filter(({ ask }) => answers.some((answer) => answer.ask === ask));
  const promptVersion = answered.map(({ prompt }) => prompt.version).join('+');
  const file = { name, ...inFile, storedOn: momentOf(request.atMs ?? deps.clock.nowMs()) };
  const card = { name, facts, ...(object.versionId !== undefined && { versionId: object.versionId }) };
  const gloss: Gloss = { imageId, sequencer, ...madeWith(deps), promptVersion, views: answers, file, card };
  await deps.glosses.save(tenant, gloss);

  const nowMs = deps.clock.nowMs();
  const progress = {
    status: 'described' as const,
    facts,
    figures: figuresOf(answers, decodeMs),
    object: { ...object, ...(sha256 !== undefined && { sha256 }) },
    thumbnailsOf: sequencer,
  };
  const costOf = (counted?: readonly string[]) =>
    usageOfAnswers(deps.model.modelId, asked, counted ?? [], nowMs);
  const current = await updateRecords(deps.records, tenant, [imageId], (record) =>
    record?.sequencer === sequencer && isUndescribed(record)
      ? {
          after: afterProgress(record, progress, nowMs),
          // Together: what people change until then is in both, or nothing is written.
          ...(record.people && { gloss: withPeoplesWords(gloss, record.people) }),
          usage: { day: dayOf(nowMs), counts: { images: 1, ...costOf(record.counted) } },
        }
      : undefined,
  );
  const written = current.get(imageId);
  // Whatever fails from here on, they are counted.
  await countOwn(deps, request, written, paid.splice(0));
  if (written?.status === 'removed') {
    await removeTraces(deps, tenant, written);
    return 'gone';
  }
  // A later state has come, which may have looked for earlier thumbnails before these were stored.
  if (written && written.sequencer > sequencer && !isOfDescription(written, sequencer))
    await deps.objects.removeUnder(
      tenant,
      thumbnailPrefix(tenant, imageId),
      (key) => stateOfThumbnail(key) === sequencer,
    );
  await deps.indexQueue.send([{ tenant, imageId }]);
  return 'described';
}

/**
 * One of each view, so that whoever searches sees the part that earned the hit. Those of earlier states go: nobody is shown
 * them since this one was received.
 */
async function storeThumbnails(
  { objects }: DescribeDeps,
  { tenant, imageId, sequencer }: DescribeRequest,
  views: readonly ViewPictures[],
): Promise<void> {
  await Promise.all([
    ...views.map(({ view, thumbnail }) =>
      objects.put(tenant, thumbnailKey(tenant, imageId, sequencer, view.index), thumbnail, 'image/jpeg'),
    ),
    objects.removeUnder(tenant, thumbnailPrefix(tenant, imageId), (key) => {
      const state = stateOfThumbnail(key);
      return state === undefined || state < sequencer;
    }),
  ]);
}

/**
 * One call a view, and one more for each further ask about the whole, all at once. When one fails the others still finish and keep
 * their answers for the retry; the last attempt is content with what it has, since one view that the model will not describe is no
 * reason to lose all.
 */
async function askAll(
  deps: DescribeDeps,
  request: DescribeRequest,
  views: readonly ViewPictures[],
  paid: KeptAnswer[],
): Promise<KeptAnswer[]> {
  const { tenant, lastAttempt } = request;
  const asks = await Promise.all(
    asksOf(deps, request).map(async (ask) => ({
      ...ask,
      kept: await deps.glosses.loadAnswers(tenant, ask.run),
    })),
  );
  const calls = asks.flatMap((ask) =>
    views
      .filter(({ view }) => ask.ask === undefined || view.kind === 'whole')
      .map((view) => ({ ...ask, ...view })),
  );
  const results = await Promise.allSettled(
    calls.map(async ({ prompt, run, kept, ask, view, picture }) => {
      const before = kept.get(view.index);
      if (before) return before;
      const { reply, stopReason, usage } = await deps.model.look(picture, prompt, view.kind);
      const words = await orCounted(deps, tenant, usage, () => parseReply(reply, stopReason));
      const answer: ViewGloss = { view, ...(ask !== undefined && { ask }), ...words, usage };
      const saved = await deps.glosses.saveAnswer(tenant, run, answer);
      paid.push(saved);
      return saved;
    }),
  );
  const answers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failures = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  const away = modelAway(failures, answers.length);
  if (away) throw away;
  const mayPass = failures.find((reason) => isTransient(reason));
  const isEnough = answers.length > 0 && (lastAttempt || mayPass === undefined);
  if (failures.length > 0 && !isEnough) throw mayPass ?? failures[0];
  return answers;
}

/** An answer that is of no use was paid, too. */
async function orCounted<Words>(
  { usage, model, clock }: DescribeDeps,
  tenant: TenantId,
  spent: ModelUsage,
  parse: () => Words,
): Promise<Words> {
  try {
    return parse();
  } catch (error) {
    await usage.add(tenant, usageOfAnswer(model.modelId, spent, clock.nowMs()));
    throw error;
  }
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
