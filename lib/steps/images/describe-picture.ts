import { dayOf, momentOf } from '../../domain/calendar.ts';
import { GlossError } from '../../domain/errors.ts';
import type { Gloss, GlossOrigin, ViewGloss } from '../../domain/gloss.ts';
import type { DescribeFigures } from '../../domain/image.ts';
import { afterProgress } from '../../domain/image-state.ts';
import type { TenantId } from '../../domain/ids.ts';
import { stateOfThumbnail, thumbnailKey, thumbnailPrefix } from '../../domain/object-key.ts';
import type { UsageEntry } from '../../domain/usage.ts';
import type { ViewPictures } from '../../ports/picture-decoder.ts';
import { promptsIn, type Prompt } from '../../vision/prompt.ts';
import { parseReply } from '../../vision/reply.ts';
import type { DescribeDeps, DescribeOutcome, DescribeRequest } from './describe-request.ts';
import { usageOfAnswer } from './budget-model.ts';
import { removeTraces } from './remove-image.ts';
import { updateRecords } from './update-record.ts';

/**
 * Has the picture of an upload decoded once, stores a thumbnail of each view, asks the model about all views in parallel,
 * about the whole picture as often as the tenant wants, and writes the gloss; then the record is `described` and the index is told.
 * @throws GlossError for a file that is no picture, and what the model or a store throws
 */
export async function describePicture(
  deps: DescribeDeps,
  request: DescribeRequest,
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
  await storeThumbnails(deps, request, views);

  const prompts = promptsIn(deps.settings.language ?? 'en', deps.settings.asks ?? 1);
  const made = { model: deps.model.modelId, cropPolicy };
  const answers = await askAll(deps, request, made, prompts, views);
  const answered = prompts.filter((_, i) => answers.some(({ ask = 1 }) => ask === i + 1));
  const promptVersion = answered.map(({ version }) => version).join('+');
  const file = { name, ...inFile, storedOn: momentOf(request.atMs ?? deps.clock.nowMs()) };
  const card = { name, facts, ...(object.versionId !== undefined && { versionId: object.versionId }) };
  const gloss: Gloss = { imageId, sequencer, ...made, promptVersion, views: answers, file, card };
  await deps.glosses.save(tenant, gloss);

  const nowMs = deps.clock.nowMs();
  const progress = {
    status: 'described' as const,
    facts,
    figures: figuresOf(answers, decodeMs),
    object: { ...object, ...(sha256 !== undefined && { sha256 }) },
    thumbnailsOf: sequencer,
  };
  const current = await updateRecords(deps.records, tenant, [imageId], (record) =>
    record?.sequencer === sequencer && (record.status === 'received' || record.status === 'failed')
      ? { after: afterProgress(record, progress, nowMs), usage: { day: dayOf(nowMs), counts: { images: 1 } } }
      : undefined,
  );
  const written = current.get(imageId);
  if (written?.status === 'removed') {
    await removeTraces(deps, tenant, written);
    return 'gone';
  }
  // A later state has come, which may have looked for earlier thumbnails before these were stored.
  if (written && written.sequencer > sequencer)
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
 * reason to lose all. Answers are kept under the version of their own prompt: a change of `asks` pays for none of them again.
 */
async function askAll(
  deps: DescribeDeps,
  { tenant, imageId, sequencer, lastAttempt }: DescribeRequest,
  made: Omit<GlossOrigin, 'promptVersion'>,
  prompts: readonly Prompt[],
  views: readonly ViewPictures[],
): Promise<ViewGloss[]> {
  const asks = await Promise.all(
    prompts.map(async (prompt, i) => {
      const run = { imageId, sequencer, origin: { ...made, promptVersion: prompt.version } };
      const kept = await deps.glosses.loadAnswers(tenant, run);
      return { prompt, run, kept, ...(i > 0 && { ask: i + 1 }) };
    }),
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
      const { reply, usage } = await deps.model.look(picture, prompt, view.kind);
      const counted = usageOfAnswer(deps.model.modelId, usage, deps.clock.nowMs());
      const words = await orCounted(deps, tenant, counted, () => parseReply(reply));
      const answer: ViewGloss = { view, ...(ask !== undefined && { ask }), ...words, usage };
      await deps.glosses.saveAnswer(tenant, run, answer, counted);
      return answer;
    }),
  );
  const answers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure && !(lastAttempt && answers.length > 0)) throw failure.reason;
  return answers;
}

/** An answer that is of no use was paid, too. */
async function orCounted<Words>(
  { usage }: DescribeDeps,
  tenant: TenantId,
  counted: UsageEntry,
  parse: () => Words,
): Promise<Words> {
  try {
    return parse();
  } catch (error) {
    await usage.add(tenant, counted);
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
