import type { Neighbours } from '../plan/query-terms.ts';
import type { AnalysedGloss, AnalysedText } from './gloss-analysis.ts';

/** The proximity score of two words, as a share of the sum of their idf. */
const PROXIMITY_WEIGHT = 0.125;
/** How many places behind a word its neighbour may stand: "man in a red shirt" has three from "man" to "red". */
const REACH = 3;

/** Neighbours of a query that stand so in views of a picture. */
export interface Proximity {
  /** The view that has most of them. */
  readonly viewIndex: number;
  /** In the order of the query. */
  readonly terms: readonly string[];
  /** Of each term its part of the score. */
  readonly parts: ReadonlyMap<string, number>;
  /** The sum of the parts, which is added to the score. */
  readonly score: number;
}

/**
 * The neighbours of a query that a view says in its order and close together, weighed by idf; undefined if there are none. A
 * red car is more probable if a view says "red car" than if it says "red" of something else.
 * @param idfOf the words of the query that the picture has, with their idf
 */
export function proximityIn(
  { views }: AnalysedGloss,
  idfOf: ReadonlyMap<string, number>,
  neighbours: readonly Neighbours[],
): Proximity | undefined {
  const known = neighbours.filter((pair) => pair.every((term) => idfOf.has(term)));
  if (known.length === 0) return undefined;
  const found = views.map(({ texts }) =>
    known.filter(([word, next]) => texts.some((text) => standsBefore(text, word, next))),
  );
  const parts = new Map<string, number>();
  const add = (term: string) => parts.set(term, (parts.get(term) ?? 0) + PROXIMITY_WEIGHT * idfOf.get(term)!);
  for (const pair of new Set(found.flat())) pair.forEach(add);
  if (parts.size === 0) return undefined;
  const most = Math.max(...found.map(({ length }) => length));
  return {
    viewIndex: views[found.findIndex(({ length }) => length === most)]!.gloss.view.index,
    terms: [...idfOf.keys()].filter((term) => parts.has(term)),
    parts,
    score: [...parts.values()].reduce((sum, part) => sum + part, 0),
  };
}

const standsBefore = ({ words }: AnalysedText, word: string, next: string): boolean =>
  words.some(
    ({ term }, i) =>
      term === word && words.slice(i + 1, i + 1 + REACH).some((behind) => behind.term === next),
  );
