import type { Analyzer } from '../../text/analyzer.ts';
import { classTerm, compoundTerm, units } from '../../text/index-terms.ts';
import { normalize } from '../../text/normalize.ts';
import type { Leaf, ListNode } from '../syntax/syntax-tree.ts';

/** Weight of an expansion; a word as typed has weight 1. */
const EXPANSION_WEIGHT = 0.3;
const SHORTEST_PART = 2;

/** A term that stands for words of a query. */
export interface Expansion {
  readonly term: string;
  readonly weight: number;
  /** The words as typed that it stands for. */
  readonly via: string;
}

export interface ExpandOptions {
  /** Whether words are expanded by their classes; on if absent. */
  readonly lexicon?: boolean;
  /** Whether names of several words are also asked as compound terms; on if absent. */
  readonly compounds?: boolean;
}

/** Only the words that were typed. */
export const WORDS_ALONE: ExpandOptions = { lexicon: false, compounds: false };

/**
 * Expansions of the plain words of a list, of which any may match. Neighbours that form a compound get its
 * term. Each word or compound gets at most two terms: its class (its synonyms and kinds) and the word that the
 * class is named by. So a query reads at most three lists for one word.
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

/** The parts of a word that is written as one ("tvmonitor"), for looking it up as two. */
function wordsOf({ text, terms }: Leaf, analyzer: Analyzer): readonly string[] {
  const word = normalize(text);
  if (terms.length !== 1 || analyzer.lexicon.isEntry(terms[0]!) || !/^\p{L}+$/u.test(word)) return terms;
  for (let cut = SHORTEST_PART; cut <= word.length - SHORTEST_PART; cut += 1) {
    const parts = [...analyzer.terms(word.slice(0, cut)), ...analyzer.terms(word.slice(cut))];
    if (analyzer.lexicon.isCompound(parts.join(' '))) return parts;
  }
  return terms;
}
