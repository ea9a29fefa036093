import { GlossError } from '../domain/errors.ts';
import { analyze } from '../text/analyze.ts';

/** One word as typed, with the terms it means; `at` counts UTF-16 code units of the query. */
export interface Clause {
  readonly occur: 'should' | 'must' | 'not';
  readonly text: string;
  readonly at: number;
  /** Usually one; "t-shirt" has two, and both belong. */
  readonly terms: readonly string[];
}

export interface Query {
  readonly clauses: readonly Clause[];
}

const MAX_QUERY_CHARS = 1_000;
/** Distinct or not: every term is a list to read, and one piece without spaces may have hundreds. */
const MAX_TERMS = 64;

/**
 * Reads a query as people know it: `red car` finds either word, better with both; `+word` must be there and
 * `-word` must not. A sign counts only right before a word.
 * @throws GlossError `invalid` with the place of the error.
 */
export function parseQuery(text: string): Query {
  if (text.length > MAX_QUERY_CHARS) {
    throw problem(
      text,
      MAX_QUERY_CHARS,
      text.length - MAX_QUERY_CHARS,
      `a query has at most ${MAX_QUERY_CHARS} characters`,
    );
  }
  const clauses = Array.from(text.matchAll(/\S+/g), (match) =>
    readClause(text, match[0], match.index),
  ).filter((clause) => clause !== undefined);
  let count = 0;
  for (const clause of clauses) {
    count += clause.terms.length;
    if (count > MAX_TERMS) {
      throw problem(text, clause.at, clause.text.length, `a query has at most ${MAX_TERMS} words`);
    }
  }
  if (!clauses.some((clause) => clause.occur !== 'not')) {
    const excluded = clauses.length > 0;
    throw problem(
      text,
      0,
      text.length,
      excluded ? 'add a word to search for: all words here are excluded' : 'type a word to search for',
    );
  }
  return { clauses };
}

/** Words of plain text, any of which may match: the query of the paper's experiments, without syntax. */
export function plainQuery(text: string): Query {
  return { clauses: analyze(text).map((term) => ({ occur: 'should', text: term, at: 0, terms: [term] })) };
}

function readClause(query: string, piece: string, at: number): Clause | undefined {
  const quote = piece.indexOf('"');
  if (quote >= 0) throw problem(query, at + quote, 1, 'phrases in quotes are not supported');
  const sign = piece[0];
  const signed = sign === '+' || sign === '-';
  const word = signed ? piece.slice(1) : piece;
  const terms = analyze(word);
  if (terms.length === 0) {
    if (signed) throw problem(query, at, piece.length, `"${piece}" needs a word right after "${sign}"`);
    return undefined; // an ampersand, a long dash: nothing to search for, nothing wrong
  }
  return {
    occur: sign === '+' ? 'must' : sign === '-' ? 'not' : 'should',
    text: word,
    at: signed ? at + 1 : at,
    terms,
  };
}

function problem(query: string, at: number, length: number, message: string): GlossError {
  const near = query.slice(at, at + 20);
  const where = `character ${at + 1}${near === '' ? '' : `, at "${near}"`}`;
  return new GlossError('invalid', 'query_syntax', `${message} (${where})`.toWellFormed(), {
    place: { field: 'q', at, length },
  });
}
