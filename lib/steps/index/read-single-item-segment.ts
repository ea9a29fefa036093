import type { TenantId } from '../../domain/ids.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';
import type { SegmentEntry } from '../../index/segment/manifest.ts';
import { decodeOnce } from '../../index/bytes/decode-once.ts';
import { SINGLE_ITEM_KEY } from '../../index/segment/sort-keys.ts';
import { decodeSingleItemSegment, type SingleItemSegment } from '../../index/segment/single-item-segment.ts';

const wholes = new WeakMap<Uint8Array, SingleItemSegment>();

/** A segment that lies in one item. */
export async function readSingleItemSegment(
  store: SegmentStore,
  tenant: TenantId,
  { id }: SegmentEntry,
): Promise<SingleItemSegment> {
  const key = { segmentId: id, sk: SINGLE_ITEM_KEY };
  const [body] = await store.read(tenant, [key]);
  return decodeOnce(wholes, body!, () => decodeSingleItemSegment(body!, key));
}
