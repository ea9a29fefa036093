import type { ImageId } from '../../domain/ids.ts';
import { ByteReader, type ItemName } from '../bytes/byte-reader.ts';
import { bitWidth, ByteWriter } from '../bytes/byte-writer.ts';
import { readPacked, writePacked } from '../bytes/packed-integers.ts';
import { frameItem, openFrame } from '../bytes/item-frame.ts';
import { bucketCountV1, decodeIdsV1 } from '../v1/image-map.ts';

/** Image ids in one bucket on average, about five bytes each. Buckets stay below 4 KB. */
const IDS_PER_BUCKET = 640;
const RUN = 128;

/** How many buckets the image map of a segment of `docs` documents has. */
export const bucketCount = (docs: number, format: number): number =>
  format === 1 ? bucketCountV1(docs) : Math.ceil(docs / IDS_PER_BUCKET);

/** The first 32 bits of an image's id, which is a hash. */
export const idPrefixOf = (imageId: ImageId): number => Number.parseInt(imageId.slice(0, 8), 16);

export const bucketOf = (idPrefix: number, buckets: number): number =>
  Math.floor((idPrefix * buckets) / 2 ** 32);

/** Candidates for images: pairs of id prefix and docId, sorted by id prefix. */
interface IdBucket {
  readonly idPrefixes: Uint32Array;
  readonly docIds: Uint32Array;
}

/** One bucket of the image map; layout in FORMAT.md. */
export function encodeIds({ idPrefixes, docIds }: IdBucket): Uint8Array {
  const out = new ByteWriter();
  out.varint(idPrefixes.length);
  for (let start = 0; start < idPrefixes.length; start += RUN) {
    const gaps = idPrefixes
      .subarray(start, start + RUN)
      .map((prefix, i) => prefix - (start + i === 0 ? 0 : idPrefixes[start + i - 1]!));
    writePacked(out, gaps);
  }
  const width = bitWidth(docIds.reduce((a, b) => Math.max(a, b), 0));
  out.u8(width);
  out.packed(docIds, width);
  return frameItem('imageMap', out.toBytes());
}

/**
 * Documents that may belong to these images: those whose image ids begin with the same 32 bits, nearly always
 * none or one. The document page decides.
 * @throws GlossError `corrupt`.
 */
export function findInBucket(
  framed: Uint8Array,
  item: ItemName,
  imageIds: readonly ImageId[],
): { imageId: ImageId; docId: number }[] {
  const { payload, version, offset } = openFrame('imageMap', framed, item);
  if (version === 1) {
    const docIdOf = decodeIdsV1(payload, item, offset);
    return imageIds.flatMap((imageId) => {
      const docId = docIdOf.get(imageId);
      return docId === undefined ? [] : [{ imageId, docId }];
    });
  }
  const { idPrefixes, docIds } = decodeIds(payload, item, offset);
  return imageIds.flatMap((imageId) => {
    const wanted = idPrefixOf(imageId);
    const found: { imageId: ImageId; docId: number }[] = [];
    for (let i = idPrefixes.indexOf(wanted); i >= 0 && idPrefixes[i] === wanted; i += 1) {
      found.push({ imageId, docId: docIds[i]! });
    }
    return found;
  });
}

/** @throws GlossError `corrupt`. */
export function decodeIds(payload: Uint8Array, item: ItemName, origin: number): IdBucket {
  const reader = new ByteReader(payload, item, 0, payload.length, origin);
  const count = reader.varint();
  // Two bytes a run, and at least one more at the end, limit what a corrupt count makes us allocate.
  if (Math.ceil(count / RUN) * 2 + 1 > reader.left) throw reader.fail(`${count} ids`);
  const idPrefixes = new Uint32Array(count);
  let prefix = 0;
  for (let start = 0; start < count; start += RUN) {
    const end = Math.min(count, start + RUN);
    readPacked(reader, idPrefixes, start, end - start);
    for (let i = start; i < end; i += 1) idPrefixes[i] = prefix += idPrefixes[i]!;
    if (prefix > 0xffff_ffff) throw reader.fail('ids out of order');
  }
  const docIds = new Uint32Array(count);
  reader.packed(docIds, 0, count, reader.u8());
  if (!reader.done) throw reader.fail('bytes after the last id');
  return { idPrefixes, docIds };
}
