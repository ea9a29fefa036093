import type { TermScorer } from '../../rank/scorer.ts';
import type { QueryTerms } from '../plan/query-terms.ts';
import { docFreqIn, type ChunkRequest, type SegmentIndex } from './segment-index.ts';

/** A shorter list is not worth waiting for. */
const LEAST_CHUNKS = 8;

/**
 * Terms whose lists are better read later, and then only where the documents are that the other lists leave: the
 * longest list, and more where few documents are left to look for. The rest of the lists holds every document that can
 * be among the best, because a condition demands one of their terms, or because nothing but lazy terms does not reach
 * the floor (the non-essential lists of MaxScore: Turtle and Flood, "Query Evaluation: Strategies and Optimizations",
 * 1995).
 * @param floor score that k matching documents reach; -1 where unknown
 * @param wanted chunks that documents which reach the floor may be in
 */
export function chooseLazy(
  segments: readonly SegmentIndex[],
  terms: QueryTerms,
  scorers: readonly TermScorer[],
  floor: number,
  wanted: readonly ChunkRequest[],
): ReadonlySet<string> {
  const chunksOf = new Map<string, number>();
  for (const { term } of wanted) chunksOf.set(term, (chunksOf.get(term) ?? 0) + 1);
  const lazy = new Set<string>();
  const most = terms.scoring.map(({ term }, i) => mostOf(segments, term, scorers[i]!));
  const byLength = [...chunksOf].sort(([a], [b]) => docFreqIn(segments, b) - docFreqIn(segments, a));
  for (const [term, chunks] of byLength) {
    if (chunks < LEAST_CHUNKS) continue;
    lazy.add(term);
    const left = documentsLeft(segments, terms, most, lazy, floor);
    if (left === undefined || (lazy.size > 1 && left > chunks)) lazy.delete(term);
  }
  return lazy;
}

/** How many documents there are to look for without the lazy lists; undefined where those may have others. */
function documentsLeft(
  segments: readonly SegmentIndex[],
  { scoring, conditions }: QueryTerms,
  most: readonly number[],
  lazy: ReadonlySet<string>,
  floor: number,
): number | undefined {
  const docFreq = (terms: readonly string[]) =>
    terms.reduce((sum, term) => sum + docFreqIn(segments, term), 0);
  const eager = scoring.map(({ term }) => term).filter((term) => !lazy.has(term));
  const found = conditions
    .filter(({ has, lacks }) => lacks.length === 0 && has.every((term) => eager.includes(term)))
    .map(({ has }) => docFreq(has));
  const mostOfLazy = scoring.reduce((sum, { term }, i) => sum + (lazy.has(term) ? most[i]! : 0), 0);
  if (eager.length === scoring.length || mostOfLazy < floor) found.push(docFreq(eager));
  return found.length === 0 ? undefined : Math.min(...found);
}

function mostOf(segments: readonly SegmentIndex[], term: string, scorer: TermScorer): number {
  let most = 0;
  for (const { lists } of segments) {
    for (const run of lists.get(term)?.runs ?? []) most = Math.max(most, scorer.most(run));
  }
  return most;
}
