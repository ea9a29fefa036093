import type { ImageId, Sequencer } from '../../domain/ids.ts';
import type { ItemKey } from '../../ports/segment-store.ts';
import { bucketCount, bucketOf, findInBucket, idPrefixOf } from '../../index/segment/image-map.ts';
import type { SegmentEntry } from '../../index/segment/manifest.ts';
import { corrupt } from '../../index/bytes/byte-reader.ts';
import { imageMapKey, SINGLE_ITEM_KEY } from '../../index/segment/sort-keys.ts';
import { readDocumentEntries } from './resolve-images.ts';
import type { SnapshotItems } from './snapshot-items.ts';

/** Where the words of an image are, and of which of its states they are. */
export interface FoundDocument {
  readonly segment: SegmentEntry;
  readonly docId: number;
  readonly sequencer: Sequencer;
}

/** A document that may be of an image, by the beginning of its id. */
interface PossibleDocument {
  readonly imageId: ImageId;
  readonly segment: SegmentEntry;
  readonly docId: number;
  /** The item that says so. */
  readonly key: ItemKey;
}

/** The page of a document has an image that begins as the map says; of version 1, the very image. */
function checkMapped(wanted: ImageId, found: ImageId, docId: number, key: ItemKey): void {
  if (idPrefixOf(wanted) !== idPrefixOf(found))
    throw corrupt(key, 0, `image ${wanted} in document ${docId}, which has ${found}`);
}

/** The live documents of these images in the snapshot; an image has at most one. Three rounds of reads at most. */
export async function findDocuments(
  items: SnapshotItems,
  imageIds: readonly ImageId[],
): Promise<ReadonlyMap<ImageId, FoundDocument>> {
  const distinct = [...new Set(imageIds)];
  const [inBuckets, inSingleItems] = await Promise.all([
    findInBuckets(
      items,
      items.segments.filter(({ isSingleItem }) => !isSingleItem),
      distinct,
    ),
    findInSingleItems(
      items,
      items.segments.filter(({ isSingleItem }) => isSingleItem),
      distinct,
    ),
  ]);
  const candidates = [...inBuckets, ...inSingleItems];
  const deletions = await items.deletions([...new Set(candidates.map(({ segment }) => segment))]);
  const live = candidates.filter(({ segment, docId }) => !deletions.get(segment)?.has(docId));
  const entries = await readDocumentEntries(items, live);
  return new Map(
    live.flatMap(({ imageId, segment, docId, key }, i) => {
      const entry = entries[i]!;
      checkMapped(imageId, entry.imageId, docId, key);
      return entry.imageId === imageId ? [[imageId, { segment, docId, sequencer: entry.sequencer }]] : [];
    }),
  );
}

/** Images whose documents would be found in one bucket. */
interface Bucket {
  readonly segment: SegmentEntry;
  readonly key: ItemKey;
  /** Its number. */
  readonly bucket: number;
  readonly imageIds: readonly ImageId[];
}

async function findInBuckets(
  items: SnapshotItems,
  segments: readonly SegmentEntry[],
  imageIds: readonly ImageId[],
): Promise<PossibleDocument[]> {
  const buckets = segments.flatMap((segment) => bucketsOf(segment, imageIds));
  const found = await Promise.all([
    // Version 1 wrote no empty buckets, so that only a strong read can say that one is not there.
    readBuckets(
      buckets.filter(({ segment }) => segment.format === 1),
      (keys) => items.readIfThere(keys),
    ),
    readBuckets(
      buckets.filter(({ segment }) => segment.format !== 1),
      (keys) => items.read(keys),
    ),
  ]);
  return found.flat();
}

function bucketsOf(segment: SegmentEntry, imageIds: readonly ImageId[]): Bucket[] {
  const count = bucketCount(segment.docs, segment.format);
  const byBucket = Map.groupBy(imageIds, (imageId) => bucketOf(idPrefixOf(imageId), count));
  return Array.from(byBucket, ([bucket, ids]) => ({
    segment,
    key: { segmentId: segment.id, sk: imageMapKey(bucket) },
    bucket,
    imageIds: ids,
  }));
}

async function readBuckets(
  buckets: readonly Bucket[],
  read: (keys: readonly ItemKey[]) => Promise<readonly (Uint8Array | undefined)[]>,
): Promise<PossibleDocument[]> {
  const bodies = await read(buckets.map(({ key }) => key));
  return buckets.flatMap(({ segment, key, bucket, imageIds }, i) => {
    const found = bodies[i] ? findInBucket(bodies[i], key, segment, bucket, imageIds) : [];
    return found.map((one) => ({ ...one, segment, key }));
  });
}

async function findInSingleItems(
  items: SnapshotItems,
  segments: readonly SegmentEntry[],
  imageIds: readonly ImageId[],
): Promise<PossibleDocument[]> {
  const wanted = new Set(imageIds);
  const found = await Promise.all(
    segments.map(async (segment) => {
      const { documents } = await items.singleItem(segment);
      const key = { segmentId: segment.id, sk: SINGLE_ITEM_KEY };
      return Array.from(documents, ({ imageId }, docId) => ({ imageId, segment, docId, key }));
    }),
  );
  return found.flat().filter(({ imageId }) => wanted.has(imageId));
}
