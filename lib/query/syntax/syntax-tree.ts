import { FACT_FIELDS } from './fields.ts';

/** A word or phrase of a query. `at` counts UTF-16 code units of the query. */
export interface Leaf {
  /**
   * `word`: expanded by the lexicon. `exact`: this word only. `phrase`: words side by side in one view. `prefix`: every word that begins
   * so, or has other letters where `*` and `?` stand. `dates`: one of its terms, which stand for years, months and days.
   */
  readonly kind: 'word' | 'exact' | 'phrase' | 'prefix' | 'dates';
  /** As typed, without sign, field and quotes. */
  readonly text: string;
  readonly at: number;
  /** The terms, in order. Those of a prefix are looked up later. "t-shirt" has two. */
  readonly terms: readonly string[];
  /** Of a word that is asked for by the class of the thing that it names: the terms of the word itself, which names are made of. */
  readonly words?: readonly string[];
  readonly field?: string;
  /** Terms of names of files that it may be: one is enough in place of its own. */
  readonly fileNames?: readonly string[];
  /** Of a phrase, or of one word in quotes: what some of its words are written as elsewhere. */
  readonly spellings?: readonly Spelling[];
  /** Of a prefix: whether its terms have words besides those that it stands for, so that the words themselves are looked at. */
  readonly isLoose?: true;
}

/** One term for words of a phrase, from one of its terms to another, both included. */
export interface Spelling {
  readonly term: string;
  readonly first: number;
  readonly last: number;
}

/** Nodes side by side: required ones, excluded ones, and optional ones of which any may match. */
export interface ListNode {
  readonly kind: 'list';
  readonly should: readonly Node[];
  readonly must: readonly Node[];
  readonly not: readonly Node[];
}

/** Operands of AND. An operand of NOT is in the `not` of a list. */
interface AllNode {
  readonly kind: 'all';
  readonly nodes: readonly Node[];
}

export type Node = Leaf | ListNode | AllNode;

/**
 * Whether a leaf is optional among others or required. If it is required, it needs every term of its word, or an expansion that stands
 * for all of them.
 */
export type MatchRule = 'any' | 'all';

export const isLeaf = (node: Node): node is Leaf => node.kind !== 'list' && node.kind !== 'all';

/** Whether a leaf asks for a date or a camera, which have terms of their own. */
export const asksForFact = ({ field }: Leaf): boolean => field !== undefined && FACT_FIELDS.has(field);

/** Whether one of its terms is enough, however it is asked for. */
export const isChoice = ({ kind }: Leaf): boolean => kind === 'prefix' || kind === 'dates';

/** Whether only the gloss can decide: the index stores no fields of words, and places that leave documents out and let none in. */
export const needsGloss = (leaf: Leaf): boolean => {
  const { kind, terms, field, isLoose } = leaf;
  if (asksForFact(leaf)) return false;
  return field !== undefined || isLoose === true || (kind === 'phrase' && terms.length > 1);
};

/** Every leaf in the order of the query, and whether it is required, excluded or optional. */
export function* leavesOf(
  node: Node,
  occur: 'should' | 'must' | 'not' = 'should',
): Generator<{ leaf: Leaf; occur: 'should' | 'must' | 'not' }> {
  if (isLeaf(node)) {
    yield { leaf: node, occur };
    return;
  }
  const turned = occur === 'not' ? 'must' : 'not';
  const parts: [readonly Node[], 'should' | 'must' | 'not'][] =
    node.kind === 'all'
      ? [[node.nodes, occur === 'not' ? 'not' : 'must']]
      : [
          [node.must, occur === 'not' ? 'not' : 'must'],
          [node.should, occur],
          [node.not, turned],
        ];
  for (const [nodes, how] of parts) for (const child of nodes) yield* leavesOf(child, how);
}
