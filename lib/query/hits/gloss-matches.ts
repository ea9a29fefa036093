import { textsOf, type Gloss } from '../../domain/gloss.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import type { CompiledQuery } from '../plan/compile-query.ts';
import { termsOfGloss } from './gloss-words.ts';
import type { Query } from '../syntax/parse-query.ts';
import { FIELDS, isLeaf, type Leaf, type Node, type MatchRule } from '../syntax/syntax-tree.ts';

/** Whether a gloss matches a query, including phrases and fields, which the index cannot decide. */
export function glossMatches({ tree, analyzer }: Query, { termsFor }: CompiledQuery, gloss: Gloss): boolean {
  const terms = termsOfGloss(gloss, analyzer);
  return holds(tree, 'all', (leaf, rule) => leafHolds(leaf, rule, gloss, terms, analyzer, termsFor));
}

function holds(node: Node, rule: MatchRule, leaf: (leaf: Leaf, rule: MatchRule) => boolean): boolean {
  if (isLeaf(node)) return leaf(node, rule);
  if (node.kind === 'all') return node.nodes.every((child) => holds(child, 'all', leaf));
  const { should, must, not } = node;
  return (
    must.every((child) => holds(child, 'all', leaf)) &&
    !not.some((child) => holds(child, 'all', leaf)) &&
    (must.length > 0 || should.length === 0 || should.some((child) => holds(child, 'any', leaf)))
  );
}

function leafHolds(
  leaf: Leaf,
  rule: MatchRule,
  gloss: Gloss,
  terms: ReadonlySet<string>,
  analyzer: Analyzer,
  termsFor: CompiledQuery['termsFor'],
): boolean {
  if (leaf.kind === 'phrase')
    return textsIn(leaf, gloss).some((text) => hasRun(analyzer.terms(text), leaf.terms));
  const here = leaf.field ? new Set(textsIn(leaf, gloss).flatMap((text) => analyzer.terms(text))) : terms;
  if (rule === 'all' && leaf.kind !== 'prefix') return leaf.terms.every((term) => here.has(term));
  return termsFor(leaf).some((term) => here.has(term));
}

const textsIn = ({ field }: Leaf, { views }: Gloss): readonly string[] =>
  views.flatMap((view) => (field ? FIELDS[field]!(view) : textsOf(view)));

const hasRun = (terms: readonly string[], run: readonly string[]): boolean =>
  terms.some((_, start) => run.every((term, i) => terms[start + i] === term));
