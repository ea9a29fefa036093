import type { TenantId } from '../../domain/ids.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';
import type { SegmentEntry } from '../../index/segment/manifest.ts';
import { remember } from '../../index/bytes/decode-once.ts';
import { WHOLE_KEY } from '../../index/segment/sort-keys.ts';
import { decodeWhole, type WholeSegment } from '../../index/segment/single-item-segment.ts';

const wholes = new WeakMap<Uint8Array, WholeSegment>();

/** A segment that lies in one item. */
export async function readWhole(
  store: SegmentStore,
  tenant: TenantId,
  { id }: SegmentEntry,
): Promise<WholeSegment> {
  const key = { segmentId: id, sk: WHOLE_KEY };
  const [body] = await store.read(tenant, [key]);
  return remember(wholes, body!, () => decodeWhole(body!, key));
}
