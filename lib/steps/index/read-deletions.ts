import type { TenantId } from '../../domain/ids.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';
import { Deletions } from '../../index/segment/deletions.ts';
import type { SegmentEntry } from '../../index/segment/manifest.ts';
import { deletionsKey } from '../../index/segment/sort-keys.ts';

/** The deletions of those segments that have any. */
export async function readDeletions(
  store: SegmentStore,
  tenant: TenantId,
  segments: readonly SegmentEntry[],
): Promise<ReadonlyMap<SegmentEntry, Deletions>> {
  const touched = segments.filter((segment) => segment.deletions !== '');
  const keys = touched.map((segment) => ({ segmentId: segment.id, sk: deletionsKey(segment.deletions) }));
  const bodies = await store.read(tenant, keys);
  return new Map(
    touched.map((segment, i) => [segment, Deletions.decode(bodies[i]!, segment.docs, keys[i]!)]),
  );
}
