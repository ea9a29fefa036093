import { parseImageId, type ImageId } from '../domain/ids.ts';
import { ByteReader, type ItemName } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { hex } from './documents.ts';
import { seal, unseal } from './sealed-item.ts';

/** Image ids in one bucket on average: 20 bytes each, so that nearly all buckets stay below 4 KB. */
const IDS_PER_BUCKET = 160;

/** How many buckets a segment of so many documents has. */
export const bucketCount = (docs: number): number => Math.ceil(docs / IDS_PER_BUCKET);

/** Image ids are hashes, so their first 32 bits spread them evenly. */
export function bucketOf(imageId: ImageId, buckets: number): number {
  return Math.floor((Number.parseInt(imageId.slice(0, 8), 16) * buckets) / 2 ** 32);
}

/** One bucket of the map from image to document. */
export function encodeIds(docIdOf: Iterable<readonly [ImageId, number]>): Uint8Array {
  const out = new ByteWriter();
  for (const [imageId, docId] of docIdOf) {
    out.raw(Buffer.from(imageId, 'hex'));
    out.u32(docId);
  }
  return seal('ids', out.toBytes());
}

/** @throws GlossError `corrupt`. */
export function decodeIds(sealed: Uint8Array, item: ItemName): Map<ImageId, number> {
  const reader = new ByteReader(unseal('ids', sealed, item), item);
  const docIdOf = new Map<ImageId, number>();
  while (!reader.done) docIdOf.set(parseImageId(hex(reader.raw(16))), reader.u32());
  return docIdOf;
}
