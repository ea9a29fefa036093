import type { SegmentId, TenantId } from '../../domain/ids.ts';
import type { MergeMessage } from '../../domain/messages.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';

/** Segment ids of one message, far below the 256 KB of SQS. */
export const SEGMENTS_OF_A_MESSAGE = 1_000;

/** Has segments dropped after a delay, as far as no manifest names them then. */
export async function announceDrops(
  mergeQueue: MessageQueue<MergeMessage>,
  tenant: TenantId,
  segmentIds: readonly SegmentId[],
  delaySec: number,
): Promise<void> {
  for (let from = 0; from < segmentIds.length; from += SEGMENTS_OF_A_MESSAGE)
    await mergeQueue.send(
      [{ tenant, task: 'drop', segmentIds: segmentIds.slice(from, from + SEGMENTS_OF_A_MESSAGE) }],
      { delaySec },
    );
}
