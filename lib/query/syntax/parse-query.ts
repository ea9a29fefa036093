import { MAX_QUERY_CHARS } from './query-limits.ts';
import { ENGLISH, type Analyzer } from '../../text/analyzer.ts';
import { queryTerms } from '../../text/joined-words.ts';
import { lexQuery, type QueryToken, queryError } from './lex-query.ts';
import { leavesOf, type Leaf, type ListNode, type Node } from './syntax-tree.ts';

/** One word or phrase as typed, and whether it is required, excluded or optional. */
export interface Clause extends Omit<Leaf, 'kind'> {
  readonly occur: 'should' | 'must' | 'not';
  /** Absent for a plain word. */
  readonly kind?: Leaf['kind'];
}

export interface Query {
  readonly text: string;
  readonly tree: ListNode;
  readonly clauses: readonly Clause[];
  /** The analyzer of the glosses that the query is compared with. */
  readonly analyzer: Analyzer;
}

/**
 * Words of a query at most, repeated ones included: every term is a list to read, and one token without spaces
 * may have hundreds.
 */
const MAX_TERMS = 64;
const MAX_DEPTH = 20;
const SHORTEST_PREFIX = 2;

/**
 * Parses a query. `red car` finds either word, and both is better; `+word` is required, `-word` excluded; `"a
 * phrase"`, `AND`, `OR`, `NOT` and brackets, `tag:word`, `sky*`. AND binds closer than juxtaposition. OR means
 * the same as juxtaposition. A sign counts only directly before a word.
 * @throws GlossError `invalid` with the place of the error.
 */
export const queryParser =
  (analyzer: Analyzer) =>
  (text: string): Query => {
    checkLength(text);
    const query = toQuery(text, new Parser(text, lexQuery(text), analyzer).parse(), analyzer);
    checkTerms(query);
    if (!query.clauses.some(({ occur }) => occur !== 'not')) {
      const excluded = query.clauses.length > 0;
      const message = excluded
        ? 'add a word to search for: all words here are excluded'
        : 'type a word to search for';
      throw queryError(text, 0, text.length, message);
    }
    return query;
  };

export const parseQuery = queryParser(ENGLISH);

/**
 * The words of a plain text, any of which may match: the query of the paper's experiments, without syntax or
 * lexicon.
 */
export function plainQuery(text: string, analyzer: Analyzer = ENGLISH): Query {
  checkLength(text);
  if (text === '') throw queryError(text, 0, 0, 'type a word to search for');
  const should = Array.from(text.matchAll(/\S+/g), ({ 0: word, index: at }) =>
    analyzer.terms(word).map((term): Leaf => ({ kind: 'exact', text: term, at, terms: [term] })),
  ).flat();
  const query = toQuery(text, { kind: 'list', should, must: [], not: [] }, analyzer);
  checkTerms(query);
  return query;
}

/** @throws GlossError `invalid` that names the first word that is too many */
function checkTerms({ text, clauses }: Query): void {
  let count = 0;
  for (const { at, text: word, terms } of clauses) {
    count += Math.max(1, terms.length);
    if (count > MAX_TERMS) throw queryError(text, at, word.length, `a query has at most ${MAX_TERMS} words`);
  }
}

/** @throws GlossError `invalid` for a text that is longer than a query may be */
function checkLength(text: string): void {
  const excess = text.length - MAX_QUERY_CHARS;
  if (excess > 0)
    throw queryError(text, MAX_QUERY_CHARS, excess, `a query has at most ${MAX_QUERY_CHARS} characters`);
}

function toQuery(text: string, tree: ListNode, analyzer: Analyzer): Query {
  const clauses = Array.from(leavesOf(tree), ({ leaf: { kind, ...leaf }, occur }): Clause => ({
    occur,
    ...leaf,
    ...(kind !== 'word' && { kind }),
  })).sort((a, b) => a.at - b.at);
  return { text, tree, clauses, analyzer };
}

/** Recursive descent over the grammar of parseQuery. Each method leaves the position after what it has read. */
class Parser {
  readonly #query: string;
  readonly #tokens: readonly QueryToken[];
  readonly #analyzer: Analyzer;
  #next = 0;
  #depth = 0;

  constructor(query: string, tokens: readonly QueryToken[], analyzer: Analyzer) {
    this.#query = query;
    this.#tokens = tokens;
    this.#analyzer = analyzer;
  }

  parse(): ListNode {
    const list = this.#list();
    const rest = this.#peek();
    if (rest) throw this.#problem(rest, 'there is no bracket that this one closes');
    return list;
  }

  /** Nodes side by side, up to the end or a closing bracket. */
  #list(): ListNode {
    const should: Node[] = [];
    const must: Node[] = [];
    const not: Node[] = [];
    let afterOr: QueryToken | undefined;
    let count = 0;
    for (let token = this.#peek(); token && token.kind !== 'close'; token = this.#peek()) {
      if (token.kind === 'or') {
        if (count === 0 || afterOr) throw this.#problem(token, 'OR needs something before it');
        afterOr = token;
        this.#next += 1;
        continue;
      }
      if (token.kind === 'and') throw this.#problem(token, 'AND needs something before it');
      const part = this.#conjunction();
      if (!part) continue;
      afterOr = undefined;
      count += 1;
      ({ should, must, not })[part.occur].push(part.node);
    }
    if (afterOr) throw this.#problem(afterOr, 'OR needs something after it');
    return { kind: 'list', should, must, not };
  }

  /** One operand, or several joined by AND. */
  #conjunction(): { occur: 'should' | 'must' | 'not'; node: Node } | undefined {
    const first = this.#operand();
    if (this.#peek()?.kind !== 'and') return first;
    const nodes: Node[] = [];
    const not: Node[] = [];
    const put = (part: typeof first, and: QueryToken, side: string) => {
      if (!part) throw this.#problem(and, `AND needs something ${side} it`);
      (part.occur === 'not' ? not : nodes).push(part.node);
    };
    put(first, this.#peek()!, 'before');
    for (let and = this.#peek(); and?.kind === 'and'; and = this.#peek()) {
      this.#next += 1;
      put(this.#operand(), and, 'after');
    }
    if (not.length > 0) nodes.push({ kind: 'list', should: [], must: [], not });
    return { occur: 'should', node: { kind: 'all', nodes } };
  }

  /** A word, phrase or bracket with the signs before it; undefined for a token without a word, such as "&". */
  #operand(): { occur: 'should' | 'must' | 'not'; node: Node } | undefined {
    const sign = this.#peek();
    if (sign?.kind !== 'sign' && sign?.kind !== 'not') {
      const node = this.#primary();
      return node && { occur: 'should', node };
    }
    this.#next += 1;
    const follows = this.#peek();
    const isAttached = sign.kind === 'not' || follows?.at === sign.at + 1;
    const isOperand = follows && ['word', 'phrase', 'field', 'open'].includes(follows.kind);
    const node = isAttached && isOperand ? this.#primary() : undefined;
    if (!node) {
      const end = isAttached && follows ? follows.at + follows.length : sign.at + sign.length;
      const piece = this.#query.slice(sign.at, end);
      const message =
        sign.kind === 'not'
          ? 'NOT needs something after it'
          : `"${piece}" needs a word right after "${sign.text}"`;
      throw queryError(this.#query, sign.at, end - sign.at, message);
    }
    return { occur: sign.text === '+' ? 'must' : 'not', node };
  }

  #primary(): Node | undefined {
    const token = this.#peek();
    if (!token) return undefined;
    if (token.kind === 'open') return this.#bracket(token);
    if (token.kind === 'field') return this.#fieldOperand(token);
    if (token.kind !== 'word' && token.kind !== 'phrase') return undefined;
    this.#next += 1;
    return this.#leaf(token);
  }

  #bracket(open: QueryToken): ListNode {
    this.#next += 1;
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw this.#problem(open, `brackets go at most ${MAX_DEPTH} deep`);
    const list = this.#list();
    const close = this.#peek();
    if (close?.kind !== 'close') throw this.#problem(open, 'the bracket is not closed');
    if (list.should.length + list.must.length + list.not.length === 0) {
      throw queryError(this.#query, open.at, close.at + 1 - open.at, 'there is nothing in these brackets');
    }
    this.#next += 1;
    this.#depth -= 1;
    return list;
  }

  #fieldOperand(field: QueryToken): Leaf {
    this.#next += 1;
    const token = this.#peek();
    const leaf =
      token?.at === field.at + field.length && (token.kind === 'word' || token.kind === 'phrase')
        ? this.#leaf(token)
        : undefined;
    if (!leaf) throw this.#problem(field, `"${field.text}:" needs a word or a phrase right after it`);
    this.#next += 1;
    return { ...leaf, kind: leaf.kind === 'word' ? 'exact' : leaf.kind, field: field.text };
  }

  #leaf({ kind, text, at }: QueryToken): Leaf | undefined {
    if (kind === 'phrase') {
      const terms = this.#analyzer.terms(text);
      if (terms.length === 0)
        throw queryError(this.#query, at, text.length + 2, 'there is no word in these quotes');
      return { kind: terms.length > 1 ? 'phrase' : 'exact', text, at: at + 1, terms };
    }
    const stem = this.#analyzer.normalize(text.slice(0, -1));
    if (text.endsWith('*') && /^[\p{L}\p{N}]+$/u.test(stem)) {
      if (Array.from(stem).length < SHORTEST_PREFIX) {
        throw queryError(this.#query, at, text.length, `"*" needs ${SHORTEST_PREFIX} letters before it`);
      }
      return { kind: 'prefix', text, at, terms: [] };
    }
    const terms = queryTerms(text, this.#analyzer);
    return terms.length === 0 ? undefined : { kind: 'word', text, at, terms };
  }

  #peek(): QueryToken | undefined {
    return this.#tokens[this.#next];
  }

  #problem({ at, length }: QueryToken, message: string): Error {
    return queryError(this.#query, at, length, message);
  }
}
