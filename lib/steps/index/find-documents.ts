import type { ImageId, Sequencer, TenantId } from '../../domain/ids.ts';
import type { ItemKey, SegmentStore } from '../../ports/segment-store.ts';
import { bucketCount, bucketOf, findInBucket, idPrefixOf } from '../../index/segment/image-map.ts';
import type { Manifest, SegmentEntry } from '../../index/segment/manifest.ts';
import { idsKey } from '../../index/segment/sort-keys.ts';
import { readDocumentEntries } from './resolve-image-ids.ts';
import { readDeletions } from './read-deletions.ts';
import { readSingleItemSegment } from './read-single-item-segment.ts';

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
}

/** The live documents of these images in the snapshot; an image has at most one. Three rounds of reads at most. */
export async function findDocuments(
  store: SegmentStore,
  tenant: TenantId,
  { segments }: Manifest,
  imageIds: readonly ImageId[],
): Promise<ReadonlyMap<ImageId, FoundDocument>> {
  const distinct = [...new Set(imageIds)];
  const [inBuckets, inWholes] = await Promise.all([
    findInBuckets(
      store,
      tenant,
      segments.filter(({ isSingleItem }) => !isSingleItem),
      distinct,
    ),
    findInWholes(
      store,
      tenant,
      segments.filter(({ isSingleItem }) => isSingleItem),
      distinct,
    ),
  ]);
  const candidates = [...inBuckets, ...inWholes];
  const deletions = await readDeletions(store, tenant, [
    ...new Set(candidates.map(({ segment }) => segment)),
  ]);
  const live = candidates.filter(({ segment, docId }) => !deletions.get(segment)?.has(docId));
  const entries = await readDocumentEntries(store, tenant, live);
  return new Map(
    live.flatMap(({ imageId, segment, docId }, i) => {
      const entry = entries[i]!;
      return entry.imageId === imageId ? [[imageId, { segment, docId, sequencer: entry.sequencer }]] : [];
    }),
  );
}

/** Images whose documents would be found in one bucket. */
interface Bucket {
  readonly segment: SegmentEntry;
  readonly key: ItemKey;
  readonly imageIds: readonly ImageId[];
}

async function findInBuckets(
  store: SegmentStore,
  tenant: TenantId,
  segments: readonly SegmentEntry[],
  imageIds: readonly ImageId[],
): Promise<PossibleDocument[]> {
  const buckets = segments.flatMap((segment) => bucketsOf(segment, imageIds));
  const found = await Promise.all([
    // Version 1 wrote no empty buckets, so that only a strong read can say that one is not there.
    readBuckets(
      buckets.filter(({ segment }) => segment.format === 1),
      (keys) => store.readIfThere(tenant, keys),
    ),
    readBuckets(
      buckets.filter(({ segment }) => segment.format !== 1),
      (keys) => store.read(tenant, keys),
    ),
  ]);
  return found.flat();
}

function bucketsOf(segment: SegmentEntry, imageIds: readonly ImageId[]): Bucket[] {
  const count = bucketCount(segment.docs, segment.format);
  const byBucket = Map.groupBy(imageIds, (imageId) => bucketOf(idPrefixOf(imageId), count));
  return Array.from(byBucket, ([bucket, ids]) => ({
    segment,
    key: { segmentId: segment.id, sk: idsKey(bucket) },
    imageIds: ids,
  }));
}

async function readBuckets(
  buckets: readonly Bucket[],
  read: (keys: readonly ItemKey[]) => Promise<readonly (Uint8Array | undefined)[]>,
): Promise<PossibleDocument[]> {
  const bodies = await read(buckets.map(({ key }) => key));
  return buckets.flatMap(({ segment, key, imageIds }, i) =>
    (bodies[i] ? findInBucket(bodies[i], key, imageIds) : []).map((found) => ({ ...found, segment })),
  );
}

async function findInWholes(
  store: SegmentStore,
  tenant: TenantId,
  segments: readonly SegmentEntry[],
  imageIds: readonly ImageId[],
): Promise<PossibleDocument[]> {
  const wanted = new Set(imageIds);
  const found = await Promise.all(
    segments.map(async (segment) => {
      const { documents } = await readSingleItemSegment(store, tenant, segment);
      return Array.from(documents, ({ imageId }, docId) => ({ imageId, segment, docId }));
    }),
  );
  return found.flat().filter(({ imageId }) => wanted.has(imageId));
}
