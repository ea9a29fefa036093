import { GlossError } from '../../domain/errors.ts';
import { cnfOf, cnfOfNotAll } from './cnf.ts';
import { expandEach, expandList, type Expansion, type ExpandOptions } from './expand-query.ts';
import type { Query } from '../syntax/parse-query.ts';
import { isClass } from '../../text/index-terms.ts';
import { isPartOfName } from '../../text/name-terms.ts';
import type { CnfClause, Neighbours, QueryTerms, ScoringTerm } from './query-terms.ts';
import { asksForFact, isChoice, isLeaf, needsGloss, type Leaf, type Node } from '../syntax/syntax-tree.ts';

/** A query in the form that evaluators take, and what is left to check on glosses. */
export interface CompiledQuery {
  readonly terms: QueryTerms;
  /** Of what matches `terms`, what comes first, and what comes next: of each the documents that the ones before do not have. */
  readonly tiers: readonly QueryTerms[];
  /** The conditions that a document with all words fulfils; absent for a query of one word, and for sentences. The first of the tiers has them. */
  readonly everyWord?: readonly CnfClause[];
  /** Words of the query that follow each other, in its order. */
  readonly neighbours: readonly Neighbours[];
  /** Whether it asks for several things, and not for one by its name. */
  readonly asksForSeveral: boolean;
  /** Of each thing that is asked for the terms that stand for it, the most exact first. */
  readonly meanings: readonly (readonly string[])[];
  /** Terms of function words that were left out of a query for several things: they decide nothing, and order what is reranked. */
  readonly fillers: readonly string[];
  /** Scoring term -> the words as typed that it stands for: expansions, and classes of things that are function words elsewhere. */
  readonly via: ReadonlyMap<string, string>;
  /** Of a leaf: its own terms and its expansions. Of an optional leaf one is enough; a required one needs all of its own, or an expansion. */
  readonly termsFor: (leaf: Leaf) => readonly string[];
  /** Whether the clauses are necessary but not sufficient, so that each document's gloss has to be checked. */
  readonly needsGloss: boolean;
}

/** Of dates and cameras where nothing else is asked for: a document has to score, but these say nothing of how well it fits. */
const FACT_WEIGHT = 0.001;

/**
 * Words of which pictures with all of them come first. Of a sentence a picture may have all words by chance, if it is described at length, and
 * the right one lacks some (docs/relevance.md).
 */
const MOST_WORDS_ASKED_TOGETHER = 4;
/** A picture of exactly the name that is typed comes before those whose names have it as a part. */
const WEIGHT_OF_PART = 1 / 2;
/** Each is a frequency to look up. */
const MOST_FILLERS = 16;

/** @throws GlossError `invalid` if there are too many clauses. */
export function compileQuery(query: Query, expandBy: ExpandOptions = {}): CompiledQuery {
  const options = { ...expandBy, text: query.text };
  const { tree, conditions, analyzer, absences } = query;
  const expansions = new Map<Leaf, readonly Expansion[]>();
  const expand = (found: ReadonlyMap<Leaf, readonly Expansion[]>) => {
    for (const [leaf, terms] of found) expansions.set(leaf, terms);
  };
  const scored: Leaf[] = [];
  let checks = false;
  const visit = (node: Node, isPositive: boolean) => {
    if (isLeaf(node)) {
      checks ||= needsGloss(node);
      const standsAs = (term: string, standsFor: readonly Leaf[]): Expansion => ({
        term,
        weight: isPartOfName(term) ? WEIGHT_OF_PART : 1,
        via: node.text,
        standsFor,
      });
      const named = [
        ...(node.fileNames ?? []).map((term) => standsAs(term, [node])),
        ...(node.spellings ?? []).map(({ term }) => standsAs(term, [])),
      ];
      if (named.length > 0) expansions.set(node, [...(expansions.get(node) ?? []), ...named]);
      if (isPositive) scored.push(node);
      return;
    }
    expand(
      node.kind === 'all' ? expandEach(node.nodes, analyzer, options) : expandList(node, analyzer, options),
    );
    const positive = node.kind === 'all' ? node.nodes : [...node.must, ...node.should];
    if (node.kind === 'list') for (const child of node.not) visit(child, !isPositive);
    for (const child of positive) visit(child, isPositive);
  };
  visit(tree, true);
  for (const { leaves } of absences) expand(expandEach(leaves, analyzer, options));
  scored.sort((a, b) => a.at - b.at);

  const termsFor = (leaf: Leaf): string[] => [
    ...leaf.terms,
    ...(expansions.get(leaf) ?? []).map(({ term }) => term),
  ];
  const scoring = new Map<string, ScoringTerm>();
  const via = new Map<string, string>();
  for (const leaf of scored)
    for (const term of leaf.terms) {
      scoring.set(term, { term, weight: asksForFact(leaf) ? FACT_WEIGHT : 1 });
      if (leaf.words && isClass(term)) via.set(term, leaf.text);
    }
  for (const { term, weight, via: words } of scored.flatMap((leaf) => expansions.get(leaf) ?? [])) {
    if (scoring.has(term)) continue;
    scoring.set(term, { term, weight });
    via.set(term, words);
  }
  const asked = [...scoring.keys()];
  const asksFor = [tree, ...conditions].flatMap((node) => cnfOf(node, termsFor));
  const cnf = distinct(asksFor).filter(({ anyOf }) => !asked.every((term) => anyOf.includes(term)));
  // "no smoking": a picture that says so has the words, and comes before others. It has to have something else that is asked for.
  const negated = absences.flatMap(({ negator, leaves }) => [
    ...negator,
    ...leaves.flatMap(({ terms }) => terms),
  ]);
  for (const term of negated) if (!scoring.has(term)) scoring.set(term, { term, weight: 1 });
  if (negated.length > 0) cnf.push({ anyOf: asked, notAllOf: [] });
  const terms = { scoring: [...scoring.values()], cnf };
  const standIns = [...expansions.values()].flat();
  const words = scored.filter((leaf) => !isChoice(leaf)).flatMap((leaf) => leaf.terms);
  const asksForSeveral = words.length > 1 && !isOneName(tree, standIns);
  return {
    terms,
    ...tiersOf(query, terms, termsFor, standIns),
    neighbours: words.slice(1).map((next, i): Neighbours => [words[i]!, next]),
    meanings: meaningsOf(
      scored.filter((leaf) => !asksForFact(leaf) && !isChoice(leaf)),
      standIns,
    ),
    asksForSeveral,
    fillers: asksForSeveral ? fillersOf(query, scoring) : [],
    via,
    termsFor,
    needsGloss: checks,
  };
}

function fillersOf({ notes, analyzer }: Query, scoring: ReadonlyMap<string, ScoringTerm>): string[] {
  const terms = notes.flatMap(({ as, text }) => (as === 'function word' ? analyzer.terms(text) : []));
  return [...new Set(terms)].filter((term) => !scoring.has(term)).slice(0, MOST_FILLERS);
}

/** Words that make one name mean one thing, every other word its own. */
function meaningsOf(leaves: readonly Leaf[], expansions: readonly Expansion[]): string[][] {
  const inNames = new Set<Leaf>();
  const meanings: string[][] = [];
  for (const leaf of leaves) {
    if (inNames.has(leaf)) continue;
    const name = expansions.find(({ standsFor }) => standsFor.length > 1 && standsFor.includes(leaf));
    const named = name?.standsFor ?? [leaf];
    for (const part of named) inNames.add(part);
    const isSame = ({ standsFor }: Expansion) =>
      standsFor.length === named.length && standsFor.every((part) => named.includes(part));
    const terms = expansions.filter(isSame).map(({ term }) => term);
    const words = named.flatMap((part) => part.terms);
    meanings.push(name ? [...terms, ...words] : [...words, ...terms]);
  }
  return meanings;
}

/** The name of one thing is as good as a word: its compound term tells it from its words apart. */
const isOneName = ({ should, must }: Query['tree'], expansions: readonly Expansion[]): boolean =>
  must.length === 0 && expansions.some(({ standsFor }) => standsFor.length === should.length);

/** The queries whose documents come first: without what is asked not to be there, and with all words. */
function tiersOf(
  { tree, absences, isPlain }: Query,
  { scoring, cnf }: QueryTerms,
  termsFor: (leaf: Leaf) => readonly string[],
  expansions: readonly Expansion[],
): Pick<CompiledQuery, 'tiers' | 'everyWord'> {
  const lacking = unlessTooComplex(() =>
    absences.flatMap(({ leaves, negator }) =>
      cnfOfNotAll(leaves, termsFor).map(({ anyOf, notAllOf }) => ({
        anyOf: [...anyOf, ...negator],
        notAllOf,
      })),
    ),
  );
  const standIns = (leaf: Leaf) => [
    ...leaf.terms,
    ...expansions.flatMap(({ term, standsFor }) => (standsFor.includes(leaf) ? [term] : [])),
  ];
  const everyWord =
    !isPlain &&
    !isOneName(tree, expansions) &&
    tree.should.length <= MOST_WORDS_ASKED_TOGETHER &&
    tree.should.length + Math.min(1, tree.must.length) > 1
      ? unlessTooComplex(() => tree.should.flatMap((node) => cnfOf(node, isLeaf(node) ? standIns : termsFor)))
      : undefined;
  const tiers: QueryTerms[] = [];
  if (everyWord) tiers.push({ scoring, cnf: distinct([...cnf, ...(lacking ?? []), ...everyWord]) });
  if (lacking && lacking.length > 0) tiers.push({ scoring, cnf: distinct([...cnf, ...lacking]) });
  return { tiers, ...(everyWord && { everyWord }) };
}

/** What only orders an answer is no reason to refuse it. */
function unlessTooComplex(make: () => readonly CnfClause[]): readonly CnfClause[] | undefined {
  try {
    return distinct(make());
  } catch (error) {
    if (error instanceof GlossError && error.code === 'query_too_complex') return undefined;
    throw error;
  }
}

function distinct(cnf: readonly CnfClause[]): CnfClause[] {
  return [...new Map(cnf.map((clause) => [JSON.stringify(clause), clause])).values()];
}
