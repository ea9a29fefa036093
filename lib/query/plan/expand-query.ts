import type { Analyzer, TermAt } from '../../text/analyzer.ts';
import { endsInVerb, units } from '../../text/compounds.ts';
import { classTerm, compoundTerm, isVerb } from '../../text/index-terms.ts';
import { joinedTerms } from '../../text/joined-words.ts';
import type { Leaf, ListNode, Node } from '../syntax/syntax-tree.ts';

/** Weight of an expansion; a word as typed has weight 1. */
const EXPANSION_WEIGHT = 0.3;
/** Weight of a name beside other words: its words are asked for, too, and would count twice against the others. */
const WEIGHT_OF_NAME_AMONG_WORDS = 0.1;

/** A term that stands for words of a query. */
export interface Expansion {
  readonly term: string;
  readonly weight: number;
  /** The words as typed that it stands for. */
  readonly via: string;
  /** The same as leaves; empty where it is only a part of one. */
  readonly standsFor: readonly Leaf[];
}

export interface ExpandOptions {
  /** Whether words are expanded by their classes; on if absent. */
  readonly lexicon?: boolean;
  /** The query as typed: signs between its words. */
  readonly text?: string;
  /** Whether names of several words are also asked as compound terms; on if absent. */
  readonly compounds?: boolean;
}

/** Only the words that were typed. */
export const WORDS_ALONE: ExpandOptions = { lexicon: false, compounds: false };

/**
 * Expansions of the plain words of a list. Neighbours among the optional ones that form a compound get its
 * term. Each word or compound gets at most two terms: its class (its synonyms and kinds) and the word that the
 * class is named by. So a query reads at most three lists for one word. Required and excluded words are taken one by one.
 */
export function expandList(
  { should, must, not }: ListNode,
  analyzer: Analyzer,
  options: ExpandOptions,
): ReadonlyMap<Leaf, readonly Expansion[]> {
  return new Map([
    ...runsOfWords(should).flatMap((run) => [...expandRun(run, analyzer, options)]),
    ...expandEach([...must, ...not], analyzer, options),
  ]);
}

/** Expansions of words that are required or excluded one by one: what stands for all of the word, and nothing that is a part of it. */
export function expandEach(
  nodes: readonly Node[],
  analyzer: Analyzer,
  options: ExpandOptions,
): ReadonlyMap<Leaf, readonly Expansion[]> {
  return new Map(
    runsOfWords(nodes).flatMap((run) =>
      run.flatMap((leaf) => [...expandRun([leaf], analyzer, options, { isWhole: true })]),
    ),
  );
}

/** @param isWhole whether an expansion has to stand for all of its word */
function expandRun(
  run: readonly Leaf[],
  analyzer: Analyzer,
  { lexicon: useLexicon = true, compounds: useCompounds = true, text: query = '' }: ExpandOptions,
  { isWhole = false } = {},
): ReadonlyMap<Leaf, readonly Expansion[]> {
  const { lexicon } = analyzer;
  const expansions = new Map<Leaf, readonly Expansion[]>();
  const words = run.flatMap((leaf) => (leaf.words ?? leaf.terms).map((term) => ({ term, leaf })));
  const isName = ({ key, last }: { readonly key: string; readonly last: number }) =>
    !endsInVerb(lastWordOf(words[last]!.leaf), { key, term: words[last]!.term }, analyzer, lexicon);
  for (const { key, first, last } of units(words, lexicon, isName)) {
    const isAll = first === 0 && last === words.length - 1;
    if (isWhole && !isAll) continue;
    const leaves = [...new Set(words.slice(first, last + 1).map(({ leaf }) => leaf))];
    const via = leaves.map(({ text }) => text).join(' ');
    const own: Expansion[] = [];
    if (first < last && !useCompounds) continue;
    const weight = isAll ? 1 : WEIGHT_OF_NAME_AMONG_WORDS;
    if (first < last) own.push({ term: compoundTerm(key), weight, via, standsFor: leaves });
    const isForm = first === last && isVerb(leaves[0]!.text, key, analyzer, lexicon);
    const isHead = first === last && beginsRun(leaves[0]!, query, run[run.indexOf(leaves[0]!) + 1]);
    const meant = useLexicon && !isForm && !isHead ? lexicon.classFor(key) : undefined;
    if (meant) {
      own.push({ term: classTerm(meant.name), weight: EXPANSION_WEIGHT, via, standsFor: leaves });
      if (meant.name !== key)
        own.push({ term: meant.name, weight: EXPANSION_WEIGHT, via, standsFor: leaves });
    }
    const leaf = leaves[0]!;
    expansions.set(leaf, [...(expansions.get(leaf) ?? []), ...own]);
  }
  for (const { term, start, end } of [
    ...joinedInQuery(run, query, analyzer),
    ...run.flatMap((leaf) => namesWithParticles(leaf, query, analyzer)),
  ]) {
    const standsFor = run.filter(({ at, text }) => start < at + text.length && at < end);
    const leaf = standsFor[0]!;
    if (isWhole && standsFor.length > 1) continue;
    const via = standsFor.map(({ text }) => text).join(' ');
    expansions.set(leaf, [...(expansions.get(leaf) ?? []), { term, weight: 1, via, standsFor }]);
  }
  return expansions;
}

/** "capped" of "snow-capped". */
const lastWordOf = ({ text }: Leaf): string => /[\p{L}\p{N}\p{M}]*$/u.exec(text)![0];

/**
 * Whether a word is cut off what is typed as one, and says of what kind the rest is or how it is: 大 of 大树 (a large tree), โรง (hall) of โรงพยาบาล (hospital).
 * Inside of other words it says so of something else: 大楼 (building), โรงเรียน (school).
 */
function beginsRun({ text, at }: Leaf, query: string, next: Leaf | undefined): boolean {
  const isCut = next !== undefined && next.at === at + text.length && query.startsWith(text, at);
  return isCut && (/^\p{Script=Han}$/u.test(text) || /^\p{Script=Thai}+$/u.test(text));
}

/** Plain words side by side. */
function runsOfWords(nodes: readonly Node[]): Leaf[][] {
  const runs: Leaf[][] = [[]];
  for (const node of nodes) {
    if (node.kind === 'word') runs.at(-1)!.push(node);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

/** They make names with a verb: "takeoff", "underpass". */
const PARTICLES = 'away|by|down|in|off|on|out|over|through|under|up';
const BEHIND = new RegExp(`^ (${PARTICLES})(?![\\p{L}\\p{N}])`, 'iu');
const BEFORE = new RegExp(`(?<![\\p{L}\\p{N}])(${PARTICLES}) $`, 'iu');

/** The names that a word is with a particle beside it, which says nothing by itself: "makeup" for "make up". What somebody makes up is none, so texts have none of these. */
function namesWithParticles({ text, at }: Leaf, query: string, analyzer: Analyzer): TermAt[] {
  if (analyzer.language !== 'en') return [];
  const [before, behind] = [
    BEFORE.exec(query.slice(0, at))?.[1],
    BEHIND.exec(query.slice(at + text.length))?.[1],
  ];
  return [behind === undefined ? '' : text + behind, before === undefined ? '' : before + text]
    .map((word) => analyzer.joinedTerm(word))
    .filter((term) => term !== '' && analyzer.isKnown(term))
    .map((term) => ({ term, start: at, end: at + text.length }));
}

/** What words would be if they were written together: "icecream" for "ice-cream". Those with digits are asked for anyway. */
function joinedInQuery(run: readonly Leaf[], query: string, analyzer: Analyzer): TermAt[] {
  // Spaces as in the query, so that words that stand apart there are no neighbours, but for initials ("R & B", "J. K.").
  const text = run.reduce((line, leaf) => {
    const gap = query.slice(line.length, leaf.at);
    return (line + (/^(?: & |\. )$/.test(gap) ? gap : '')).padEnd(leaf.at) + leaf.text;
  }, '');
  return Array.from(joinedTerms(analyzer.termsWithPlaces(text), text, analyzer)).filter(
    ({ term }) => !/\p{Nd}/u.test(term),
  );
}
