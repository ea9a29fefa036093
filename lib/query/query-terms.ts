import type { Query } from './parse-query.ts';

/** What an evaluator needs of a query: distinct terms by role, in the order in which scores are added. */
export interface QueryTerms {
  /** Terms that add to the score, each once, in order of first appearance. */
  readonly scoring: readonly string[];
  /** Terms that must be there; a subset of `scoring`. */
  readonly required: ReadonlySet<string>;
  /** A document that has all terms of any of these is out. */
  readonly excluded: readonly (readonly string[])[];
}

export function queryTerms({ clauses }: Query): QueryTerms {
  const positive = clauses.filter((clause) => clause.occur !== 'not');
  return {
    scoring: [...new Set(positive.flatMap((clause) => clause.terms))],
    required: new Set(positive.filter((clause) => clause.occur === 'must').flatMap((clause) => clause.terms)),
    excluded: clauses.filter((clause) => clause.occur === 'not').map((clause) => clause.terms),
  };
}

/** Every term whose postings have to be read. */
export function termsToRead({ scoring, excluded }: QueryTerms): string[] {
  return [...new Set([...scoring, ...excluded.flat()])];
}
