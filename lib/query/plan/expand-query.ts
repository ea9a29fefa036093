import type { Analyzer } from '../../text/analyzer.ts';
import { classTerm, compoundTerm, units } from '../../text/index-terms.ts';
import { normalize } from '../../text/normalize.ts';
import type { Leaf, ListNode, Node } from '../syntax/syntax-tree.ts';

/** Weight of an expansion; a word as typed has weight 1. */
const EXPANSION_WEIGHT = 0.3;
const SHORTEST_PART = 2;

/** A term that stands for words of a query. */
export interface Expansion {
  readonly term: string;
  readonly weight: number;
  /** The words as typed that it stands for. */
  readonly via: string;
  /** The same as leaves; empty where it is only a part of one. */
  readonly standsFor: readonly Leaf[];
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
 * Expansions of the plain words of a list. Neighbours among the optional ones that form a compound get its
 * term. Each word or compound gets at most two terms: its class (its synonyms and kinds) and the word that the
 * class is named by. So a query reads at most three lists for one word. Required and excluded words are taken one by one.
 */
export function expandList(
  { should, must, not }: ListNode,
  analyzer: Analyzer,
  options: ExpandOptions,
): ReadonlyMap<Leaf, readonly Expansion[]> {
  return new Map([
    ...runsOfWords(should).flatMap((run) => [...expandRun(run, analyzer, options)]),
    ...expandEach([...must, ...not], analyzer, options),
  ]);
}

/** Expansions of words that are required or excluded one by one: what stands for all of the word, and nothing that is a part of it. */
export function expandEach(
  nodes: readonly Node[],
  analyzer: Analyzer,
  options: ExpandOptions,
): ReadonlyMap<Leaf, readonly Expansion[]> {
  return new Map(
    runsOfWords(nodes).flatMap((run) =>
      run.flatMap((leaf) => [...expandRun([leaf], analyzer, options, { isWhole: true })]),
    ),
  );
}

/** @param isWhole whether an expansion has to stand for all of its word */
function expandRun(
  run: readonly Leaf[],
  analyzer: Analyzer,
  { lexicon: useLexicon = true, compounds: useCompounds = true }: ExpandOptions,
  { isWhole = false } = {},
): ReadonlyMap<Leaf, readonly Expansion[]> {
  const { lexicon } = analyzer;
  const expansions = new Map<Leaf, readonly Expansion[]>();
  const words = run.flatMap((leaf) => wordsOf(leaf, analyzer).map((term) => ({ term, leaf })));
  for (const { key, first, last } of units(words, lexicon)) {
    if (isWhole && (first > 0 || last < words.length - 1)) continue;
    const leaves = [...new Set(words.slice(first, last + 1).map(({ leaf }) => leaf))];
    const via = leaves.map(({ text }) => text).join(' ');
    const own: Expansion[] = [];
    if (first < last && !useCompounds) continue;
    if (first < last) own.push({ term: compoundTerm(key), weight: 1, via, standsFor: leaves });
    const meant = useLexicon ? lexicon.classFor(key) : undefined;
    if (meant) {
      own.push({ term: classTerm(meant.name), weight: EXPANSION_WEIGHT, via, standsFor: leaves });
      if (meant.name !== key)
        own.push({ term: meant.name, weight: EXPANSION_WEIGHT, via, standsFor: leaves });
    }
    const parts = words.slice(first, last + 1).filter(({ term, leaf }) => !leaf.terms.includes(term));
    if (!isWhole)
      for (const { term } of parts) own.push({ term, weight: EXPANSION_WEIGHT, via, standsFor: [] });
    const leaf = leaves[0]!;
    expansions.set(leaf, [...(expansions.get(leaf) ?? []), ...own]);
  }
  return expansions;
}

/** Plain words side by side. */
function runsOfWords(nodes: readonly Node[]): Leaf[][] {
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
