import type { Deletions } from '../../index/segment/deletions.ts';
import { slicePostings } from '../../index/postings/postings.ts';
import { countUpTo, PostingsList } from './postings-list.ts';

/** One segment of the snapshot as far as it has been read. */
export interface SegmentPostings {
  readonly docs: number;
  readonly deletions: Deletions | undefined;
  /** Of the query's terms; terms that the segment does not have are not in it. */
  readonly lists: ReadonlyMap<string, PostingsList>;
}

/** A chunk that an evaluation needs next; it goes into the list by `add`. */
export interface ChunkRequest {
  /** Place in the snapshot. */
  readonly segment: number;
  readonly term: string;
  readonly chunk: number;
}

/** Documents over all segments that have the term; deleted ones count until a merge drops them. */
export const docFreqIn = (segments: readonly SegmentPostings[], term: string): number =>
  segments.reduce((sum, { lists }) => sum + (lists.get(term)?.docFreq ?? 0), 0);

/** Every chunk of these terms' lists that has not been read. */
export function missingChunks(segments: readonly SegmentPostings[], terms: Iterable<string>): ChunkRequest[] {
  return [...terms].flatMap((term) =>
    segments.flatMap(({ lists }, segment) =>
      (lists.get(term)?.missing() ?? []).map((chunk) => ({ segment, term, chunk })),
    ),
  );
}

/** A segment of which only the documents from `start` to before `end` are left, with what has been read of their lists. */
export function partOf({ deletions, lists }: SegmentPostings, start: number, end: number): SegmentPostings {
  const parts = new Map<string, PostingsList>();
  for (const [term, list] of lists) {
    const postings = list.postings();
    const from = countUpTo(postings.docIds, start - 1);
    const to = countUpTo(postings.docIds, end - 1);
    if (from < to) parts.set(term, PostingsList.complete(slicePostings(postings, from, to)));
  }
  return { docs: end, deletions, lists: parts };
}
