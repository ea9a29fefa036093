import type { Analyzer, TermAt } from '../../text/analyzer.ts';
import { classTerm, compoundTerm, units } from '../../text/index-terms.ts';
import { joinedTerms } from '../../text/joined-words.ts';
import type { Leaf, ListNode } from '../syntax/syntax-tree.ts';

/** Weight of an expansion; a word as typed has weight 1. */
const EXPANSION_WEIGHT = 0.3;

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
    const words = run.flatMap((leaf) => leaf.terms.map((term) => ({ term, leaf })));
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
      const leaf = leaves[0]!;
      expansions.set(leaf, [...(expansions.get(leaf) ?? []), ...own]);
    }
    for (const { term, start } of joinedInQuery(run, analyzer)) {
      const leaf = run.find(({ at, text }) => start < at + text.length)!;
      expansions.set(leaf, [...(expansions.get(leaf) ?? []), { term, weight: 1, via: leaf.text }]);
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

/** What words would be if they were written together: "icecream" for "ice-cream". Those with digits are asked for anyway. */
function joinedInQuery(run: readonly Leaf[], analyzer: Analyzer): TermAt[] {
  // Spaces as in the query, so that words that stand apart there are no neighbours.
  const text = run.reduce((line, leaf) => line.padEnd(leaf.at) + leaf.text, '');
  return Array.from(joinedTerms(analyzer.termsWithPlaces(text), text, analyzer)).filter(
    ({ term }) => !/\p{Nd}/u.test(term),
  );
}
