import type { Analyzer } from '../../text/analyzer.ts';
import { classTerm, compoundTerm, units } from '../../text/index-terms.ts';
import { normalize } from '../../text/normalize.ts';
import type { Leaf, ListNode } from '../syntax/syntax-tree.ts';

/** Terms that stand for a word weigh less than the word itself. */
export const EXPANSION_WEIGHT = 0.3;
const SHORTEST_PART = 2;

/** What stands for words of a query besides the words. */
export interface Expansion {
  readonly term: string;
  readonly weight: number;
  /** The words as typed that it stands for. */
  readonly via: string;
}

export interface ExpandOptions {
  /** Synonyms and kinds; on when left out. */
  readonly lexicon?: boolean;
  /** Names of several words as one term; on when left out. */
  readonly compounds?: boolean;
}

/** Nothing but the words that were typed. */
export const WORDS_ALONE: ExpandOptions = { lexicon: false, compounds: false };

/**
 * Expansions of the plain words of a list, where any will do: compounds among neighbours, and for each word or
 * compound at most two terms: its class (other words for it, and its kinds) and the word that the class is named by.
 * So a query reads at most three lists for one.
 */
export function expandList(
  { should }: ListNode,
  analyzer: Analyzer,
  { lexicon: useLexicon = true, compounds: useCompounds = true }: ExpandOptions,
): ReadonlyMap<Leaf, readonly Expansion[]> {
  const { lexicon } = analyzer;
  const expansions = new Map<Leaf, readonly Expansion[]>();
  for (const run of runsOfWords(should)) {
    const words = run.flatMap((leaf) => wordsOf(leaf, analyzer).map((term) => ({ term, leaf })));
    for (const { key, first, last } of units(words, lexicon)) {
      const leaves = [...new Set(words.slice(first, last + 1).map(({ leaf }) => leaf))];
      const via = leaves.map(({ text }) => text).join(' ');
      const own: Expansion[] = [];
      if (first < last && !useCompounds) continue;
      if (first < last) own.push({ term: compoundTerm(key), weight: 1, via });
      const meant = useLexicon ? lexicon.classFor(key) : undefined;
      if (meant) {
        own.push({ term: classTerm(meant.name), weight: EXPANSION_WEIGHT, via });
        if (meant.name !== key) own.push({ term: meant.name, weight: EXPANSION_WEIGHT, via });
      }
      const parts = words.slice(first, last + 1).filter(({ term, leaf }) => !leaf.terms.includes(term));
      for (const { term } of parts) own.push({ term, weight: EXPANSION_WEIGHT, via });
      const leaf = leaves[0]!;
      expansions.set(leaf, [...(expansions.get(leaf) ?? []), ...own]);
    }
  }
  return expansions;
}

/** Plain words side by side. */
function runsOfWords(nodes: ListNode['should']): Leaf[][] {
  const runs: Leaf[][] = [[]];
  for (const node of nodes) {
    if (node.kind === 'word') runs.at(-1)!.push(node);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

/** A word that is written together from two ("tvmonitor") is looked up as these. */
function wordsOf({ text, terms }: Leaf, analyzer: Analyzer): readonly string[] {
  const word = normalize(text);
  if (terms.length !== 1 || analyzer.lexicon.isEntry(terms[0]!) || !/^\p{L}+$/u.test(word)) return terms;
  for (let cut = SHORTEST_PART; cut <= word.length - SHORTEST_PART; cut += 1) {
    const parts = [...analyzer.terms(word.slice(0, cut)), ...analyzer.terms(word.slice(cut))];
    if (analyzer.lexicon.isCompound(parts.join(' '))) return parts;
  }
  return terms;
}
