import { compileQuery } from './compile-query.ts';
import type { Query } from '../syntax/parse-query.ts';

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

/** What an evaluator needs of a query. @throws GlossError `invalid` when its conditions become too many. */
export const queryTerms = (query: Query): QueryTerms => compileQuery(query).terms;

/** Every term whose postings have to be read. */
export function termsToRead({ scoring, conditions }: QueryTerms): string[] {
  return [
    ...new Set([
      ...scoring.map(({ term }) => term),
      ...conditions.flatMap(({ has, lacks }) => [...has, ...lacks]),
    ]),
  ];
}
