import { GlossError } from '../../domain/errors.ts';
import { FIELDS } from './syntax-tree.ts';

/** A token of a query. `at` and `length` are its place in the query, `text` is its content. */
export interface QueryToken {
  readonly kind: 'word' | 'phrase' | 'open' | 'close' | 'sign' | 'and' | 'or' | 'not' | 'field';
  readonly text: string;
  readonly at: number;
  readonly length: number;
}

const OPERATORS: Readonly<Record<string, 'and' | 'or' | 'not'>> = { AND: 'and', OR: 'or', NOT: 'not' };
/** A sign, bracket, quote or field counts only at the start of a token. */
const PIECE =
  /(?<space>\s+)|(?<bracket>[()])|(?<quote>")|(?<sign>[+-])|(?<field>\p{L}+:(?=\S))|(?<word>[^\s()"]+)/uy;
const REST_OF_WORD = /[^\s()"]*/y;

/** Cuts a query into tokens. @throws GlossError `invalid` with the place of a quote that is not closed. */
export function lexQuery(query: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  let at = 0;
  const add = (kind: QueryToken['kind'], text: string, length: number) => {
    tokens.push({ kind, text, at, length });
    at += length;
  };
  while (at < query.length) {
    PIECE.lastIndex = at;
    const match = PIECE.exec(query);
    const { space, bracket, quote, sign, field } = match?.groups ?? {};
    if (space !== undefined) at += space.length;
    else if (bracket !== undefined) add(bracket === '(' ? 'open' : 'close', bracket, 1);
    else if (quote !== undefined) {
      const end = query.indexOf('"', at + 1);
      if (end < 0) throw queryError(query, at, 1, 'the quotes are not closed');
      add('phrase', query.slice(at + 1, end), end + 1 - at);
    } else if (sign !== undefined) add('sign', sign, 1);
    else if (field !== undefined && fieldOf(field)) add('field', fieldOf(field)!, field.length);
    else {
      REST_OF_WORD.lastIndex = at;
      const word = REST_OF_WORD.exec(query)![0] || query[at]!;
      add(Object.hasOwn(OPERATORS, word) ? OPERATORS[word]! : 'word', word, word.length);
    }
  }
  return tokens;
}

/** The field of "tag:"; "colour:" is another spelling. */
function fieldOf(piece: string): string | undefined {
  const name = piece.slice(0, -1).toLowerCase().replace('colour', 'color');
  return Object.hasOwn(FIELDS, name) ? name : undefined;
}

/** An error in a query, with its place in UTF-16 code units of the query. */
export function queryError(query: string, at: number, length: number, message: string): GlossError {
  const near = query.slice(at, at + 20);
  const where = `character ${at + 1}${near === '' ? '' : `, at "${near}"`}`;
  return new GlossError('invalid', 'query_syntax', `${message} (${where})`.toWellFormed(), {
    place: { field: 'q', at, length },
  });
}
