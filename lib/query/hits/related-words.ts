import type { Association } from '../../rank/associations.ts';

/** A word to add to a query or to exclude. */
export interface RelatedWord {
  readonly term: string;
  /** How many of the candidates have it, exactly. */
  readonly count: number;
}

/**
 * How much a word is worth whose count chance would explain: in a small collection there are no other words.
 */
const CHANCE = 0.1;

/**
 * Words that divide the candidates: strongly associated with them, and best if half of the candidates have
 * them.
 * @param own terms of the query, which are left out
 */
export function relatedWords(
  associations: readonly Association[],
  candidates: number,
  own: ReadonlySet<string>,
  limit: number,
): RelatedWord[] {
  const worth = ({ strength, logOdds, count }: Association): number => {
    const share = count / candidates;
    return (strength + CHANCE * logOdds) * share * (1 - share);
  };
  return associations
    .filter((association) => !own.has(association.term) && worth(association) > 0)
    .toSorted((a, b) => worth(b) - worth(a) || (a.term < b.term ? -1 : 1))
    .slice(0, limit)
    .map(({ term, count }) => ({ term, count }));
}
