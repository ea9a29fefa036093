import { parseImageId, type ImageId } from '../../domain/ids.ts';
import { ByteReader, type ItemName, hex } from '../bytes/byte-reader.ts';

const IDS_PER_BUCKET_V1 = 160;

export const bucketCountV1 = (docs: number): number => Math.ceil(docs / IDS_PER_BUCKET_V1);

/** A bucket of format version 1, 20 bytes an image. @throws GlossError `corrupt`. */
export function decodeIdsV1(payload: Uint8Array, item: ItemName, origin: number): Map<ImageId, number> {
  const reader = new ByteReader(payload, item, 0, payload.length, origin);
  const docIdOf = new Map<ImageId, number>();
  while (!reader.done) {
    const imageId = parseImageId(hex(reader.raw(16)));
    if (docIdOf.has(imageId)) throw reader.fail(`image ${imageId} is twice in a bucket`);
    docIdOf.set(imageId, reader.u32());
  }
  return docIdOf;
}
