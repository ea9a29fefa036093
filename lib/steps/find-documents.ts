import type { ImageId, Sequencer, TenantId } from '../domain/ids.ts';
import type { SegmentStore } from '../ports/segment-store.ts';
import { Deletions } from '../segment/deletions.ts';
import { decodeDocuments, DOCUMENTS_PER_PAGE, pageOf } from '../segment/documents.ts';
import { bucketCount, bucketOf, decodeIds } from '../segment/ids.ts';
import type { Manifest, SegmentEntry } from '../segment/manifest.ts';
import { deletionsKey, documentsKey, idsKey } from '../segment/sort-keys.ts';

/** Where the words of an image are, and of which of its states they are. */
export interface FoundDocument {
  readonly segment: SegmentEntry;
  readonly docId: number;
  readonly sequencer: Sequencer;
}

/** The live documents of these images in the snapshot; an image has at most one. Three rounds of reads at most. */
export async function findDocuments(
  store: SegmentStore,
  tenant: TenantId,
  manifest: Manifest,
  imageIds: readonly ImageId[],
): Promise<ReadonlyMap<ImageId, FoundDocument>> {
  const wanted = new Set(imageIds);
  const buckets = manifest.segments.flatMap((segment) => {
    const count = bucketCount(segment.docs);
    const numbers = new Set(imageIds.map((imageId) => bucketOf(imageId, count)));
    return Array.from(numbers, (number) => ({ segment, segmentId: segment.id, sk: idsKey(number) }));
  });
  const bodies = await store.readIfThere(tenant, buckets);
  const candidates = buckets.flatMap(({ segment, sk }, i) => {
    const body = bodies[i];
    if (!body) return [];
    const ids = decodeIds(body, { segmentId: segment.id, sk });
    return [...ids]
      .filter(([imageId]) => wanted.has(imageId))
      .map(([imageId, docId]) => ({ imageId, segment, docId }));
  });

  const segments = [...new Set(candidates.map(({ segment }) => segment))];
  const deletions = await readDeletions(store, tenant, segments);
  const live = candidates.filter(({ segment, docId }) => !deletions.get(segment)?.has(docId));
  const pages = await store.read(
    tenant,
    live.map(({ segment, docId }) => ({ segmentId: segment.id, sk: documentsKey(pageOf(docId)) })),
  );
  return new Map(
    live.map(({ imageId, segment, docId }, i) => {
      const item = { segmentId: segment.id, sk: documentsKey(pageOf(docId)) };
      const { sequencer } = decodeDocuments(pages[i]!, item)[docId % DOCUMENTS_PER_PAGE]!;
      return [imageId, { segment, docId, sequencer }];
    }),
  );
}

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
