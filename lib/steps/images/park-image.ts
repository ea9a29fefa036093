import type { ImageRecord } from '../../domain/image.ts';
import type { TenantId } from '../../domain/ids.ts';
import { afterProgress, isUndescribed } from '../../domain/image-state.ts';
import { IndexWriter, type IndexWriterDeps } from '../index/index-writer.ts';
import { asksOf } from './asks-of.ts';
import type { DescribeDeps, DescribeRequest } from './describe-request.ts';
import { updateRecord } from './update-record.ts';
import type { Wait } from './wait.ts';

/**
 * Has an image wait, in the table and in no queue. It is listed first, then its record says so: a worker that dies between the two leaves
 * an entry that wakes an image which does not wait, and that is done before. Words of an earlier picture of this name must not answer
 * for one that waits. Cost: three write units, and what it takes to take words out.
 * @param record as it was read
 * @param hasThumbnails whether those of this state are stored: they are made once
 */
export async function parkImage(
  deps: DescribeDeps,
  request: DescribeRequest,
  record: ImageRecord,
  { lane, code, reason, untilMs, tried }: Wait,
  { hasThumbnails = false }: { readonly hasThumbnails?: boolean } = {},
): Promise<void> {
  const { tenant, imageId, name, sequencer, bytes, object, atMs = object.storedAtMs } = request;
  const nowMs = deps.clock.nowMs();
  const { sinceMs = nowMs, tries = 0 } = record.waiting ?? {};
  const times = { sinceMs, parkedAtMs: nowMs, untilMs };
  const what = { imageId, name, bytes, storedAtMs: atMs, sequencer };
  await deps.waiting.add(tenant, { lane, code, ...what, ...times });
  await deps.waitingTenants.addName(tenant);
  // Of earlier tries: to the next month it may be longer than they are kept.
  if (lane === 'budget' && record.counted)
    for (const { run } of asksOf(deps, request)) await deps.glosses.keepAnswers(tenant, run, untilMs);
  const waiting = { code, reason, sinceMs, untilMs, tries: tries + (tried ? 1 : 0) };
  const progress = { status: 'waiting' as const, waiting, ...(hasThumbnails && { thumbnailsOf: sequencer }) };
  const current = await updateRecord(deps.records, tenant, imageId, (stored) =>
    stored?.sequencer === sequencer && isUndescribed(stored)
      ? afterProgress(stored, progress, nowMs)
      : undefined,
  );
  if (current?.sequencer === sequencer && current.status === 'waiting')
    await withdrawEarlierWords(deps, tenant, current);
}

/** Takes words of an earlier picture out of the index. */
export async function withdrawEarlierWords(
  deps: IndexWriterDeps,
  tenant: TenantId,
  record: ImageRecord,
): Promise<void> {
  if (record.mayBeIndexed) await new IndexWriter(deps, tenant).delete([record]);
}
