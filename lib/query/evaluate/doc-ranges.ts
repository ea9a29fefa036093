import type { TermScorer } from '../../rank/scorer.ts';
import { termsToRead, type QueryTerms } from '../plan/query-terms.ts';
import type { ChunkRequest, SegmentPostings } from './segment-postings.ts';
import { countUpTo, type PostingsList } from './postings-list.ts';

/**
 * A doc range: consecutive documents of a segment between two places where a chunk of some list begins. One
 * bound holds for all of them.
 */
export interface DocRange {
  /** Index of the segment in the snapshot. */
  readonly segment: number;
  readonly start: number;
  readonly end: number;
  /** The maxScore of its documents. */
  readonly maxScore: number;
  /** Unread chunks that may hold one of its documents. */
  readonly chunks: readonly ChunkRequest[];
}

/** How many doc ranges are read first, for a good threshold. */
const PROMISING = 8;

/** The doc ranges that most probably hold the best documents. */
export const mostPromising = (ranges: readonly DocRange[]): DocRange[] =>
  ranges.toSorted((a, b) => b.maxScore - a.maxScore).slice(0, PROMISING);

/** The unread chunks of these doc ranges, each once. */
export function chunksOf(ranges: readonly DocRange[]): ChunkRequest[] {
  const wanted = new Map<string, ChunkRequest>();
  for (const { chunks } of ranges) {
    for (const one of chunks) wanted.set(`${one.segment} ${one.chunk} ${one.term}`, one);
  }
  return [...wanted.values()];
}

/** What a list can add to the documents of a doc range. */
interface Share {
  readonly maxScore: number;
  /** The chunk, if it has not been read. */
  readonly chunk: number | undefined;
}

/**
 * The doc ranges of all segments in which documents may match, as far as the directories show. Postings that have
 * been read count with the best that they have in a range.
 */
export function docRangesOf(
  segments: readonly SegmentPostings[],
  terms: QueryTerms,
  scorers: readonly TermScorer[],
): DocRange[] {
  return segments.flatMap((segment, place) => rangesOfSegment(segment, place, terms, scorers));
}

function rangesOfSegment(
  { docs, lists }: SegmentPostings,
  segment: number,
  terms: QueryTerms,
  scorers: readonly TermScorer[],
): DocRange[] {
  const scorerOf = new Map(terms.scoring.map(({ term }, i) => [term, scorers[i]!]));
  const present = termsToRead(terms).flatMap((term) => {
    const list = lists.get(term);
    return list ? [{ term, shareOf: sharesInOrder(list, scorerOf.get(term)) }] : [];
  });
  const starts = startsOf(present.map(({ term }) => lists.get(term)!));
  return starts.flatMap((start, i) => {
    const end = starts[i + 1] ?? docs;
    let maxScore = 0;
    const chunks: ChunkRequest[] = [];
    const found = new Set<string>();
    for (const { term, shareOf } of present) {
      const share = shareOf(start, end);
      if (!share) continue;
      found.add(term);
      maxScore += share.maxScore;
      if (share.chunk !== undefined) chunks.push({ segment, term, chunk: share.chunk });
    }
    return mayMatch(terms, found) ? [{ segment, start, end, maxScore, chunks }] : [];
  });
}

/** The docIds at which chunks begin, and 0. */
function startsOf(lists: readonly PostingsList[]): number[] {
  const starts = new Set([0]);
  for (const list of lists) {
    if (!list.isComplete) for (const run of list.runs.keys()) starts.add(list.rangeOf(run)[0]);
  }
  return [...starts].sort((a, b) => a - b);
}

/** Gives the share of a list in one doc range after the other; undefined if it has no documents there. */
function sharesInOrder(
  list: PostingsList,
  scorer: TermScorer | undefined,
): (start: number, end: number) => Share | undefined {
  if (list.isComplete) return (start, end) => shareOfPostings(list, scorer, start, end);
  const maxScoreOf = list.runs.map((run) => scorer?.maxScore(run) ?? 0);
  const unreadRunOf = list.unreadRunsInOrder();
  return (start, end) => {
    const run = unreadRunOf(start);
    return run < 0 ? shareOfPostings(list, scorer, start, end) : { maxScore: maxScoreOf[run]!, chunk: run };
  };
}

function shareOfPostings(
  list: PostingsList,
  scorer: TermScorer | undefined,
  start: number,
  end: number,
): Share | undefined {
  const postings = list.postings();
  const { docIds } = postings;
  const first = countUpTo(docIds, start - 1);
  if (first >= docIds.length || docIds[first]! >= end) return undefined;
  let maxScore = 0;
  for (let i = first; scorer && i < docIds.length && docIds[i]! < end; i += 1)
    maxScore = Math.max(maxScore, scorer.scoreAt(postings, i));
  return { maxScore, chunk: undefined };
}

/** Whether a document of the range may have a scoring term and everything that the clauses require. */
const mayMatch = ({ scoring, cnf }: QueryTerms, found: ReadonlySet<string>): boolean =>
  scoring.some(({ term }) => found.has(term)) &&
  cnf.every(({ anyOf, notAllOf }) => notAllOf.length > 0 || anyOf.some((term) => found.has(term)));
