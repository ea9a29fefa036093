import type { Deletions } from '../../index/segment/deletions.ts';
import { slicePostings } from '../../index/postings/postings.ts';
import { countUpTo, PostingsList } from './postings-list.ts';

/** One segment of the snapshot, as far as it has been read. */
export interface SegmentPostings {
  readonly docs: number;
  readonly deletions: Deletions | undefined;
  /** The postings lists of the query's terms. Terms that the segment does not have are absent. */
  readonly lists: ReadonlyMap<string, PostingsList>;
}

/** A chunk that an evaluation needs next. `add` puts it into its list. */
export interface ChunkRequest {
  /** Index of the segment in the snapshot. */
  readonly segment: number;
  readonly term: string;
  readonly chunk: number;
}

/** How many documents of all segments have the term. Deleted ones count until a merge leaves them out. */
export const docFreqIn = (segments: readonly SegmentPostings[], term: string): number =>
  segments.reduce((sum, { lists }) => sum + (lists.get(term)?.docFreq ?? 0), 0);

/** Every unread chunk of these terms' lists. */
export function missingChunks(segments: readonly SegmentPostings[], terms: Iterable<string>): ChunkRequest[] {
  return [...terms].flatMap((term) =>
    segments.flatMap(({ lists }, segment) =>
      (lists.get(term)?.missing() ?? []).map((chunk) => ({ segment, term, chunk })),
    ),
  );
}

/**
 * A view of a segment that has only the documents from `start` to before `end`, with what has been read of
 * their lists.
 */
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
