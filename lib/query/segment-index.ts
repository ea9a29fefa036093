import type { Deletions } from '../segment/deletions.ts';
import type { TermList } from './term-list.ts';

/** One segment of the snapshot as far as it has been read. */
export interface SegmentIndex {
  readonly docs: number;
  readonly deletions: Deletions | undefined;
  /** Of the query's terms; terms that the segment does not have are not in it. */
  readonly lists: ReadonlyMap<string, TermList>;
}

/** A chunk that an evaluation needs next; it goes into the list by `add`. */
export interface ChunkRequest {
  /** Place in the snapshot. */
  readonly segment: number;
  readonly term: string;
  readonly chunk: number;
}

/** Documents over all segments that have the term; deleted ones count until a merge drops them. */
export const docFreqIn = (segments: readonly SegmentIndex[], term: string): number =>
  segments.reduce((sum, { lists }) => sum + (lists.get(term)?.docFreq ?? 0), 0);

/** Every chunk of these terms' lists that has not been read. */
export function missingChunks(segments: readonly SegmentIndex[], terms: Iterable<string>): ChunkRequest[] {
  return [...terms].flatMap((term) =>
    segments.flatMap(({ lists }, segment) =>
      (lists.get(term)?.missing() ?? []).map((chunk) => ({ segment, term, chunk })),
    ),
  );
}
