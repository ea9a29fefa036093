import { segmentMadeAtMs, type SegmentId, type TenantId } from '../../domain/ids.ts';
import type { MergeMessage, SweepMessage } from '../../domain/messages.ts';
import { isBeingPurged, isLiving } from '../../domain/tenant.ts';
import { namedSegments } from '../../index/segment/manifest.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { AllStoredSegments } from '../../ports/stored-segments.ts';
import { announceDrops, SEGMENTS_OF_A_MESSAGE } from '../index/drop-segments.ts';
import { startReindex, type StartReindexDeps } from '../index/start-reindex.ts';
import { eachPage } from './each-page.ts';

interface ListSegmentsDeps {
  readonly allSegments: AllStoredSegments;
  readonly sweepQueue: MessageQueue<SweepMessage>;
  readonly clock: Clock;
}

/** Whoever began to write a segment so long ago has committed it or is dead: no worker runs for more than 15 minutes. */
const WRITTEN_MS = 3_600_000;

/**
 * Lists the segments of all tenants, and has whoever works on each tenant drop those that no manifest names. The ones that
 * somebody may still be writing are left to the next sweep. What does not fit into the worker's time continues in another
 * message.
 */
export async function listSegments(
  { allSegments, sweepQueue, clock }: ListSegmentsDeps,
  { after }: { readonly after?: string },
  timeIsUp: () => boolean,
): Promise<void> {
  const endMs = clock.nowMs() - WRITTEN_MS;
  // Segments lie in the order of hashes: one tenant's are all over the table.
  const found = new Map<TenantId, Set<SegmentId>>();
  const next = await eachPage(
    after,
    (start) => allSegments.listAll(start),
    ({ segments }) => {
      for (const { tenant, segmentId } of segments)
        if ((segmentMadeAtMs(segmentId) ?? 0) < endMs)
          found.set(tenant, (found.get(tenant) ?? new Set()).add(segmentId));
    },
    timeIsUp,
  );
  await sweepQueue.send([...found].flatMap(([tenant, segmentIds]) => messagesOf(tenant, [...segmentIds])));
  if (next !== undefined) await sweepQueue.send([{ task: 'segments', after: next }]);
}

function messagesOf(tenant: TenantId, segmentIds: readonly SegmentId[]): SweepMessage[] {
  const messages: SweepMessage[] = [];
  for (let from = 0; from < segmentIds.length; from += SEGMENTS_OF_A_MESSAGE)
    messages.push({
      task: 'segments',
      tenant,
      segmentIds: segmentIds.slice(from, from + SEGMENTS_OF_A_MESSAGE),
    });
  return messages;
}

interface SweepSegmentsDeps extends StartReindexDeps {
  readonly mergeQueue: MessageQueue<MergeMessage>;
}

/**
 * Has those of a tenant's segments dropped that its manifest does not name: a worker died that wrote them, and the message
 * that was to drop them was lost, or the table was restored. It waits as whoever replaces a segment does: a search that
 * began with an earlier manifest may read it. Where a living tenant has no manifest, it is lost, or whoever was to write the first one is
 * dead: the index is made again, also without any image, and drops what is left.
 * @param segmentIds begun so long ago that nobody is writing them any more
 * @returns how many are to go, and whether the index is made again
 */
export async function sweepSegments(
  deps: SweepSegmentsDeps,
  { tenant, segmentIds }: { readonly tenant: TenantId; readonly segmentIds: readonly SegmentId[] },
): Promise<{ readonly left: number; readonly isMadeAgain: boolean }> {
  const { tenants, manifests, mergeQueue } = deps;
  const account = await tenants.get(tenant);
  if (isBeingPurged(account)) return { left: 0, isMadeAgain: false };
  const manifest = await manifests.read(tenant);
  if (isLiving(account) && manifest.version === 0) {
    await startReindex(deps, tenant);
    return { left: 0, isMadeAgain: true };
  }
  const named = namedSegments(manifest);
  const left = segmentIds.filter((id) => !named.has(id));
  await announceDrops(mergeQueue, tenant, left);
  return { left: left.length, isMadeAgain: false };
}
