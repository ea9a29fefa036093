import type { Gloss } from '../../domain/gloss.ts';
import type { TermScore } from '../../rank/explain.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import { matchedViews, type MatchedView } from './highlight.ts';
import { proximityIn, type Proximity, PROXIMITY_WEIGHT } from './proximity.ts';

/** What all views saying it adds to a term's score, as a share of the term's weight and rarity. */
const AGREEMENT_WEIGHT = 1;

/** Which of it counts; the ablation switches. */
export interface RerankFactors {
  /** Words that stand together in one view. */
  readonly proximity: boolean;
  /** Words that many of the views say. */
  readonly agreement: boolean;
}

/**
 * A term's part of a score; `via` names the words as typed that the term stands for. `together` is what standing with
 * others in one view added, `agreed` what the share of the views that say it did; the score includes both.
 */
export type ExplainedTerm = TermScore & {
  readonly via?: string;
  readonly together?: number;
  readonly agreed?: number;
};

/** A picture's score, term by term, with what its views add. */
export interface ScoredViews {
  /** The views that hold scoring terms, the most telling first. */
  readonly views: readonly MatchedView[];
  readonly terms: readonly ExplainedTerm[];
  readonly score: number;
  readonly sameView?: Proximity;
}

/**
 * Adds what only the gloss can tell. What one view of many mentions is more often made up, or small, than what all of
 * them speak of, and term frequency cannot tell that from one view that repeats itself: so a term earns its rarity
 * times the share of the views that say it.
 * @param terms of the index's score, which the picture has
 */
export function scoreViews(
  gloss: Gloss,
  terms: readonly ExplainedTerm[],
  analyzer: Analyzer,
  counts: RerankFactors,
): ScoredViews {
  const views = matchedViews(
    gloss,
    new Map(terms.map(({ term, weight, idf }) => [term, weight * idf])),
    analyzer,
  );
  const words = terms.filter(({ weight, via }) => weight === 1 && via === undefined);
  const together = counts.proximity
    ? proximityIn(gloss, new Map(words.map(({ term, idf }) => [term, idf])), analyzer)
    : undefined;
  const scored = terms.map((term): ExplainedTerm => {
    const standing = together?.terms.includes(term.term) ? PROXIMITY_WEIGHT * term.idf : 0;
    const share = views.filter((view) => view.terms.includes(term.term)).length / gloss.views.length;
    const agreed = counts.agreement ? AGREEMENT_WEIGHT * share * term.weight * term.idf : 0;
    return {
      ...term,
      score: term.score + standing + agreed,
      ...(standing > 0 && { together: standing }),
      ...(agreed > 0 && { agreed }),
    };
  });
  return {
    views,
    terms: scored,
    score: scored.reduce((sum, { score }) => sum + score, 0),
    ...(together && { sameView: together }),
  };
}
