import { createHash } from 'node:crypto';
import { parseImageId, parseSequencer, type ImageId, type SegmentId } from '../../lib/domain/ids.ts';
import { DocumentTable, type DocumentEntry } from '../../lib/index/segment/document-table.ts';
import { bucketCount, bucketOf, findInBucket, idPrefixOf } from '../../lib/index/segment/image-map.ts';
import { invert } from '../../lib/index/write/invert.ts';
import type { SegmentEntry } from '../../lib/index/segment/manifest.ts';
import type { Postings } from '../../lib/index/postings/postings.ts';
import { SegmentContents } from '../../lib/index/segment/segment-contents.ts';
import { imageMapKey, type SegmentItem } from '../../lib/index/segment/sort-keys.ts';
import { writeSegment } from '../../lib/index/write/write-segment.ts';
import { unplaced } from '../../lib/rank/placed-freq.ts';
import type { DocumentTerms } from '../../lib/text/document-terms.ts';

/** A document of a test: its words are its terms. */
export type Words = readonly string[];
/** [docId, placedFreq, docLen] of every document that has a term. */
export type Rows = readonly (readonly [docId: number, placedFreq: number, docLen: number])[];

export const SEGMENT = 'segment-1' as SegmentId;

export interface BuiltSegment {
  /** In the order of their keys, as a store lists them. */
  readonly items: ReadonlyMap<string, Uint8Array>;
  readonly entry: SegmentEntry;
}

/** Document `number` of a test, of whatever length. */
export const entryOf = (number: number, docLen: number): DocumentEntry => ({
  imageId: parseImageId(createHash('md5').update(String(number)).digest('hex')),
  sequencer: parseSequencer((number + 1).toString(16).padStart(8, '0')),
  docLen,
});

function termsOf(words: Words): DocumentTerms {
  const freqs = new Map<string, number>();
  for (const word of words) freqs.set(word, (freqs.get(word) ?? 0) + 1);
  return {
    mentions: new Map(Array.from(freqs, ([word, termFreq]) => [word, { termFreq, earliness: 1 }])),
    docLen: words.length,
  };
}

/** A segment of these documents, numbered from `first` on, in the order given: no rule puts short ones first. */
export function segmentOf(documents: readonly Words[], first = 0): BuiltSegment {
  const entries = documents.map((words, i) => entryOf(first + i, words.length));
  return collect(entries, invert(documents.map(termsOf)));
}

/** Everything that writeSegment gives. */
export function collect(
  documents: readonly DocumentEntry[],
  lists: Iterable<readonly [term: string, postings: Postings]>,
): BuiltSegment {
  const writing = writeSegment(SEGMENT, DocumentTable.from(documents, documents.length), lists);
  const items: SegmentItem[] = [];
  let step = writing.next();
  for (; !step.done; step = writing.next()) items.push(step.value);
  items.sort((a, b) => Buffer.compare(Buffer.from(a.sk), Buffer.from(b.sk)));
  return { items: new Map(items.map(({ sk, body }) => [sk, body])), entry: step.value };
}

export const contentsOf = ({ items, entry }: BuiltSegment): SegmentContents =>
  new SegmentContents(entry, items);

export const rowsOf = ({ docIds, placedFreqs, docLens }: Postings): Rows =>
  Array.from(docIds, (docId, i) => [docId, placedFreqs[i]!, docLens[i]!]);

export const postingsOf = (rows: Rows): Postings => ({
  docIds: Uint32Array.from(rows, ([docId]) => docId),
  placedFreqs: Uint32Array.from(rows, ([, placedFreq]) => placedFreq),
  docLens: Uint32Array.from(rows, ([, , docLen]) => docLen),
});

export const entriesOf = (table: DocumentTable): DocumentEntry[] => table.slice(0, table.count);

/** What a segment holds, as plain values. */
export function readSegment(segment: BuiltSegment): {
  documents: DocumentEntry[];
  lists: [term: string, rows: Rows][];
} {
  const contents = contentsOf(segment);
  return {
    documents: entriesOf(contents.documents()),
    lists: Array.from(contents.lists(), ([term, list]) => [term, rowsOf(list)]),
  };
}

/** Where a segment that is not whole says that this image may be. */
export function docIdsOf({ items, entry }: BuiltSegment, imageId: ImageId): number[] {
  const bucket = bucketOf(idPrefixOf(imageId), bucketCount(entry.docs, entry.format));
  const sk = imageMapKey(bucket);
  return findInBucket(items.get(sk)!, { segmentId: entry.id, sk }, entry, bucket, [imageId]).map(
    ({ docId }) => docId,
  );
}

/** What lists must hold, counted the slow way: no code of the index is used. */
export function countRows(documents: readonly Words[]): Map<string, Rows> {
  const rows = new Map<string, [number, number, number][]>();
  documents.forEach((words, docId) => {
    for (const term of new Set(words)) {
      const row: [number, number, number] = [
        docId,
        unplaced(words.filter((word) => word === term).length),
        words.length,
      ];
      const before = rows.get(term);
      if (before) before.push(row);
      else rows.set(term, [row]);
    }
  });
  return rows;
}
