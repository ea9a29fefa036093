import type { VocabularyTerm } from '../../index/segment/directory-entry.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import { normalize } from '../../text/normalize.ts';
import { isNameTerm, keyOfNameTerm, nameTermsFrom } from '../../text/name-terms.ts';
import type { Query } from '../syntax/parse-query.ts';
import { isLeaf, leavesOf, type Leaf, type Node } from '../syntax/syntax-tree.ts';
import { wildcardOf } from '../syntax/wildcard.ts';

/** Terms that a prefix stands for at most, the most frequent ones: nearly always all. Each is a list to read; where there are more, the answer says so. */
const MAX_PREFIX_TERMS = 256;

/** Ends of words, by which words that begin as typed are told from their stems: "runn" and "ing" make "run". */
const ENDINGS: Readonly<Record<string, string>> = {
  en: 's es ed ing er ers est ly y ies ied ness en ion ions ation ment e ren',
  de: 'e en er es em n s st te ten ung ungen chen lein in innen ig lich isch',
  fr: 'e s es x aux lle er ez ée és ées ent ant eur euse ment ion ions',
  es: 's es o a os as ar er ir ando iendo ado ada ados adas ces ción ciones mente ito ita',
  it: 'i e o a are ere ire ando endo ato ata ati ate zione zioni mente ino ina',
  pt: 's es o a os as ar er ir ando endo ado ada ão ões mente inho inha',
  nl: 'e en s er je jes ing ingen lijk heid t te ten de den',
  sv: 'a ar er or en et n na arna erna orna s t ade at ing ningar',
};

/** A word with `*` or `?` of a query, and where its words are looked up. */
interface Wanted {
  /** Every term that begins in one of these ways is looked at: words that begin with an umlaut are of terms without it. */
  readonly begins: readonly string[];
  /** Stems of words that begin so and are shorter than that, or begin otherwise: "goose" for `gee*`. */
  readonly stems: readonly string[];
}

/** What to look up for the words of a query that stand for several. */
export function wildcardsOf({ tree, analyzer }: Query): ReadonlyMap<string, Wanted> {
  const texts = Array.from(leavesOf(tree)).flatMap(({ leaf }) => (leaf.kind === 'prefix' ? [leaf.text] : []));
  return new Map(texts.map((text) => [text, wantedFor(text, analyzer)]));
}

function wantedFor(text: string, analyzer: Analyzer): Wanted {
  const { prefix } = wildcardOf(text, analyzer);
  const whole = (ENDINGS[analyzer.language] ?? '').split(' ');
  const endings = new Set(whole.flatMap((ending) => Array.from(ending, (_, i) => ending.slice(i))));
  // Digits hold a word together: "iphone1" is one.
  const termsOf = (word: string) =>
    /\p{Nd}/u.test(word) ? [analyzer.joinedTerm(word)] : analyzer.termsOfWord(word);
  const stems = ['', ...endings].flatMap((ending) => termsOf(prefix + ending));
  const others = ENDINGS[analyzer.language] === undefined ? [] : ledFrom(prefix, endings, analyzer);
  return {
    begins: [...new Set([prefix, normalize(prefix), ...(isOfName(text) ? nameTermsFrom(prefix) : [])])],
    stems: [...new Set([...stems, ...others])].filter((stem) => !stem.startsWith(prefix)),
  };
}

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz');
const isOfName = (text: string): boolean => /[\p{Nd}_]/u.test(text);

/**
 * Terms of words that begin so and whose base form begins otherwise: hardly any. Tables of forms go by the ends of words, so words are tried that
 * go on with a letter and another one or an ending.
 */
function ledFrom(prefix: string, endings: ReadonlySet<string>, analyzer: Analyzer): string[] {
  if (!/^\p{Script=Latin}+$/u.test(prefix)) return [];
  const ends = ['', ...LETTERS, ...endings];
  return ['', ...LETTERS].flatMap((letter) =>
    ends.map((end) => analyzer.joinedTerm(prefix + letter + end)).filter((term) => !term.startsWith(prefix)),
  );
}

/**
 * Replaces words with `*` and `?` by their terms, the most frequent ones. Terms that begin as typed have no other words; all others
 * may have, and the words themselves are looked at.
 * @param found terms by text, the most frequent first
 */
export function withWildcards(query: Query, found: ReadonlyMap<string, readonly VocabularyTerm[]>): Query {
  const cut = [...found].filter(([, terms]) => terms.length > MAX_PREFIX_TERMS).map(([text]) => text);
  const notes = cut.map((text) => ({ as: 'frequent words', text, at: query.text.indexOf(text) }) as const);
  return withLeaves({ ...query, notes: [...query.notes, ...notes].sort((a, b) => a.at - b.at) }, (leaf) => {
    if (leaf.kind !== 'prefix') return leaf;
    const { prefix, isPrefix, matches } = wildcardOf(leaf.text, query.analyzer);
    const all = (found.get(leaf.text) ?? []).slice(0, MAX_PREFIX_TERMS).map(({ term }) => term);
    const terms = all.filter((term) => !isNameTerm(term));
    const mayBeName = leaf.field === undefined || leaf.field === 'name';
    const fileNames = all.filter((term) => isNameTerm(term) && mayBeName && matches(keyOfNameTerm(term)));
    const isLoose = !isPrefix || terms.some((term) => !term.startsWith(prefix));
    return { ...leaf, terms, ...(isLoose && { isLoose }), ...(fileNames.length > 0 && { fileNames }) };
  });
}

/** The terms of the dates of a query that have many, over hundreds of years. */
export const dateTermsOf = ({ tree, conditions }: Query): string[] => [
  ...new Set(
    [...Array.from(leavesOf(tree), ({ leaf }) => leaf), ...conditions].flatMap(({ kind, terms }) =>
      kind === 'dates' && terms.length > 1 ? terms : [],
    ),
  ),
];

/** Leaves dates of many terms those that the index has. */
export const withDates = (query: Query, docFreqs: ReadonlyMap<string, number>): Query =>
  withLeaves(query, (leaf) =>
    leaf.kind === 'dates' && leaf.terms.length > 1
      ? { ...leaf, terms: leaf.terms.filter((term) => (docFreqs.get(term) ?? 0) > 0) }
      : leaf,
  );

function withLeaves(query: Query, change: (leaf: Leaf) => Leaf): Query {
  const changed = (node: Node): Node => {
    if (isLeaf(node)) return change(node);
    if (node.kind === 'all') return { ...node, nodes: node.nodes.map(changed) };
    return {
      ...node,
      should: node.should.map(changed),
      must: node.must.map(changed),
      not: node.not.map(changed),
    };
  };
  return { ...query, tree: changed(query.tree) as Query['tree'], conditions: query.conditions.map(change) };
}
