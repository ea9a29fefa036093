import type { Gloss } from '../../domain/gloss.ts';
import type { MatchedFile, MatchedView } from '../../query/hits/highlight.ts';
import type { Proximity } from '../../query/hits/proximity.ts';
import {
  scoreViews,
  type ExplainedTerm,
  type RerankFactors,
  type TermRarity,
} from '../../query/hits/score-views.ts';
import type { Explanation } from '../../rank/explain.ts';
import type { Candidate } from './load-candidates.ts';
import type { PreparedQuery } from './prepare-query.ts';

interface ScoreExplanation extends Explanation {
  readonly terms: readonly ExplainedTerm[];
  /** The view in which words of the query stand close together. */
  readonly sameView?: Proximity;
}

/**
 * One answer: the image, its score, the views that earned it (best first; the whole picture where no view has the words, and none
 * where its gloss is not analysed), and the score taken apart.
 */
export interface FoundImage extends Omit<Candidate, 'document'> {
  readonly score: number;
  /** Its place in the order of BM25, from 0. */
  readonly rank: number;
  /** Images of a tier come before those of the next, whatever their scores. */
  readonly tier: number;
  readonly views: readonly MatchedView[];
  /** Present where the file has words of the query. */
  readonly file?: MatchedFile;
  readonly explanation: ScoreExplanation;
}

/** The order of answers: by tier, then by score; equal scores stay in the order of BM25. */
export const compareFound = (
  a: Pick<FoundImage, 'tier' | 'score' | 'rank'>,
  b: Pick<FoundImage, 'tier' | 'score' | 'rank'>,
): number => a.tier - b.tier || b.score - a.score || a.rank - b.rank;

/**
 * A candidate as a hit: BM25, and what its views add to it. Beyond the bounds of analysis it is BM25 alone, without views: the best by BM25
 * are analysed first, and views take nothing away, so those come behind.
 */
export function toFoundImage(
  { document, ...image }: Candidate,
  { compiled, analysis }: PreparedQuery,
  rerank: RerankFactors,
  fillers: readonly TermRarity[] = [],
): FoundImage {
  const { explanation, rank, tier } = document;
  const terms = explanation.terms.map((term): ExplainedTerm => {
    const via = compiled.via.get(term.term);
    return via === undefined ? term : { ...term, via };
  });
  const gloss = analysis.of(image.gloss);
  if (!gloss)
    return { ...image, rank, score: document.score, tier, views: [], explanation: { ...explanation, terms } };
  const { score, views, file, terms: parts, sameView } = scoreViews(gloss, terms, rerank, compiled, fillers);
  return {
    ...image,
    rank,
    tier,
    score: rerank.proximity || rerank.agreement ? score : document.score,
    views: views.length === 0 ? wholeOf(image.gloss) : views,
    ...(file && { file }),
    explanation: { ...explanation, terms: parts, ...(sameView && { sameView }) },
  };
}

/** The whole picture, without words that matched. */
const wholeOf = ({ views }: Gloss): MatchedView[] =>
  views
    .toSorted((a, b) => a.view.index - b.view.index)
    .slice(0, 1)
    .map((gloss) => ({ gloss, terms: [], words: [], highlights: [] }));
