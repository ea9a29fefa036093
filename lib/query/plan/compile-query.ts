import { cnfOf } from './cnf.ts';
import { expandList, type Expansion, type ExpandOptions } from './expand-query.ts';
import type { Query } from '../syntax/parse-query.ts';
import type { CnfClause, QueryTerms, ScoringTerm } from './query-terms.ts';
import { isLeaf, needsGloss, type Leaf, type Node } from '../syntax/syntax-tree.ts';

/** A query in the form that evaluators take, and what is left to check on glosses. */
export interface CompiledQuery {
  readonly terms: QueryTerms;
  /** Scoring term -> the words as typed that it stands for. Only expansions are in it. */
  readonly via: ReadonlyMap<string, string>;
  /** For a leaf in a list of optional leaves: every term of which one is enough. */
  readonly termsFor: (leaf: Leaf) => readonly string[];
  /** Whether the clauses are necessary but not sufficient, so that each document's gloss has to be checked. */
  readonly needsGloss: boolean;
}

/** @throws GlossError `invalid` if there are too many clauses. */
export function compileQuery({ tree, analyzer }: Query, options: ExpandOptions = {}): CompiledQuery {
  const expansions = new Map<Leaf, readonly Expansion[]>();
  const scored: Leaf[] = [];
  let checks = false;
  const visit = (node: Node, isPositive: boolean) => {
    if (isLeaf(node)) {
      checks ||= needsGloss(node);
      if (isPositive) scored.push(node);
      return;
    }
    const positive = node.kind === 'all' ? node.nodes : [...node.must, ...node.should];
    if (node.kind === 'list') {
      for (const [leaf, terms] of expandList(node, analyzer, options)) expansions.set(leaf, terms);
      for (const child of node.not) visit(child, !isPositive);
    }
    for (const child of positive) visit(child, isPositive);
  };
  visit(tree, true);
  scored.sort((a, b) => a.at - b.at);

  const termsFor = (leaf: Leaf): string[] => [
    ...leaf.terms,
    ...(expansions.get(leaf) ?? []).map(({ term }) => term),
  ];
  const scoring = new Map<string, ScoringTerm>();
  const via = new Map<string, string>();
  for (const leaf of scored) for (const term of leaf.terms) scoring.set(term, { term, weight: 1 });
  for (const { term, weight, via: words } of scored.flatMap((leaf) => expansions.get(leaf) ?? [])) {
    if (scoring.has(term)) continue;
    scoring.set(term, { term, weight });
    via.set(term, words);
  }
  const cnf = distinct(cnfOf(tree, termsFor)).filter(
    ({ anyOf }) => ![...scoring.keys()].every((term) => anyOf.includes(term)),
  );
  return { terms: { scoring: [...scoring.values()], cnf }, via, termsFor, needsGloss: checks };
}

function distinct(cnf: readonly CnfClause[]): CnfClause[] {
  return [...new Map(cnf.map((clause) => [JSON.stringify(clause), clause])).values()];
}
