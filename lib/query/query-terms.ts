import type { Query } from './parse-query.ts';

/** A term that adds its BM25, times the weight, to the score of every document that has it. */
export interface ScoringTerm {
  readonly term: string;
  /** Above 0; 1 for a word as typed, less for what only stands for it. */
  readonly weight: number;
}

/** Holds for a document that has one of `has`, or lacks one of `lacks`. */
export interface Condition {
  readonly has: readonly string[];
  readonly lacks: readonly string[];
}

/**
 * What an evaluator needs of a query. A document matches when it has a scoring term and every condition holds, which
 * can say any combination of AND, OR and NOT (conjunctive normal form).
 */
export interface QueryTerms {
  /** Each term once, in the order in which scores are added. */
  readonly scoring: readonly ScoringTerm[];
  readonly conditions: readonly Condition[];
}

export function queryTerms({ clauses }: Query): QueryTerms {
  const positive = clauses.filter((clause) => clause.occur !== 'not');
  const scoring = new Set(positive.flatMap((clause) => clause.terms));
  const required = new Set(
    positive.filter((clause) => clause.occur === 'must').flatMap((clause) => clause.terms),
  );
  const excluded = clauses.filter((clause) => clause.occur === 'not').map((clause) => clause.terms);
  return {
    scoring: Array.from(scoring, (term) => ({ term, weight: 1 })),
    conditions: [
      ...Array.from(required, (term) => ({ has: [term], lacks: [] })),
      ...excluded.map((terms) => ({ has: [], lacks: [...new Set(terms)] })),
    ],
  };
}

/** Every term whose postings have to be read. */
export function termsToRead({ scoring, conditions }: QueryTerms): string[] {
  return [
    ...new Set([
      ...scoring.map(({ term }) => term),
      ...conditions.flatMap(({ has, lacks }) => [...has, ...lacks]),
    ]),
  ];
}
