import { weightOfView } from '../../domain/view-weight.ts';
import type { TermScore } from '../../rank/explain.ts';
import type { AnalysedGloss, AnalysedView } from './gloss-analysis.ts';
import {
  matchedFile,
  matchedViews,
  oncePerPicture,
  type MatchedFile,
  type MatchedView,
} from './highlight.ts';
import type { CompiledQuery } from '../plan/compile-query.ts';
import { proximityIn, type Proximity } from './proximity.ts';

/** The agreement score of a term that all views have, as a share of its weight times its idf. */
const AGREEMENT_WEIGHT = 1;
/** The same where several things are asked for: views share out what they say of a picture. */
const AGREEMENT_WEIGHT_OF_SEVERAL = 0.5;

/** The score of a function word that all views have, as a share of its idf. */
const FILLER_WEIGHT = 1;

/** How frequent a term is in the index, and what that makes of it. */
export type TermRarity = Pick<TermScore, 'term' | 'idf' | 'docFreq'>;

/** Which parts count; switches for ablations. */
export interface RerankFactors {
  /** Proximity: neighbours of the query that stand close together in one view. */
  readonly proximity: boolean;
  /** Agreement: words that many of the views have. */
  readonly agreement: boolean;
}

export const RERANK_ALL: RerankFactors = { proximity: true, agreement: true };
/** BM25 alone. */
export const RERANK_NOTHING: RerankFactors = { proximity: false, agreement: false };

/**
 * A term's part of a score. `via` names the words as typed that the term stands for. `together` is the part for
 * proximity, `agreed` the part for agreement. `score` includes both.
 */
export type ExplainedTerm = TermScore & {
  readonly via?: string;
  readonly together?: number;
  readonly agreed?: number;
};

/** A picture's score, term by term, with the parts that its views add. */
interface ScoredViews {
  /** The views that have scoring terms, the most telling first. */
  readonly views: readonly MatchedView[];
  readonly file?: MatchedFile;
  readonly terms: readonly ExplainedTerm[];
  readonly score: number;
  readonly sameView?: Proximity;
}

/**
 * Adds proximity and agreement, which need the gloss. What only one of many views has is more often invented by
 * the model, or small. termFreq cannot tell that from one view that repeats itself. So a term adds its weight
 * times its idf times the share of the views that have it, in which the whole picture counts as much as four crops.
 * @param terms parts of the index's score, for terms that the picture has
 * @param fillers function words of the query, which agreement alone counts: people who describe a picture alike use them alike
 */
export function scoreViews(
  gloss: AnalysedGloss,
  terms: readonly ExplainedTerm[],
  counts: RerankFactors,
  { neighbours, asksForSeveral }: Pick<CompiledQuery, 'neighbours' | 'asksForSeveral'>,
  fillers: readonly TermRarity[] = [],
): ScoredViews {
  const agreementWeight = asksForSeveral ? AGREEMENT_WEIGHT_OF_SEVERAL : AGREEMENT_WEIGHT;
  const weightOf = new Map(terms.map(({ term, weight, idf }) => [term, weight * idf]));
  const views = matchedViews(gloss, weightOf);
  const file = matchedFile(gloss, weightOf);
  const words = terms.filter(({ weight, via }) => weight === 1 && via === undefined);
  const together = counts.proximity
    ? proximityIn(gloss, new Map(words.map(({ term, idf }) => [term, idf])), neighbours)
    : undefined;
  const scored = terms.map((term): ExplainedTerm => {
    const standing = together?.parts.get(term.term) ?? 0;
    // What a person wrote into the file is said of all of the picture.
    const share = file?.terms.includes(term.term)
      ? 1
      : shareOf(
          views.filter((view) => view.terms.includes(term.term)),
          gloss.views,
        );
    const agreed = counts.agreement ? agreementWeight * share * term.weight * term.idf : 0;
    return {
      ...term,
      score: term.score + standing + agreed,
      ...(standing > 0 && { together: standing }),
      ...(agreed > 0 && { agreed }),
    };
  });
  const filling = counts.agreement ? fillers.flatMap((filler) => scoreFiller(gloss, filler)) : [];
  const all = [...scored, ...filling];
  return {
    views: oncePerPicture(views),
    ...(file && { file }),
    terms: all,
    score: all.reduce((sum, { score }) => sum + score, 0),
    ...(together && { sameView: together }),
  };
}

function scoreFiller({ views }: AnalysedGloss, filler: TermRarity): ExplainedTerm[] {
  const freqIn = ({ texts }: AnalysedView) =>
    texts.reduce((sum, { words }) => sum + words.filter(({ term }) => term === filler.term).length, 0);
  const having = views.filter((view) => freqIn(view) > 0);
  if (having.length === 0) return [];
  const termFreq = having.reduce((sum, view) => sum + freqIn(view), 0);
  const agreed = FILLER_WEIGHT * filler.idf * shareOf(having, views);
  return [{ ...filler, weight: 0, termFreq, score: agreed, agreed }];
}

type OfView = Pick<AnalysedView, 'gloss'>;

/** What some views count of all; 0 of none. */
const shareOf = (some: readonly OfView[], all: readonly OfView[]): number =>
  some.length === 0 ? 0 : weightOfAll(some) / weightOfAll(all);

const weightOfAll = (views: readonly OfView[]): number =>
  views.reduce((sum, { gloss }) => sum + weightOfView(gloss.view), 0);
