import type { ImageId } from '../../domain/ids.ts';
import { locate } from '../../query/evaluate/describe-top.ts';
import type { SegmentPostings } from '../../query/evaluate/segment-postings.ts';
import { decodeDocument, pageSize } from '../../index/segment/document-pages.ts';
import type { DocumentEntry } from '../../index/segment/document-table.ts';
import type { SegmentEntry } from '../../index/segment/manifest.ts';
import { documentsKey } from '../../index/segment/sort-keys.ts';
import type { SnapshotItems } from './snapshot-items.ts';

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
  items: SnapshotItems,
  postings: readonly SegmentPostings[],
  docs: readonly number[],
): Promise<ImageId[]> {
  const known = docs.map((doc) => {
    const { segment, docId } = locate(items.segments, doc);
    return {
      place: { segment: items.segments[segment]!, docId },
      name: knownImageId(postings[segment]!, docId),
    };
  });
  const unknown = known.filter(({ name }) => name === undefined);
  const entries = await readDocumentEntries(
    items,
    unknown.map(({ place }) => place),
  );
  return known.map((one) => one.name ?? entries[unknown.indexOf(one)]!.imageId);
}

function knownImageId({ lists }: SegmentPostings, docId: number): ImageId | undefined {
  for (const { topPostings } of lists.values()) {
    const among = topPostings?.postings.docIds.indexOf(docId) ?? -1;
    if (among >= 0 && topPostings!.imageIds[among]) return topPostings!.imageIds[among];
  }
  return undefined;
}

/** What the segments know of documents, in the order given; one round of reads. */
export async function readDocumentEntries(
  items: SnapshotItems,
  places: readonly DocumentPlace[],
): Promise<DocumentEntry[]> {
  const paged = places.filter(({ segment }) => !segment.isSingleItem);
  const keys = paged.map(({ segment, docId }) => ({
    segmentId: segment.id,
    sk: documentsKey(Math.floor(docId / pageSize(segment.format))),
  }));
  const [bodies, ...singleItems] = await Promise.all([
    items.read(keys),
    ...places
      .filter(({ segment }) => segment.isSingleItem)
      .map(async ({ segment }) => [segment, await items.singleItem(segment)] as const),
  ]);
  const singleItemOf = new Map(singleItems);
  return places.map((place) => {
    const { segment, docId } = place;
    const whole = singleItemOf.get(segment);
    if (whole) return whole.documents[docId]!;
    const i = paged.indexOf(place);
    return decodeDocument(bodies[i]!, keys[i]!, segment, docId);
  });
}
