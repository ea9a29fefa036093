import { isFact } from '../../text/fact-terms.ts';
import { scoringWeight, type Association } from '../../rank/associations.ts';
import type { QueryTerms } from './query-terms.ts';

/** Terms of a likely query. More gain nothing (docs/relevance.md), and each is a list to read. */
const LIKELY_TERMS = 64;

/**
 * The query of the likely tier: documents that have none of the query's terms, ranked by their associated
 * words. What the query excludes stays excluded, and its dates and cameras
 * stay conditions.
 */
export function likelyQuery(
  { scoring, cnf }: QueryTerms,
  associations: readonly Association[],
  docCount: number,
): QueryTerms {
  const own = new Set(scoring.map(({ term }) => term));
  return {
    scoring: associations
      .filter(({ term, strength }) => strength > 0 && !own.has(term))
      .slice(0, LIKELY_TERMS)
      .map((association) => ({ term: association.term, weight: scoringWeight(association, docCount) })),
    cnf: [
      ...Array.from(own, (term) => ({ anyOf: [], notAllOf: [term] })),
      ...cnf.filter(({ anyOf }) => anyOf.every(isFact)),
    ],
  };
}
