import type { VocabularyTerm } from '../../index/segment/directory-entry.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import type { Query } from '../syntax/parse-query.ts';
import { isLeaf, leavesOf, type Node } from '../syntax/syntax-tree.ts';

/** Terms that a prefix stands for at most, the most frequent ones. Each is a list to read. */
const MAX_PREFIX_TERMS = 16;

/** The prefix to look up in the vocabulary. */
const prefixOf = (text: string, { normalize }: Analyzer): string => normalize(text.replace(/\*$/, ''));

export const prefixesOf = ({ tree, analyzer }: Query): string[] => [
  ...new Set(
    Array.from(leavesOf(tree)).flatMap(({ leaf }) =>
      leaf.kind === 'prefix' ? [prefixOf(leaf.text, analyzer)] : [],
    ),
  ),
];

/** Replaces the prefixes of a query by their terms. @param found terms by prefix, the most frequent first */
export function withPrefixes(query: Query, found: ReadonlyMap<string, readonly VocabularyTerm[]>): Query {
  const resolve = (node: Node): Node => {
    if (isLeaf(node)) {
      if (node.kind !== 'prefix') return node;
      const terms = (found.get(prefixOf(node.text, query.analyzer)) ?? [])
        .slice(0, MAX_PREFIX_TERMS)
        .map(({ term }) => term);
      return { ...node, terms };
    }
    if (node.kind === 'all') return { ...node, nodes: node.nodes.map(resolve) };
    return {
      ...node,
      should: node.should.map(resolve),
      must: node.must.map(resolve),
      not: node.not.map(resolve),
    };
  };
  return { ...query, tree: resolve(query.tree) as Query['tree'] };
}
