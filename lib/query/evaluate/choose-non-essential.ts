import type { TermScorer } from '../../rank/scorer.ts';
import type { QueryTerms } from '../plan/query-terms.ts';
import { docFreqIn, type ChunkRequest, type SegmentPostings } from './segment-postings.ts';

/** A list of fewer chunks is not worth another round of reads. */
const LEAST_CHUNKS = 8;

/**
 * Chooses the non-essential terms: their lists are read later, and only where the documents are that the other lists
 * leave. These are the longest list, and more if few documents are left. The essential lists hold every document
 * that can be among the best, either because a clause requires one of their terms, or because the non-essential
 * terms alone do not reach the threshold. Source: MaxScore (Turtle and Flood, "Query Evaluation: Strategies and
 * Optimizations", 1995).
 * @param threshold a score that k matching documents reach; -1 if unknown
 * @param wanted chunks that may hold documents which reach the threshold
 */
export function chooseNonEssential(
  segments: readonly SegmentPostings[],
  terms: QueryTerms,
  scorers: readonly TermScorer[],
  threshold: number,
  wanted: readonly ChunkRequest[],
): ReadonlySet<string> {
  const chunksOf = new Map<string, number>();
  for (const { term } of wanted) chunksOf.set(term, (chunksOf.get(term) ?? 0) + 1);
  const nonEssential = new Set<string>();
  const maxScore = terms.scoring.map(({ term }, i) => maxScoreOf(segments, term, scorers[i]!));
  const byLength = [...chunksOf].sort(([a], [b]) => docFreqIn(segments, b) - docFreqIn(segments, a));
  for (const [term, chunks] of byLength) {
    if (chunks < LEAST_CHUNKS) continue;
    nonEssential.add(term);
    const left = documentsLeft(segments, terms, maxScore, nonEssential, threshold);
    if (left === undefined || (nonEssential.size > 1 && left > chunks)) nonEssential.delete(term);
  }
  return nonEssential;
}

/** How many documents remain without the non-essential lists; undefined if those may have others. */
function documentsLeft(
  segments: readonly SegmentPostings[],
  { scoring, cnf }: QueryTerms,
  maxScore: readonly number[],
  nonEssential: ReadonlySet<string>,
  threshold: number,
): number | undefined {
  const docFreq = (terms: readonly string[]) =>
    terms.reduce((sum, term) => sum + docFreqIn(segments, term), 0);
  const essential = scoring.map(({ term }) => term).filter((term) => !nonEssential.has(term));
  const found = cnf
    .filter(({ anyOf, notAllOf }) => notAllOf.length === 0 && anyOf.every((term) => essential.includes(term)))
    .map(({ anyOf }) => docFreq(anyOf));
  const nonEssentialMax = scoring.reduce(
    (sum, { term }, i) => sum + (nonEssential.has(term) ? maxScore[i]! : 0),
    0,
  );
  if (essential.length === scoring.length || nonEssentialMax < threshold) found.push(docFreq(essential));
  return found.length === 0 ? undefined : Math.min(...found);
}

function maxScoreOf(segments: readonly SegmentPostings[], term: string, scorer: TermScorer): number {
  let maxScore = 0;
  for (const { lists } of segments) {
    for (const run of lists.get(term)?.runs ?? []) maxScore = Math.max(maxScore, scorer.maxScore(run));
  }
  return maxScore;
}
