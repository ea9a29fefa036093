import { GlossError } from '../../domain/errors.ts';
import { byNameAlone, isClass } from '../../text/index-terms.ts';
import type { CnfClause } from './query-terms.ts';
import { isChoice, isLeaf, needsGloss, type Leaf, type Node, type MatchRule } from '../syntax/syntax-tree.ts';

/** Conditions of a query at most. Each is a pass over a segment's documents. */
const MAX_CNF_CLAUSES = 64;

/** Of a leaf: its own terms and its expansions. Of an optional leaf one is enough; a required one needs all of its own, or an expansion. */
type TermsFor = (leaf: Leaf) => readonly string[];

type Cnf = readonly CnfClause[];
const ALWAYS: Cnf = [];

/**
 * The conjunctive normal form of a syntax tree. What an index cannot decide counts as possible, so the clauses never
 * exclude a document that the query asks for.
 * @throws GlossError `invalid` if that takes more than 64 clauses.
 */
export function cnfOf(tree: Node, termsFor: TermsFor): readonly CnfClause[] {
  return hold(tree, 'all', termsFor);
}

/** The conditions under which not all of some nodes hold. @throws GlossError `invalid` if that takes more than 64 clauses. */
export const cnfOfNotAll = (nodes: readonly Node[], termsFor: TermsFor): readonly CnfClause[] =>
  fail({ kind: 'all', nodes }, 'all', termsFor);

function hold(node: Node, rule: MatchRule, termsFor: TermsFor): Cnf {
  if (isLeaf(node)) return leafHolds(node, rule, termsFor);
  if (node.kind === 'all') return node.nodes.flatMap((child) => hold(child, 'all', termsFor));
  const rest = node.must.length > 0 || node.should.length === 0 ? [] : node.should;
  return [
    ...node.must.flatMap((child) => hold(child, 'all', termsFor)),
    ...node.not.flatMap((child) => fail(child, 'all', termsFor)),
    ...(rest.length === 0 ? ALWAYS : disjunctionOf(rest.map((child) => hold(child, 'any', termsFor)))),
  ];
}

/** The clauses under which a node does not hold. */
function fail(node: Node, rule: MatchRule, termsFor: TermsFor): Cnf {
  if (isLeaf(node)) return leafFails(node, rule, termsFor);
  if (node.kind === 'all') return disjunctionOf(node.nodes.map((child) => fail(child, 'all', termsFor)));
  const rest = node.must.length > 0 || node.should.length === 0 ? [] : node.should;
  return disjunctionOf([
    ...node.must.map((child) => fail(child, 'all', termsFor)),
    ...node.not.map((child) => hold(child, 'all', termsFor)),
    ...(rest.length === 0 ? [] : [rest.flatMap((child) => fail(child, 'any', termsFor))]),
  ]);
}

function leafHolds(leaf: Leaf, rule: MatchRule, termsFor: TermsFor): Cnf {
  const { spellings = [], fileNames = [] } = leaf;
  if (leaf.kind === 'phrase')
    return leaf.terms.map((term, i) => {
      const together = spellings.filter(({ first, last }) => first <= i && i <= last);
      return { anyOf: [term, ...together.map((spelling) => spelling.term), ...fileNames], notAllOf: [] };
    });
  const needsAll = rule === 'all' && !isChoice(leaf);
  const others = expansionsOf(leaf, termsFor);
  if (needsAll) return leaf.terms.map((term) => ({ anyOf: [term, ...others], notAllOf: [] }));
  return [{ anyOf: [...new Set(termsFor(leaf))], notAllOf: [] }];
}

function leafFails(leaf: Leaf, rule: MatchRule, termsFor: TermsFor): Cnf {
  if (needsGloss(leaf)) return ALWAYS;
  if (rule === 'all' && !isChoice(leaf))
    return [{ anyOf: [], notAllOf: [...new Set(leaf.terms)] }, ...expansionsOf(leaf, termsFor).map(without)];
  return termsFor(leaf).map(without);
}

/** What shows no thing of a class may be called like one. */
const without = (term: string): CnfClause => ({
  anyOf: isClass(term) ? [byNameAlone(term)] : [],
  notAllOf: [term],
});

const expansionsOf = (leaf: Leaf, termsFor: TermsFor): string[] => [
  ...new Set(termsFor(leaf).filter((term) => !leaf.terms.includes(term))),
];

/** The conjunctive normal form of a disjunction: one clause for each way of choosing one clause from every part. */
function disjunctionOf(parts: readonly Cnf[]): Cnf {
  let choices: Cnf = [{ anyOf: [], notAllOf: [] }];
  for (const part of parts) {
    const next: CnfClause[] = [];
    for (const one of choices) {
      for (const other of part) {
        const anyOf = [...new Set([...one.anyOf, ...other.anyOf])];
        const notAllOf = [...new Set([...one.notAllOf, ...other.notAllOf])];
        if (!anyOf.some((term) => notAllOf.includes(term))) next.push({ anyOf, notAllOf });
        if (next.length > MAX_CNF_CLAUSES) throw tooComplex();
      }
    }
    choices = next;
  }
  return choices;
}

function tooComplex(): GlossError {
  const message = `the combination of AND, OR and NOT is too large: it takes more than ${MAX_CNF_CLAUSES} conditions`;
  return new GlossError('invalid', 'query_too_complex', message, { place: { field: 'q' } });
}
