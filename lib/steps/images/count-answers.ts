import { dayOf } from '../../domain/calendar.ts';
import type { Sequencer } from '../../domain/ids.ts';
import type { ImageRecord } from '../../domain/image.ts';
import { isOfDescription, isUndescribed } from '../../domain/image-state.ts';
import { plusCounts, type UsageEntry } from '../../domain/usage.ts';
import type { KeptAnswer } from '../../ports/glosses.ts';
import { asksOf } from './asks-of.ts';
import { usageOfAnswer } from './month-budget.ts';
import type { DescribeDeps, DescribeRequest } from './describe-request.ts';
import { updateRecords } from './update-record.ts';

/**
 * What those of these answers cost that are not counted yet.
 * @param counted as the record of the image says
 */
export function usageOfAnswers(
  modelId: string,
  answers: readonly KeptAnswer[],
  counted: readonly string[],
  nowMs: number,
): UsageEntry['counts'] {
  return answers
    .flatMap(({ answer, keptAs }) =>
      !answer.usage || keptAs === undefined || counted.includes(keptAs)
        ? []
        : [usageOfAnswer(modelId, answer.usage, nowMs).counts],
    )
    .reduce(plusCounts, {});
}

/**
 * Counts the answers that an attempt leaves which could not describe its picture. An attempt that can counts them in the write
 * that makes the record `described`. Both change the record, so each answer counts once, whichever worker kept it; those of a worker
 * that was killed are counted by the next attempt.
 * @param own which this attempt has paid for, and counts here if anywhere
 */
export async function countAnswers(
  deps: DescribeDeps,
  request: DescribeRequest,
  own: readonly KeptAnswer[],
): Promise<void> {
  const { tenant, imageId, sequencer } = request;
  const runs = asksOf(deps, request).map(({ run }) => deps.glosses.loadAnswers(tenant, run));
  const kept = (await Promise.all(runs)).flatMap((answers) => [...answers.values()]);
  if (kept.length === 0 && own.length === 0) return;
  const nowMs = deps.clock.nowMs();
  const current = await updateRecords(deps.records, tenant, [imageId], (record) => {
    if (record?.sequencer !== sequencer || !isUndescribed(record)) return undefined;
    const { counted = [] } = record;
    const fresh = kept.flatMap(({ keptAs }) =>
      keptAs === undefined || counted.includes(keptAs) ? [] : [keptAs],
    );
    if (fresh.length === 0) return undefined;
    const counts = usageOfAnswers(deps.model.modelId, kept, counted, nowMs);
    return {
      after: { ...record, counted: [...counted, ...fresh], revision: record.revision + 1 },
      usage: { day: dayOf(nowMs), counts },
    };
  });
  await countOwn(deps, request, current.get(imageId), own);
}

/**
 * Counts what an attempt has paid for by a write of its own, where the image was replaced or removed meanwhile: then its record tells
 * no more which answers are counted. Those of earlier attempts are, unless their workers were killed.
 * @param record as it was read or written last
 */
export async function countOwn(
  deps: Pick<DescribeDeps, 'usage' | 'model' | 'clock'>,
  { tenant, sequencer }: Pick<DescribeRequest, 'tenant' | 'sequencer'>,
  record: ImageRecord | undefined,
  own: readonly KeptAnswer[],
): Promise<void> {
  if (!isOver(record, sequencer)) return;
  const nowMs = deps.clock.nowMs();
  const counts = usageOfAnswers(deps.model.modelId, own, [], nowMs);
  await deps.usage.add(tenant, { day: dayOf(nowMs), counts });
}

const isOver = (record: ImageRecord | undefined, sequencer: Sequencer): boolean =>
  record !== undefined &&
  (record.status === 'removed' || record.sequencer > sequencer) &&
  !isOfDescription(record, sequencer);
