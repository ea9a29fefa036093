import { textsOf, type Gloss } from '../../domain/gloss.ts';
import type { Analyzer } from '../../text/analyzer.ts';

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
  gloss: Gloss,
  idfOf: ReadonlyMap<string, number>,
  analyzer: Analyzer,
): Proximity | undefined {
  let best: Proximity | undefined;
  for (const view of gloss.views) {
    const here = new Set(textsOf(view).flatMap((text) => analyzer.terms(text)));
    const terms = [...idfOf.keys()].filter((term) => here.has(term));
    if (terms.length < 2) continue;
    const score = PROXIMITY_WEIGHT * terms.reduce((sum, term) => sum + idfOf.get(term)!, 0);
    if (score > (best?.score ?? 0)) best = { viewIndex: view.view.index, terms, score };
  }
  return best;
}
