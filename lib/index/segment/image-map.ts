import type { ImageId } from '../../domain/ids.ts';
import { ByteReader, corrupt, type ItemName } from '../bytes/byte-reader.ts';
import { bitWidth, ByteWriter } from '../bytes/byte-writer.ts';
import { MAX_BUCKET_IDS } from '../bytes/limits.ts';
import type { SegmentEntry } from './manifest.ts';
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

/** Candidates for images: pairs of id prefix and docId, sorted by id prefix (of version 1: by docId). */
export interface IdBucket {
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
 * @param segment what the manifest says of the segment
 * @param bucket the number of the bucket
 * @throws GlossError `corrupt`, also for an image that belongs to another bucket and a document that does not exist
 */
export function findInBucket(
  framed: Uint8Array,
  item: ItemName,
  segment: Pick<SegmentEntry, 'docs' | 'format'>,
  bucket: number,
  imageIds: readonly ImageId[],
): { imageId: ImageId; docId: number }[] {
  const { idPrefixes, docIds, imageIds: whole } = readBucket(framed, item, segment, bucket);
  return imageIds.flatMap((imageId) => {
    const wanted = idPrefixOf(imageId);
    const found: { imageId: ImageId; docId: number }[] = [];
    for (let i = idPrefixes.indexOf(wanted); i >= 0; i = idPrefixes.indexOf(wanted, i + 1)) {
      if (!whole || whole[i] === imageId) found.push({ imageId, docId: docIds[i]! });
    }
    return found;
  });
}

/**
 * A bucket of any version, held against what the manifest says of its segment; of version 1 with the whole ids.
 * @throws GlossError `corrupt`.
 */
export function readBucket(
  framed: Uint8Array,
  item: ItemName,
  segment: Pick<SegmentEntry, 'docs' | 'format'>,
  bucket: number,
): IdBucket & { readonly imageIds?: readonly ImageId[] } {
  const { payload, version, offset } = openFrame('imageMap', framed, item, segment.format);
  const found: ReturnType<typeof readBucket> =
    version === 1 ? columnsOf(decodeIdsV1(payload, item, offset)) : decodeIds(payload, item, offset);
  const { idPrefixes, docIds } = found;
  const buckets = bucketCount(segment.docs, segment.format);
  for (let i = 0; i < idPrefixes.length; i += 1) {
    if (bucketOf(idPrefixes[i]!, buckets) !== bucket)
      throw corrupt(item, offset, `an image that belongs to bucket ${bucketOf(idPrefixes[i]!, buckets)}`);
    if (docIds[i]! >= segment.docs) throw corrupt(item, offset, `document ${docIds[i]!} of ${segment.docs}`);
  }
  return found;
}

function columnsOf(docIdOf: ReadonlyMap<ImageId, number>) {
  const imageIds = [...docIdOf.keys()];
  return {
    imageIds,
    idPrefixes: Uint32Array.from(imageIds, idPrefixOf),
    docIds: Uint32Array.from(docIdOf.values()),
  };
}

/** @throws GlossError `corrupt`. */
export function decodeIds(payload: Uint8Array, item: ItemName, origin: number): IdBucket {
  const reader = new ByteReader(payload, item, 0, payload.length, origin);
  const count = reader.varint();
  // Two bytes a run, and at least one more at the end, limit what a corrupt count makes us allocate.
  if (count > MAX_BUCKET_IDS || Math.ceil(count / RUN) * 2 + 1 > reader.left)
    throw reader.fail(`${count} ids`);
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
  for (let i = 1; i < count; i += 1) {
    if (idPrefixes[i] === idPrefixes[i - 1] && docIds[i]! <= docIds[i - 1]!)
      throw reader.fail('documents of one beginning out of order');
  }
  return { idPrefixes, docIds };
}
