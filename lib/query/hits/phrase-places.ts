import type { Query } from '../syntax/parse-query.ts';
import { isLeaf, type Leaf, type Node } from '../syntax/syntax-tree.ts';

/** Where a term stands in a document: at these numbers, ascending, or nobody knows where. */
export type TermPlaces = 'absent' | 'anywhere' | ArrayLike<number>;

/** What the places of words can tell of a query with phrases. */
export interface PhraseFilter {
  /** Terms whose places are asked for. */
  readonly terms: readonly string[];
  /** False only for documents whose gloss cannot match. */
  mayMatch(placesOf: (term: string) => TermPlaces): boolean;
}

/** The filter of a query; undefined where documents without its phrases may match, too. */
export function phraseFilter({ tree }: Pick<Query, 'tree'>): PhraseFilter | undefined {
  const phrases: Leaf[] = [];
  const canMatchWithout = mayHold(tree, (phrase) => {
    phrases.push(phrase);
    return false;
  });
  if (canMatchWithout) return undefined;
  return {
    terms: [
      ...new Set(
        phrases.flatMap(({ terms, spellings = [], fileNames = [] }) => [
          ...terms,
          ...spellings.map(({ term }) => term),
          ...fileNames,
        ]),
      ),
    ],
    mayMatch: (placesOf) => mayHold(tree, (phrase) => mayHavePhrase(phrase, placesOf)),
  };
}

/** Whether a node may hold for a document. What is no phrase may, and what is excluded may be missing. */
function mayHold(node: Node, phrase: (leaf: Leaf) => boolean): boolean {
  if (isLeaf(node)) return node.kind !== 'phrase' || node.terms.length < 2 || phrase(node);
  if (node.kind === 'all') return node.nodes.every((child) => mayHold(child, phrase));
  const { should, must } = node;
  return (
    must.every((child) => mayHold(child, phrase)) &&
    (must.length > 0 || should.length === 0 || should.some((child) => mayHold(child, phrase)))
  );
}

/** Whether the words of a phrase may stand side by side. Where one of its other spellings is there, that may stand for them. */
function mayHavePhrase(
  { terms, spellings = [], fileNames = [] }: Leaf,
  placesOf: (term: string) => TermPlaces,
): boolean {
  const others = [...spellings.map(({ term }) => term), ...fileNames];
  if (others.some((term) => placesOf(term) !== 'absent')) return true;
  let ends: ArrayLike<number> | undefined;
  for (const term of terms) {
    const places = placesOf(term);
    if (places === 'absent') return false;
    if (places === 'anywhere') ends = ends && Array.from(ends, (end) => end + 1);
    else ends = ends ? behind(ends, places) : places;
    if (ends?.length === 0) return false;
  }
  return true;
}

/** Those of the places that stand right behind one of the ends; both ascend. */
function behind(ends: ArrayLike<number>, places: ArrayLike<number>): number[] {
  const found: number[] = [];
  for (let i = 0, j = 0; i < ends.length && j < places.length;) {
    const gap = places[j]! - ends[i]!;
    if (gap === 1) found.push(places[j]!);
    if (gap <= 1) j += 1;
    if (gap >= 1) i += 1;
  }
  return found;
}
