import type { VocabularyTerm } from '../../index/segment/directory-entry.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import type { Query } from '../syntax/parse-query.ts';
import { isLeaf, leavesOf, type Leaf, type Node } from '../syntax/syntax-tree.ts';
import { wildcardOf } from '../syntax/wildcard.ts';

/** Terms that a prefix stands for at most, the most frequent ones: nearly always all. Each is a list to read; where there are more, the answer says so. */
const MAX_PREFIX_TERMS = 256;

/** Ends of words, by which words that begin as typed are told from their stems: "runn" and "ing" make "run". */
const ENDINGS: Readonly<Record<string, string>> = {
  en: 's es ed ing er ers est ly y ies ied ness en ion ions ation ment e ren',
  de: 'e en er es em n s st te ten ung ungen chen lein in innen ig lich isch',
  fr: 'e s es x aux er ez ée és ées ent ant eur euse ment ion ions',
  es: 's es o a os as ar er ir ando iendo ado ada ados adas ces ción ciones mente ito ita',
  it: 'i e o a are ere ire ando endo ato ata ati ate zione zioni mente ino ina',
  pt: 's es o a os as ar er ir ando endo ado ada ão ões mente inho inha',
  nl: 'e en s er je jes ing ingen lijk heid t te ten de den',
  sv: 'a ar er or en et n na arna erna orna s t ade at ing ningar',
};

/** A word with `*` or `?` of a query, and where its words are looked up. */
interface Wanted {
  /** Every term that begins so is looked at. */
  readonly prefix: string;
  /** Stems of words that begin so and are shorter than that. */
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
  const stems = ['', ...endings].flatMap((ending) => analyzer.termsOfWord(prefix + ending));
  return { prefix, stems: [...new Set(stems)].filter((stem) => !stem.startsWith(prefix)) };
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
    const { prefix, isPrefix } = wildcardOf(leaf.text, query.analyzer);
    const terms = (found.get(leaf.text) ?? []).slice(0, MAX_PREFIX_TERMS).map(({ term }) => term);
    const isLoose = !isPrefix || terms.some((term) => !term.startsWith(prefix));
    return { ...leaf, terms, ...(isLoose && { isLoose }) };
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
