import type { ViewWords } from '../../domain/gloss.ts';

/** Where in a view a word has to stand. A colour is one that the picture has, not one that is written in it. */
export const FIELDS: Readonly<Record<string, (words: ViewWords) => readonly string[]>> = {
  tag: ({ tags }) => tags,
  caption: ({ caption }) => [caption],
  text: ({ visibleText }) => [visibleText],
  color: ({ tags, caption }) => [...tags, caption],
};

/** What a query asks for in one place; `at` counts UTF-16 code units of the query. */
export interface Leaf {
  /**
   * `word`: widened by the lexicon where any of a list will do; `exact`: the word and nothing for it; `phrase`: side
   * by side in one view; `prefix`: every word that begins so.
   */
  readonly kind: 'word' | 'exact' | 'phrase' | 'prefix';
  /** As typed, without sign, field and quotes. */
  readonly text: string;
  readonly at: number;
  /** Analysed, in order; those of a prefix are looked up later. "t-shirt" has two. */
  readonly terms: readonly string[];
  readonly field?: keyof typeof FIELDS;
}

/** Pieces side by side: what must be there, what must not, and of the rest any. */
export interface ListNode {
  readonly kind: 'list';
  readonly should: readonly Node[];
  readonly must: readonly Node[];
  readonly not: readonly Node[];
}

/** Operands of AND; an operand of NOT stands in a list's `not`. */
export interface AllNode {
  readonly kind: 'all';
  readonly nodes: readonly Node[];
}

export type Node = Leaf | ListNode | AllNode;

/** Whether one of several will do, or it has to be this: then every term of a word counts, and none that stands for it. */
export type MatchRule = 'any' | 'all';

export const isLeaf = (node: Node): node is Leaf => node.kind !== 'list' && node.kind !== 'all';

/** Whether only the gloss can tell: an index knows neither places nor fields. */
export const needsGloss = ({ kind, terms, field }: Leaf): boolean =>
  field !== undefined || (kind === 'phrase' && terms.length > 1);

/** Every leaf in the order of the query, with how it occurs. */
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
