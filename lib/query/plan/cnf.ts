import { GlossError } from '../../domain/errors.ts';
import type { Condition } from './query-terms.ts';
import { isLeaf, needsGloss, type Leaf, type Node, type Role } from '../syntax/syntax-tree.ts';

/** Each condition is a pass over a segment's documents. */
const MAX_CONDITIONS = 64;

/** The terms that will do for a leaf where any of a list will do: its own, and those that stand for it. */
export type TermsFor = (leaf: Leaf) => readonly string[];

type Cnf = readonly Condition[];
const ALWAYS: Cnf = [];

/**
 * A tree in conjunctive normal form. What an index cannot tell is taken for possible, so the conditions never lose a
 * document that the query asks for.
 * @throws GlossError `invalid` when that takes more than 64 conditions.
 */
export function conditionsOf(tree: Node, termsFor: TermsFor): readonly Condition[] {
  return hold(tree, 'all', termsFor);
}

function hold(node: Node, role: Role, termsFor: TermsFor): Cnf {
  if (isLeaf(node)) return leafHolds(node, role, termsFor);
  if (node.kind === 'all') return node.nodes.flatMap((child) => hold(child, 'all', termsFor));
  const rest = node.must.length > 0 || node.should.length === 0 ? [] : node.should;
  return [
    ...node.must.flatMap((child) => hold(child, 'all', termsFor)),
    ...node.not.flatMap((child) => fail(child, 'all', termsFor)),
    ...(rest.length === 0 ? ALWAYS : anyOf(rest.map((child) => hold(child, 'any', termsFor)))),
  ];
}

/** When a node does not hold. */
function fail(node: Node, role: Role, termsFor: TermsFor): Cnf {
  if (isLeaf(node)) return leafFails(node, role, termsFor);
  if (node.kind === 'all') return anyOf(node.nodes.map((child) => fail(child, 'all', termsFor)));
  const rest = node.must.length > 0 || node.should.length === 0 ? [] : node.should;
  return anyOf([
    ...node.must.map((child) => fail(child, 'all', termsFor)),
    ...node.not.map((child) => hold(child, 'all', termsFor)),
    ...(rest.length === 0 ? [] : [rest.flatMap((child) => fail(child, 'any', termsFor))]),
  ]);
}

function leafHolds(leaf: Leaf, role: Role, termsFor: TermsFor): Cnf {
  const needsAll = leaf.kind === 'phrase' || (role === 'all' && leaf.kind !== 'prefix');
  if (needsAll) return leaf.terms.map((term) => ({ has: [term], lacks: [] }));
  return [{ has: [...new Set(termsFor(leaf))], lacks: [] }];
}

function leafFails(leaf: Leaf, role: Role, termsFor: TermsFor): Cnf {
  if (needsGloss(leaf)) return ALWAYS;
  if (role === 'all' && leaf.kind !== 'prefix') return [{ has: [], lacks: [...new Set(leaf.terms)] }];
  return termsFor(leaf).map((term) => ({ has: [], lacks: [term] }));
}

/** The conjunctive normal form of a disjunction: one condition for every choice of one from each part. */
function anyOf(parts: readonly Cnf[]): Cnf {
  let choices: Cnf = [{ has: [], lacks: [] }];
  for (const part of parts) {
    const next: Condition[] = [];
    for (const one of choices) {
      for (const other of part) {
        const has = [...new Set([...one.has, ...other.has])];
        const lacks = [...new Set([...one.lacks, ...other.lacks])];
        if (!has.some((term) => lacks.includes(term))) next.push({ has, lacks });
        if (next.length > MAX_CONDITIONS) throw tooComplex();
      }
    }
    choices = next;
  }
  return choices;
}

function tooComplex(): GlossError {
  const message = `the combination of AND, OR and NOT is too large: it takes more than ${MAX_CONDITIONS} conditions`;
  return new GlossError('invalid', 'query_too_complex', message, { place: { field: 'q' } });
}
