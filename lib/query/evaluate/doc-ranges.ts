import type { TermScorer } from '../../rank/scorer.ts';
import { termsToRead, type QueryTerms } from '../plan/query-terms.ts';
import type { ChunkRequest, SegmentIndex } from './segment-index.ts';
import { countUpTo, type TermList } from './postings-list.ts';

/** Documents of a segment from a place where a chunk of some list begins to the next: one bound holds for them all. */
export interface Stretch {
  /** Place in the snapshot. */
  readonly segment: number;
  readonly start: number;
  readonly end: number;
  /** What none of its documents exceeds. */
  readonly most: number;
  /** Chunks that have not been read and may hold one of its documents. */
  readonly chunks: readonly ChunkRequest[];
}

/** So many stretches are read to learn what a good score is. */
const PROMISING = 8;

/** The stretches that the best documents are most likely in. */
export const mostPromising = (stretches: readonly Stretch[]): Stretch[] =>
  stretches.toSorted((a, b) => b.most - a.most).slice(0, PROMISING);

/** The chunks of these stretches that have not been read, each once. */
export function chunksOf(stretches: readonly Stretch[]): ChunkRequest[] {
  const wanted = new Map<string, ChunkRequest>();
  for (const { chunks } of stretches) {
    for (const one of chunks) wanted.set(`${one.segment} ${one.chunk} ${one.term}`, one);
  }
  return [...wanted.values()];
}

/** What a list may have for the documents of a stretch. */
interface Share {
  readonly most: number;
  /** The chunk, if it has not been read. */
  readonly chunk: number | undefined;
}

/**
 * The stretches of all segments in which documents may match, as far as the directories tell. What has been read
 * counts with the best that it has in a stretch.
 */
export function stretchesOf(
  segments: readonly SegmentIndex[],
  terms: QueryTerms,
  scorers: readonly TermScorer[],
): Stretch[] {
  return segments.flatMap((segment, place) => stretchesOfSegment(segment, place, terms, scorers));
}

function stretchesOfSegment(
  { docs, lists }: SegmentIndex,
  segment: number,
  terms: QueryTerms,
  scorers: readonly TermScorer[],
): Stretch[] {
  const scorerOf = new Map(terms.scoring.map(({ term }, i) => [term, scorers[i]!]));
  const present = termsToRead(terms).flatMap((term) => {
    const list = lists.get(term);
    return list ? [{ term, shareOf: sharesInOrder(list, scorerOf.get(term)) }] : [];
  });
  const starts = startsOf(present.map(({ term }) => lists.get(term)!));
  return starts.flatMap((start, i) => {
    const end = starts[i + 1] ?? docs;
    let most = 0;
    const chunks: ChunkRequest[] = [];
    const found = new Set<string>();
    for (const { term, shareOf } of present) {
      const share = shareOf(start, end);
      if (!share) continue;
      found.add(term);
      most += share.most;
      if (share.chunk !== undefined) chunks.push({ segment, term, chunk: share.chunk });
    }
    return mayMatch(terms, found) ? [{ segment, start, end, most, chunks }] : [];
  });
}

/** Where chunks begin, and 0. */
function startsOf(lists: readonly TermList[]): number[] {
  const starts = new Set([0]);
  for (const list of lists) {
    if (!list.isHere) for (const run of list.runs.keys()) starts.add(list.rangeOf(run)[0]);
  }
  return [...starts].sort((a, b) => a - b);
}

/** Tells the share of a list in one stretch after the other; undefined where it has none of the documents. */
function sharesInOrder(
  list: TermList,
  scorer: TermScorer | undefined,
): (start: number, end: number) => Share | undefined {
  if (list.isHere) return (start, end) => shareOfPostings(list, scorer, start, end);
  const mostOf = list.runs.map((run) => scorer?.most(run) ?? 0);
  const unreadRunOf = list.unreadRunsInOrder();
  return (start, end) => {
    const run = unreadRunOf(start);
    return run < 0 ? shareOfPostings(list, scorer, start, end) : { most: mostOf[run]!, chunk: run };
  };
}

function shareOfPostings(
  list: TermList,
  scorer: TermScorer | undefined,
  start: number,
  end: number,
): Share | undefined {
  const postings = list.postings();
  const { docIds } = postings;
  const first = countUpTo(docIds, start - 1);
  if (first >= docIds.length || docIds[first]! >= end) return undefined;
  let most = 0;
  for (let i = first; scorer && i < docIds.length && docIds[i]! < end; i += 1)
    most = Math.max(most, scorer.scoreAt(postings, i));
  return { most, chunk: undefined };
}

/** Whether a document may have one of the scoring terms and what the conditions demand. */
const mayMatch = ({ scoring, conditions }: QueryTerms, found: ReadonlySet<string>): boolean =>
  scoring.some(({ term }) => found.has(term)) &&
  conditions.every(({ has, lacks }) => lacks.length > 0 || has.some((term) => found.has(term)));
