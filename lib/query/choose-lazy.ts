import type { TermScorer } from '../rank/scorer.ts';
import { termsToRead, type QueryTerms } from './query-terms.ts';
import { docFreqIn, type SegmentIndex } from './segment-index.ts';

/** Up to so many chunks it is best to read all of them at once: half a read unit each, and one wait less. */
const READ_AT_ONCE = 16;
/** A shorter list is not worth waiting for. */
const LEAST_CHUNKS = 8;

/**
 * Terms whose lists are better read later, and then only where the documents are that the other lists leave: the
 * longest list, and more where few documents are left to look for. The rest of the lists holds every document that can
 * be among the best, because a condition demands one of their terms, or because nothing but lazy terms does not reach
 * the floor (the non-essential lists of MaxScore: Turtle and Flood, "Query Evaluation: Strategies and Optimizations",
 * 1995).
 * @param floor score that k matching documents reach; -1 where unknown
 */
export function chooseLazy(
  segments: readonly SegmentIndex[],
  terms: QueryTerms,
  scorers: readonly TermScorer[],
  floor: number,
): ReadonlySet<string> {
  const chunksOf = new Map(termsToRead(terms).map((term) => [term, countMissing(segments, term)]));
  const lazy = new Set<string>();
  if ([...chunksOf.values()].reduce((a, b) => a + b, 0) <= READ_AT_ONCE) return lazy;
  const most = terms.scoring.map(({ term }, i) => mostOf(segments, term, scorers[i]!));
  for (const [term, chunks] of [...chunksOf].sort(([, a], [, b]) => b - a)) {
    if (chunks < LEAST_CHUNKS) break;
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

const countMissing = (segments: readonly SegmentIndex[], term: string): number =>
  segments.reduce((sum, { lists }) => sum + (lists.get(term)?.missing().length ?? 0), 0);

function mostOf(segments: readonly SegmentIndex[], term: string, scorer: TermScorer): number {
  let most = 0;
  for (const { lists } of segments) {
    for (const run of lists.get(term)?.runs ?? []) most = Math.max(most, scorer.most(run));
  }
  return most;
}
