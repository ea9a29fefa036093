import type { ImageId, ImageState } from '../../domain/ids.ts';
import { locate } from '../../query/evaluate/locate.ts';
import type { SegmentPostings } from '../../query/evaluate/segment-postings.ts';
import { decodeDocument, documentsPerPage } from '../../index/segment/document-pages.ts';
import type { DocumentEntry } from '../../index/segment/document-table.ts';
import type { SegmentEntry } from '../../index/segment/manifest.ts';
import { corrupt } from '../../index/bytes/byte-reader.ts';
import type { ItemKey } from '../../ports/segment-store.ts';
import { documentsKey, SINGLE_ITEM_KEY } from '../../index/segment/sort-keys.ts';
import type { SnapshotItems } from './snapshot-items.ts';

/** A document that is an answer. */
export interface RankedPlace {
  /** Numbered through the segments. */
  readonly doc: number;
  /** As its postings say. */
  readonly docLen: number;
}

/** A document by its segment and its number there. */
interface DocumentPlace {
  readonly segment: SegmentEntry;
  readonly docId: number;
}

/**
 * The images of documents of a snapshot, each in the state that its words are of. The best postings of a word name theirs; of the others the pages are read, all
 * in one round. @throws GlossError `corrupt` when two documents are of one image, or a page contradicts a posting.
 */
export async function resolveImages(
  items: SnapshotItems,
  postings: readonly SegmentPostings[],
  docs: readonly RankedPlace[],
): Promise<ImageState[]> {
  const known = docs.map(({ doc, docLen }) => {
    const { segment, docId } = locate(items.segments, doc);
    return {
      place: { segment: items.segments[segment]!, docId },
      docLen,
      named: namedImage(postings[segment]!, docId),
    };
  });
  const unknown = known.filter(({ named }) => named === undefined);
  const entries = await readDocumentEntries(
    items,
    unknown.map(({ place }) => place),
  );
  for (const [i, { place, docLen }] of unknown.entries()) {
    if (entries[i]!.docLen !== docLen)
      throw corrupt(
        pageOf(place),
        0,
        `document ${place.docId} has ${entries[i]!.docLen} words, and ${docLen} in a list`,
      );
  }
  const read = new Map(unknown.map((one, i) => [one, entries[i]!]));
  const seen = new Set<ImageId>();
  return known.map((one) => {
    const { imageId, sequencer } = one.named ?? read.get(one)!;
    if (seen.has(imageId))
      throw corrupt(
        pageOf(one.place),
        0,
        `document ${one.place.docId} is of image ${imageId}, and so is another`,
      );
    seen.add(imageId);
    return { imageId, sequencer };
  });
}

/** The item that has a document. */
const pageOf = ({ segment, docId }: DocumentPlace): ItemKey => ({
  segmentId: segment.id,
  sk: segment.isSingleItem
    ? SINGLE_ITEM_KEY
    : documentsKey(Math.floor(docId / documentsPerPage(segment.format))),
});

function namedImage({ lists }: SegmentPostings, docId: number): ImageState | undefined {
  for (const { topPostings } of lists.values()) {
    const among = topPostings?.postings.docIds.indexOf(docId) ?? -1;
    if (among >= 0 && topPostings!.images[among]) return topPostings!.images[among];
  }
  return undefined;
}

/** What the segments know of documents, in the order given; one round of reads. */
export async function readDocumentEntries(
  items: SnapshotItems,
  places: readonly DocumentPlace[],
): Promise<DocumentEntry[]> {
  const paged = places.filter(({ segment }) => !segment.isSingleItem);
  const keys = paged.map(pageOf);
  const whole = new Set(places.map(({ segment }) => segment).filter(({ isSingleItem }) => isSingleItem));
  const [bodies, ...singleItems] = await Promise.all([
    items.read(keys),
    ...Array.from(whole, async (segment) => [segment, await items.singleItem(segment)] as const),
  ]);
  const singleItemOf = new Map(singleItems);
  return places.map((place) => {
    const { segment, docId } = place;
    const singleItem = singleItemOf.get(segment);
    if (singleItem) return singleItem.documents[docId]!;
    const i = paged.indexOf(place);
    return decodeDocument(bodies[i]!, keys[i]!, segment, docId);
  });
}
