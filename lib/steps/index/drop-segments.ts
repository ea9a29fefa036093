import type { SegmentId, TenantId } from '../../domain/ids.ts';
import type { MergeMessage } from '../../domain/messages.ts';
import { partsOf } from '../../domain/parts-of.ts';
import { isLiving } from '../../domain/tenant.ts';
import { namedSegments } from '../../index/segment/manifest.ts';
import type { Manifests } from '../../ports/manifests.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';
import type { TenantReader } from '../../ports/tenants.ts';

/**
 * Between the announcement of a drop and the first look, and between that and the second: longer than any search that began with
 * the manifest before, and than any indexing that may still name the segment (infra/indexing.ts).
 */
export const DROP_DELAY_SEC = 300;

/** Segment ids of one message, far below the 256 KB of SQS. */
export const SEGMENTS_OF_A_MESSAGE = 1_000;

/** Has segments dropped as far as no manifest names them after a delay, nor one delay later. */
export async function announceDrops(
  mergeQueue: MessageQueue<MergeMessage>,
  tenant: TenantId,
  segmentIds: readonly SegmentId[],
  delaySec = DROP_DELAY_SEC,
): Promise<void> {
  for (const part of partsOf(segmentIds, SEGMENTS_OF_A_MESSAGE))
    await mergeQueue.send([{ tenant, task: 'drop', segmentIds: part }], { delaySec });
}

export interface DropDeps {
  readonly manifests: Pick<Manifests, 'read'>;
  readonly segments: Pick<SegmentStore, 'drop'>;
  readonly mergeQueue: MessageQueue<MergeMessage>;
  readonly tenants: TenantReader;
}

/**
 * Drops those segments that no manifest has named for a whole delay. A drop is announced when a segment is written and when one is
 * replaced, so the first look may come right after its replacement, while searches still read it: what is not named
 * then is looked at again. Where a living tenant has no manifest, it is lost, or the first is being written: then they stay. A daily
 * sweep has the index made again, and then drops them (sweep-segments.ts).
 */
export async function dropSegments(
  { manifests, segments, mergeQueue, tenants }: DropDeps,
  { tenant, segmentIds, again }: Extract<MergeMessage, { task: 'drop' }>,
): Promise<void> {
  const manifest = await manifests.read(tenant);
  if (manifest.version === 0 && isLiving(await tenants.get(tenant))) return;
  const named = namedSegments(manifest);
  const unnamed = segmentIds.filter((id) => !named.has(id));
  if (unnamed.length === 0) return;
  if (again) for (const id of unnamed) await segments.drop(tenant, id);
  else
    await mergeQueue.send([{ tenant, task: 'drop', segmentIds: unnamed, again: true }], {
      delaySec: DROP_DELAY_SEC,
    });
}
