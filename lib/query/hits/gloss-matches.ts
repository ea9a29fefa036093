import type { CompiledQuery } from '../plan/compile-query.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import { hasPhrase } from './phrase-in-text.ts';
import { textsOfGloss, type AnalysedGloss, type AnalysedText } from './gloss-analysis.ts';
import { termsOfGloss } from './gloss-words.ts';
import { wildcardOf } from '../syntax/wildcard.ts';
import type { Query } from '../syntax/parse-query.ts';
import { byNameAlone, isClass } from '../../text/index-terms.ts';
import { FIELDS } from '../syntax/fields.ts';
import {
  asksForFact,
  isChoice,
  isLeaf,
  type Leaf,
  type Node,
  type MatchRule,
} from '../syntax/syntax-tree.ts';

/** Whether a gloss matches a query, including phrases and fields, which the index cannot decide. */
export function glossMatches(
  { tree, conditions, analyzer }: Query,
  { termsFor }: CompiledQuery,
  gloss: AnalysedGloss,
): boolean {
  const looked = { gloss, terms: termsOfGloss(gloss), termsFor, analyzer };
  return (
    holds(tree, 'all', (leaf, rule, isExcluded) => leafHolds(leaf, rule, { ...looked, isExcluded })) &&
    conditions.every((leaf) => leafHolds(leaf, 'all', looked))
  );
}

/** Whether a gloss that matches a query has all of its words, the optional ones too. */
export function glossHasAll(
  { tree, analyzer }: Query,
  { termsFor }: CompiledQuery,
  gloss: AnalysedGloss,
): boolean {
  const terms = termsOfGloss(gloss);
  return tree.should.every((node) =>
    holds(node, 'all', (leaf, rule) => leafHolds(leaf, rule, { gloss, terms, termsFor, analyzer })),
  );
}

type LeafTest = (leaf: Leaf, rule: MatchRule, isExcluded: boolean) => boolean;

function holds(node: Node, rule: MatchRule, leaf: LeafTest, isExcluded = false): boolean {
  if (isLeaf(node)) return leaf(node, rule, isExcluded);
  if (node.kind === 'all') return node.nodes.every((child) => holds(child, 'all', leaf, isExcluded));
  const { should, must, not } = node;
  return (
    must.every((child) => holds(child, 'all', leaf, isExcluded)) &&
    !not.some((child) => holds(child, 'all', leaf, !isExcluded)) &&
    (must.length > 0 || should.length === 0 || should.some((child) => holds(child, 'any', leaf, isExcluded)))
  );
}

/** What a leaf is compared with. */
interface Looked {
  readonly gloss: AnalysedGloss;
  readonly terms: ReadonlySet<string>;
  readonly termsFor: CompiledQuery['termsFor'];
  readonly analyzer: Analyzer;
  /** Whether it is excluded: names of files have no classes then. */
  readonly isExcluded?: boolean;
}

function leafHolds(leaf: Leaf, rule: MatchRule, looked: Looked): boolean {
  const { gloss, terms, termsFor, analyzer, isExcluded = false } = looked;
  if (leaf.fileNames?.some((term) => terms.has(term))) return true;
  if (leaf.kind === 'phrase') return textsIn(leaf, gloss).some((text) => hasPhrase(text, leaf));
  if (leaf.isLoose) {
    const { matches } = wildcardOf(leaf.text, analyzer);
    return textsIn(leaf, gloss).some(({ text, words }) =>
      words.some(({ start, end }) => matches(text.slice(start, end))),
    );
  }
  const here =
    leaf.field !== undefined && !asksForFact(leaf)
      ? new Set(
          textsIn(leaf, gloss).flatMap((text) => [...text.words, ...text.derived].map(({ term }) => term)),
        )
      : terms;
  const has = (term: string) =>
    here.has(term) && !(isExcluded && isClass(term) && here.has(byNameAlone(term)));
  if (rule === 'any' || isChoice(leaf)) return termsFor(leaf).some(has);
  const others = termsFor(leaf).filter((term) => !leaf.terms.includes(term));
  return leaf.terms.every(has) || others.some(has);
}

const textsIn = ({ field }: Leaf, gloss: AnalysedGloss): readonly AnalysedText[] =>
  textsOfGloss(gloss).filter((text) => !field || FIELDS[field]!.includes(text.field));
