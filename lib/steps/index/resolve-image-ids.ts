import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';
import { locate } from '../../query/evaluate/describe-top.ts';
import type { SegmentIndex } from '../../query/evaluate/segment-index.ts';
import { decodeDocument, pageSize } from '../../index/segment/document-pages.ts';
import type { DocumentEntry } from '../../index/segment/document-table.ts';
import type { SegmentEntry } from '../../index/segment/manifest.ts';
import { documentsKey } from '../../index/segment/sort-keys.ts';
import { readSingleItemSegment } from './read-single-item-segment.ts';

/** A document by its segment and its number there. */
export interface DocumentPlace {
  readonly segment: SegmentEntry;
  readonly docId: number;
}

/**
 * The images of documents of a snapshot. The best postings of a word name theirs; of the others the pages are read, all
 * in one round.
 * @param docs numbered through the segments
 */
export async function resolveImageIds(
  store: SegmentStore,
  tenant: TenantId,
  segments: readonly SegmentEntry[],
  snapshot: readonly SegmentIndex[],
  docs: readonly number[],
): Promise<ImageId[]> {
  const known = docs.map((doc) => {
    const { segment, docId } = locate(segments, doc);
    return { place: { segment: segments[segment]!, docId }, name: knownImageId(snapshot[segment]!, docId) };
  });
  const unknown = known.filter(({ name }) => name === undefined);
  const entries = await readDocumentEntries(
    store,
    tenant,
    unknown.map(({ place }) => place),
  );
  return known.map((one) => one.name ?? entries[unknown.indexOf(one)]!.imageId);
}

function knownImageId({ lists }: SegmentIndex, docId: number): ImageId | undefined {
  for (const { topPostings } of lists.values()) {
    const among = topPostings?.postings.docIds.indexOf(docId) ?? -1;
    if (among >= 0 && topPostings!.imageIds[among]) return topPostings!.imageIds[among];
  }
  return undefined;
}

/** What the segments know of documents, in the order given; one round of reads. */
export async function readDocumentEntries(
  store: SegmentStore,
  tenant: TenantId,
  places: readonly DocumentPlace[],
): Promise<DocumentEntry[]> {
  const paged = places.filter(({ segment }) => !segment.isSingleItem);
  const keys = paged.map(({ segment, docId }) => ({
    segmentId: segment.id,
    sk: documentsKey(Math.floor(docId / pageSize(segment.format))),
  }));
  const [bodies, ...wholes] = await Promise.all([
    store.read(tenant, keys),
    ...places
      .filter(({ segment }) => segment.isSingleItem)
      .map(async ({ segment }) => [segment, await readSingleItemSegment(store, tenant, segment)] as const),
  ]);
  const wholeOf = new Map(wholes);
  return places.map((place) => {
    const { segment, docId } = place;
    const whole = wholeOf.get(segment);
    if (whole) return whole.documents[docId]!;
    const i = paged.indexOf(place);
    return decodeDocument(bodies[i]!, keys[i]!, docId % pageSize(segment.format));
  });
}
