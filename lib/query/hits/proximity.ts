import { textsOf, type Gloss } from '../../domain/gloss.ts';
import type { Analyzer } from '../../text/analyzer.ts';

/** What standing together adds, as a share of the rarity of the words that do. */
export const PROXIMITY_WEIGHT = 0.5;

/** Words of a query that stand together in one view of a picture. */
export interface Proximity {
  readonly viewIndex: number;
  readonly terms: readonly string[];
  /** Added to the score: the sum of the words' parts. */
  readonly score: number;
}

/**
 * The view that holds most of a query's words, weighed by rarity; undefined where none holds two. A red car is more
 * likely to be seen where one view speaks of both than where the car stands in one and red in another.
 * @param idfOf the words of the query with their inverse document frequencies
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
