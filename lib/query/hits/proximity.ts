import type { AnalysedGloss } from './gloss-analysis.ts';

/** The proximity score, as a share of the idf of the words. */
export const PROXIMITY_WEIGHT = 0.5;

/** Words of a query that occur together in one view of a picture. */
export interface Proximity {
  readonly viewIndex: number;
  readonly terms: readonly string[];
  /** The sum of the words' parts, which is added to the score. */
  readonly score: number;
}

/**
 * The view that has most of a query's words, weighed by idf; undefined if none has two. A red car is more
 * probable if one view has both words than if one view has "red" and another "car".
 * @param idfOf the words of the query with their idf
 */
export function proximityIn(
  { views }: AnalysedGloss,
  idfOf: ReadonlyMap<string, number>,
): Proximity | undefined {
  let best: Proximity | undefined;
  for (const { gloss, texts } of views) {
    const here = new Set<string>();
    for (const { words } of texts) for (const { term } of words) if (idfOf.has(term)) here.add(term);
    const terms = [...idfOf.keys()].filter((term) => here.has(term));
    if (terms.length < 2) continue;
    const score = PROXIMITY_WEIGHT * terms.reduce((sum, term) => sum + idfOf.get(term)!, 0);
    if (score > (best?.score ?? 0)) best = { viewIndex: gloss.view.index, terms, score };
  }
  return best;
}
