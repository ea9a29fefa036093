/** A term that adds its BM25, times the weight, to the score of every document that has it. */
export interface ScoringTerm {
  readonly term: string;
  /** Above 0: 1 for a word as typed, less for an expansion. */
  readonly weight: number;
}

/** Holds for a document that has one of the terms `anyOf` or does not have one of the terms `notAllOf`. */
export interface CnfClause {
  readonly anyOf: readonly string[];
  readonly notAllOf: readonly string[];
}

/**
 * A query in the form that evaluators take. A document matches if it has a scoring term and every clause holds.
 * Conditions are a conjunctive normal form, so they can express any combination of AND, OR and NOT.
 */
export interface QueryTerms {
  /** Each term once, in the order in which scores are added. */
  readonly scoring: readonly ScoringTerm[];
  readonly cnf: readonly CnfClause[];
}

/** A word of a query and the next one, as terms. */
export type Neighbours = readonly [word: string, next: string];

/** Every term whose postings have to be read. */
export function termsToRead({ scoring, cnf }: QueryTerms): string[] {
  return [
    ...new Set([
      ...scoring.map(({ term }) => term),
      ...cnf.flatMap(({ anyOf, notAllOf }) => [...anyOf, ...notAllOf]),
    ]),
  ];
}
