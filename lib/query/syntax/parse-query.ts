import { MAX_QUERY_CHARS } from './query-limits.ts';
import { ENGLISH, type Analyzer } from '../../text/analyzer.ts';
import { cameraTerms } from '../../text/fact-terms.ts';
import { copyOf, isPictureName } from '../../text/file-name.ts';
import { termsOfNamed, termsOfTypedName } from '../../text/name-terms.ts';
import { queryTerms } from '../../text/joined-words.ts';
import { functionWordsOf } from '../../text/function-words.ts';
import { spellingsOf } from './phrase-spellings.ts';
import { termsOfDates } from './dates.ts';
import { isDateField, type DateField } from './fields.ts';
import { queryError } from './lex-query.ts';
import type { QueryNote } from './query-note.ts';
import { withoutFunctionWords, type Absence, type Said } from './says-nothing.ts';
import { asksForFact, isLeaf, leavesOf, type Leaf, type ListNode, type Node } from './syntax-tree.ts';
import { tidied, withOperators } from './tidy-tokens.ts';
import { isWildcard, wildcardOf } from './wildcard.ts';
import { wordTokens, type ReadToken } from './word-tokens.ts';

/** One word or phrase as typed, and whether it is required, excluded or optional. */
export interface Clause extends Omit<Leaf, 'kind'> {
  readonly occur: 'should' | 'must' | 'not';
  /** Absent for a plain word. */
  readonly kind?: Leaf['kind'];
}

export interface Query {
  readonly text: string;
  readonly tree: ListNode;
  /** Dates and cameras that a picture has to have, whatever else is asked for. */
  readonly conditions: readonly Leaf[];
  readonly clauses: readonly Clause[];
  /** How pieces were read where that is not plain, in the order of the query. */
  readonly notes: readonly QueryNote[];
  /** Words that are asked not to be there; pictures that have them come last. */
  readonly absences: readonly AbsentWords[];
  /** Whether it is words and nothing else: BM25 as it is, without tiers. */
  readonly isPlain: boolean;
  /** Whether it has English function words that the tenant's language does not have: `inEnglishToo` leaves them out. */
  readonly mayBeEnglish: boolean;
  /** The analyzer of the glosses that the query is compared with. */
  readonly analyzer: Analyzer;
}

/** "without people": words of which a picture is asked to have none, or of several not all. */
export interface AbsentWords extends Omit<Absence, 'words'> {
  readonly leaves: readonly Leaf[];
}

/**
 * Words of a query at most, repeated ones included: every term is a list to read, and one token without spaces
 * may have hundreds.
 */
const MAX_TERMS = 64;
/** Words of a name that is typed with spaces: no signs of a query, and no fields. */
const WORDS_OF_NAME = /(?:(?<!\S)[^\s"+:-][^\s":]* ){0,6}$/u;
const MAX_DEPTH = 20;

/**
 * Parses a query. `red car` finds either word, and both is better; `+word` is required, `-word` excluded; `"a
 * phrase"`, `AND`, `OR`, `NOT` and brackets, `tag:word`, `sky*`. AND binds closer than juxtaposition. OR means
 * the same as juxtaposition. A sign counts only directly before a word. Syntax without sense is none: it is noted.
 * @throws GlossError `invalid` with the place of the error.
 */
export const queryParser =
  (analyzer: Analyzer) =>
  (text: string): Query => {
    checkLength(text);
    if (text.trim() === '') throw queryError(text, 0, text.length, 'type a word to search for');
    const query = readIn([analyzer.language], text, analyzer);
    checkTerms(query);
    if (query.clauses.length > 0 && !query.clauses.some(({ occur }) => occur !== 'not'))
      throw queryError(text, 0, text.length, 'add a word to search for: all words here are excluded');
    return query;
  };

/** The same query, read as if English were a language of the tenant too. */
export const inEnglishToo = ({ text, analyzer }: Query): Query => ({
  ...readIn([analyzer.language, 'en'], text, analyzer),
  mayBeEnglish: false,
});

function readIn(languages: readonly string[], text: string, analyzer: Analyzer): Query {
  const { tokens, notes } = wordTokens(text, analyzer, languages);
  const known = withOperators(text, tokens);
  const said = withoutFunctionWords(text, known, analyzer, languages);
  const told =
    (said && readTokens(text, said, notes, analyzer)) ?? readTokens(text, undefined, notes, analyzer, known);
  return {
    ...told!,
    isPlain: false,
    mayBeEnglish: !languages.includes('en') && tokens.some(isEnglish(analyzer.language)),
  };
}

/** The query that tokens make; undefined where leaving out what says nothing left nothing to search for. */
function readTokens(
  text: string,
  said: Said | undefined,
  lexed: readonly QueryNote[],
  analyzer: Analyzer,
  all: readonly ReadToken[] = [],
): Omit<Query, 'mayBeEnglish' | 'isPlain'> | undefined {
  // Beside words that say something AND, OR and NOT that join nothing are function words.
  const asWord = ({ at, length, kind }: ReadToken): ReadToken | undefined => {
    if (said && kind !== 'field') return undefined;
    const typed = text.slice(at, at + length).replace(/:$/u, '');
    return {
      kind: 'word',
      text: typed,
      at,
      length: typed.length,
      parts: [{ form: typed, terms: analyzer.terms(typed) }],
    };
  };
  const { tokens, notes } = tidied(said?.tokens ?? all, asWord);
  const { list, conditions } = new Parser(text, tokens, analyzer).parse();
  const tree = said ? list : allOf(list);
  const query = toQuery(text, { tree, conditions }, analyzer, {
    notes: [...lexed, ...(said?.notes ?? []), ...notes].sort((a, b) => a.at - b.at),
    absences: (said?.absences ?? []).map(({ words, ...absence }) => ({
      ...absence,
      leaves: words.map(wordLeaf),
    })),
  });
  return said && !query.clauses.some(({ occur }) => occur !== 'not') ? undefined : query;
}

/** Words that say nothing find nothing one by one: all of them are asked for. */
const allOf = (list: ListNode): ListNode =>
  list.should.length > 1 && list.should.every(({ kind }) => kind === 'word')
    ? { ...list, should: [{ kind: 'all', nodes: list.should }] }
    : list;

const isEnglish = (language: string) => {
  const [own, english] = [functionWordsOf(language).words, functionWordsOf('en').words];
  return ({ parts }: ReadToken): boolean => parts.some(({ form }) => english.has(form) && !own.has(form));
};

/** The query that excludes what is asked not to be there, and asks for the rest. */
export function excludingAbsent(query: string, absences: readonly AbsentWords[]): string {
  let rest = query;
  for (const { at, text } of absences.toReversed())
    rest = `${rest.slice(0, at)} ${rest.slice(at + text.length)}`;
  const excluded = absences.map(({ leaves }) =>
    leaves.length === 1 ? `-${leaves[0]!.text}` : `-(${leaves.map(({ text }) => `+${text}`).join(' ')})`,
  );
  return [rest.trim().replaceAll(/\s+/gu, ' '), ...excluded].join(' ');
}

function wordLeaf({ text, at, parts }: ReadToken): Leaf {
  const words = parts.flatMap((part) => part.terms);
  const terms = parts.flatMap((part) => part.things ?? part.terms);
  const isThing = parts.some(({ things }) => things !== undefined);
  return { kind: 'word', text, at, terms, ...(isThing && { words }) };
}

export const parseQuery = queryParser(ENGLISH);

/**
 * The words of a plain text, any of which may match: the query of the paper's experiments, without syntax or
 * lexicon.
 */
export function plainQuery(text: string, analyzer: Analyzer = ENGLISH): Query {
  checkLength(text);
  if (text === '') throw queryError(text, 0, 0, 'type a word to search for');
  const should = Array.from(text.matchAll(/\S+/g), ({ 0: word, index: at }) =>
    queryTerms(word, analyzer).map((term): Leaf => ({ kind: 'exact', text: term, at, terms: [term] })),
  ).flat();
  const tree: ListNode = { kind: 'list', should, must: [], not: [] };
  const query = {
    ...toQuery(text, { tree, conditions: [] }, analyzer, { notes: [], absences: [] }),
    isPlain: true,
    mayBeEnglish: false,
  };
  checkTerms(query);
  return query;
}

/** Dates are looked up together. @throws GlossError `invalid` that names the first word that is too many */
function checkTerms({ text, clauses }: Query): void {
  let count = 0;
  for (const { at, text: word, terms, kind } of clauses) {
    count += kind === 'dates' ? 1 : Math.max(1, terms.length);
    if (count > MAX_TERMS) throw queryError(text, at, word.length, `a query has at most ${MAX_TERMS} words`);
  }
}

/** @throws GlossError `invalid` for a text that is longer than a query may be */
function checkLength(text: string): void {
  const excess = text.length - MAX_QUERY_CHARS;
  if (excess > 0)
    throw queryError(text, MAX_QUERY_CHARS, excess, `a query has at most ${MAX_QUERY_CHARS} characters`);
}

function toQuery(
  text: string,
  { tree, conditions }: Pick<Query, 'tree' | 'conditions'>,
  analyzer: Analyzer,
  read: Pick<Query, 'notes' | 'absences'>,
): Omit<Query, 'mayBeEnglish' | 'isPlain'> {
  const required = conditions.map((leaf) => ({ leaf, occur: 'must' as const }));
  const clauses = [...leavesOf(tree), ...required]
    .map(({ leaf: { kind, ...leaf }, occur }): Clause => ({
      occur,
      ...leaf,
      ...(kind !== 'word' && { kind }),
    }))
    .sort((a, b) => a.at - b.at);
  return { text, tree, conditions, clauses, analyzer, ...read };
}

/**
 * Recursive descent over the grammar of queryParser. Its tokens are tidied: each sign, field and operator has what it needs, and
 * brackets are balanced. Each method leaves the position after what it has read.
 */
class Parser {
  readonly #query: string;
  readonly #tokens: readonly ReadToken[];
  readonly #analyzer: Analyzer;
  #next = 0;
  #depth = 0;

  constructor(query: string, tokens: readonly ReadToken[], analyzer: Analyzer) {
    this.#query = query;
    this.#tokens = tokens;
    this.#analyzer = analyzer;
  }

  /** Dates and cameras at the top are conditions, unless an OR stands beside them; alone they are what is asked for. */
  parse(): { list: ListNode; conditions: readonly Leaf[] } {
    const conditions: Leaf[] = [];
    const list = this.#list(conditions);
    return list.should.length + list.must.length > 0
      ? { list, conditions }
      : { list: { ...list, must: conditions }, conditions: [] };
  }

  /** Nodes side by side, up to the end or a closing bracket. */
  #list(conditions?: Leaf[]): ListNode {
    const should: Node[] = [];
    const must: Node[] = [];
    const not: Node[] = [];
    for (let token = this.#peek(); token && token.kind !== 'close'; token = this.#peek()) {
      if (token.kind === 'or') {
        this.#next += 1;
        continue;
      }
      const isAfterOr = this.#tokens[this.#next - 1]?.kind === 'or';
      const { node, occur } = this.#conjunction();
      const isFirst = should.length + must.length + not.length === 0;
      if (occur === 'not' && (isAfterOr || (isFirst && this.#peek()?.kind === 'or')))
        throw queryError(
          this.#query,
          token.at,
          token.length,
          'OR beside what is excluded would find nearly every picture: write it without OR',
        );
      const isChosen = isAfterOr || this.#peek()?.kind === 'or';
      const isCondition = isLeaf(node) && asksForFact(node) && occur !== 'not' && !isChosen;
      // "(-car) red": brackets around what is excluded change nothing.
      const isExcluding = node.kind === 'list' && node.should.length + node.must.length === 0;
      if (conditions && isCondition) conditions.push(node);
      else if (isExcluding && occur !== 'not' && !isChosen) not.push(...node.not);
      else ({ should, must, not })[occur].push(node);
    }
    return { kind: 'list', should, must, not };
  }

  /** One operand, or several joined by AND. */
  #conjunction(): { occur: 'should' | 'must' | 'not'; node: Node } {
    const first = this.#whole(this.#operand());
    if (this.#peek()?.kind !== 'and') return first;
    const nodes: Node[] = [];
    const not: Node[] = [];
    const put = ({ occur, node }: typeof first) => (occur === 'not' ? not : nodes).push(node);
    put(first);
    while (this.#peek()?.kind === 'and') {
      this.#next += 1;
      put(this.#operand());
    }
    if (not.length > 0) nodes.push({ kind: 'list', should: [], must: [], not });
    return { occur: 'should', node: { kind: 'all', nodes } };
  }

  /** A word with what the dictionary cut off its end: both have to be there. */
  #whole(first: { occur: 'should' | 'must' | 'not'; node: Node }): typeof first {
    const nodes = [first.node];
    for (let token = this.#peek(); token?.isBound && this.#isBehindLast(token); token = this.#peek())
      nodes.push(this.#primary());
    return nodes.length === 1 ? first : { ...first, node: { kind: 'all', nodes } };
  }

  #isBehindLast({ at }: ReadToken): boolean {
    const last = this.#tokens[this.#next - 1];
    return last?.kind === 'word' && last.at + last.length === at;
  }

  /** A word, phrase or bracket with the sign or NOT before it. */
  #operand(): { occur: 'should' | 'must' | 'not'; node: Node } {
    const sign = this.#peek()!;
    if (sign.kind !== 'sign' && sign.kind !== 'not') return { occur: 'should', node: this.#primary() };
    this.#next += 1;
    return { occur: sign.text === '+' ? 'must' : 'not', node: this.#primary() };
  }

  #primary(): Node {
    const token = this.#peek()!;
    this.#next += 1;
    if (token.kind === 'open') return this.#bracket(token);
    if (token.kind !== 'field') return this.#leaf(token);
    const value = this.#peek()!;
    this.#next += 1;
    if (isDateField(token.text)) return this.#dates(token.text, value);
    if (token.text === 'camera') return this.#camera(value);
    const { fileNames: _, ...leaf } = this.#leaf(value);
    const fileNames =
      token.text === 'name' && leaf.kind !== 'prefix' ? termsOfNamed(value.text, this.#analyzer) : [];
    return {
      ...leaf,
      kind: leaf.kind === 'word' ? 'exact' : leaf.kind,
      field: token.text,
      ...(fileNames.length > 0 && { fileNames }),
    };
  }

  #dates(field: DateField, { text, at, length }: ReadToken): Leaf {
    const date = text.replace(/[.,;:!?]+$/u, '');
    const terms = termsOfDates(field, date);
    if (terms) return { kind: 'dates', text: date, at, terms, field };
    const problem = `"${text}" is no date: write ${field}:2024, ${field}:2024-05 or ${field}:2024-05-17`;
    throw queryError(this.#query, at, length, problem);
  }

  #camera({ kind, text, at, length }: ReadToken): Leaf {
    if (kind === 'word' && isWildcard(text))
      throw queryError(this.#query, at, length, 'camera: takes whole words');
    return { kind: 'exact', text, at, terms: cameraTerms(text, this.#analyzer), field: 'camera' };
  }

  #bracket(open: ReadToken): ListNode {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH)
      throw queryError(this.#query, open.at, open.length, `brackets go at most ${MAX_DEPTH} deep`);
    const list = this.#list();
    this.#next += 1;
    this.#depth -= 1;
    return list;
  }

  #leaf(token: ReadToken): Leaf {
    const { kind, text, at } = token;
    if (kind === 'phrase') {
      const terms = this.#analyzer.terms(text);
      const fileNames = isPictureName(text) ? termsOfTypedName(text, this.#analyzer) : [];
      const leaf = { text, at: at + 1, terms, ...(fileNames.length > 0 && { fileNames }) };
      const spellings = spellingsOf(text, this.#analyzer);
      const kind = terms.length < 2 ? 'exact' : 'phrase';
      return { kind, ...leaf, ...(spellings.length > 0 && { spellings }) };
    }
    if (!isWildcard(text)) {
      const spaced = this.#wordsBefore(token) + text;
      const names = [...new Set([text, spaced])].flatMap((typed) => termsOfTypedName(typed, this.#analyzer));
      return { ...wordLeaf(token), ...(names.length > 0 && { fileNames: names }) };
    }
    const problem = wildcardOf(text, this.#analyzer).problem;
    if (problem !== undefined) throw queryError(this.#query, at, text.length, problem);
    return { kind: 'prefix', text, at, terms: [] };
  }

  /** What stands before the number of "IMG 4711", and before the end of a name ("my holiday 12.jpg", "tower (12)"), with one space between each. */
  #wordsBefore({ text, at }: ReadToken): string {
    const before = this.#query.slice(0, at);
    if (isPictureName(text) || copyOf(`x${text}`)) return WORDS_OF_NAME.exec(before)![0].replaceAll(' ', '_');
    return /^\p{Nd}{3,}$/u.test(text) ? (/(?<!\S)\p{L}+ $/u.exec(before)?.[0].replace(' ', '_') ?? '') : '';
  }

  #peek(): ReadToken | undefined {
    return this.#tokens[this.#next];
  }
}
