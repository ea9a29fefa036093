import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cnfOf } from '../../lib/query/plan/cnf.ts';
import { isLeaf, type Leaf, type Node, type MatchRule } from '../../lib/query/syntax/syntax-tree.ts';

const TERMS = ['a', 'b', 'c', 'd', 'e'];
const leaf = fc
  .record({
    kind: fc.constantFrom('word' as const, 'exact' as const),
    terms: fc.uniqueArray(fc.constantFrom(...TERMS), { minLength: 1, maxLength: 2 }),
  })
  .map(({ kind, terms }): Leaf => ({ kind, terms, text: terms.join('-'), at: 0 }));
const { tree } = fc.letrec<{ tree: Node; list: Node; all: Node }>((tie) => ({
  tree: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaf, tie('list'), tie('all')),
  all: fc.array(tie('tree'), { minLength: 1, maxLength: 2 }).map((nodes): Node => ({ kind: 'all', nodes })),
  list: fc
    .tuple(...[2, 2, 1].map((maxLength) => fc.array(tie('tree'), { maxLength })))
    .filter((parts) => parts.some((part) => part.length > 0))
    .map(([should, must, not]): Node => ({
      kind: 'list',
      should: should ?? [],
      must: must ?? [],
      not: not ?? [],
    })),
}));

/** What a query says, read off its definition. */
function holds(node: Node, role: MatchRule, doc: ReadonlySet<string>): boolean {
  if (isLeaf(node)) {
    return role === 'all'
      ? node.terms.every((term) => doc.has(term))
      : node.terms.some((term) => doc.has(term));
  }
  if (node.kind === 'all') return node.nodes.every((child) => holds(child, 'all', doc));
  return (
    node.must.every((child) => holds(child, 'all', doc)) &&
    !node.not.some((child) => holds(child, 'all', doc)) &&
    (node.must.length > 0 ||
      node.should.length === 0 ||
      node.should.some((child) => holds(child, 'any', doc)))
  );
}

it('the conditions hold for exactly the documents that the tree asks for', () => {
  const documents = Array.from(
    { length: 2 ** TERMS.length },
    (_, bits) => new Set(TERMS.filter((_term, i) => bits & (1 << i))),
  );
  fc.assert(
    fc.property(tree, (node) => {
      let cnf;
      try {
        cnf = cnfOf(node, ({ terms }) => terms);
      } catch (error) {
        expect(error).toMatchObject({ code: 'query_too_complex' });
        return;
      }
      for (const doc of documents) {
        const all = cnf.every(
          ({ anyOf, notAllOf }) =>
            anyOf.some((term) => doc.has(term)) || notAllOf.some((term) => !doc.has(term)),
        );
        expect(all).toBe(holds(node, 'all', doc));
      }
    }),
    { numRuns: 1_000 },
  );
});
