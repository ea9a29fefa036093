import type { Gloss } from '../../domain/gloss.ts';
import { readableOnes } from '../../domain/unreadable.ts';
import type { TenantId } from '../../domain/ids.ts';
import { GlossAnalysis } from '../../query/hits/gloss-analysis.ts';
import { wordsOfGloss } from '../../query/hits/gloss-words.ts';
import type { Clause, Query } from '../../query/syntax/parse-query.ts';
import type { VocabularyTerm } from '../../index/segment/directory-entry.ts';
import {
  closestTo,
  likelyBeginnings,
  maxSlipsFor,
  swapsOfShort,
  slipsBetween,
  slipsToStem,
  termsOneSlipFrom,
} from '../../query/hits/spelling.ts';
import { PAPER_PARAMS } from '../../rank/bm25.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import { normalize } from '../../text/normalize.ts';
import { readIndex, type IndexReader, type IndexReaderDeps } from '../index/index-reader.ts';
import { boundedLoads, boundedReads, READ_BOUNDS, type ReadBounds } from './bounded-reads.ts';
import type { LoadDeps } from './load-candidates.ts';
import { rankDocuments, type Ranking } from './rank-documents.ts';
import { silentTerms } from './silent-terms.ts';

type SpellDeps = Pick<LoadDeps, 'glosses'>;

export interface CompletionDeps extends IndexReaderDeps, LoadDeps {
  /** `READ_BOUNDS` when left out. */
  readonly bounds?: ReadBounds;
}

/** A word of the tenant's pictures, and how many of them have it. */
interface SuggestedWord {
  readonly word: string;
  readonly count: number;
}

/** A word of a query that no picture has, and what it may have been meant to be. */
export interface SpellingSuggestion {
  /** Where it stands in the query, in UTF-16 code units. */
  readonly at: number;
  readonly text: string;
  readonly words: readonly SuggestedWord[];
}

/** Glosses that are looked at for how words are written: an index knows their stems. */
const GLOSSES_FOR_SPELLING = 24;
const ROUNDS_OF_GLOSSES = 3;
/** Stems that are near a misspelt word, of which the words are looked at. */
const MAX_NEAR = 12;
/** Letters that a word may have behind its stem: "beautifully". Shorter stems begin too many words. */
const LONGEST_ENDING = 5;
const USUAL_ENDING = 3;
/** Letters of each part of a word that is written as one. */
const SHORTEST_PART = 3;
/** Hits from which on a word that some picture has is believed. */
const ENOUGH_HITS = 5;
/** How much more frequent than a rare word one has to be that may have been meant. */
const FAR_MORE = 10;
const MAX_SUGGESTIONS = 3;
/** Dictionaries take any word of katakana for one. */
const KATAKANA = /^[\u30A1-\u30F6ー]+$/u;
/** Katakana of so many letters are a slip of words that have a voiced letter for another alone: "ベット" of "ベッド". */
const SHORT_KANA = 3;
const unvoiced = (word: string): string => word.normalize('NFD').replaceAll(/[\u3099\u309A]/g, '');
/** Words of a query that get suggestions: each has pictures of its own looked at. */
const MAX_MISSPELT = 4;

/** Words that begin as typed, the most frequent first. @param limit words wanted, at most 20 @throws GlossError `invalid` above the bounds of reads */
export async function completeWord(
  deps: CompletionDeps,
  tenant: TenantId,
  typed: string,
  analyzer: Analyzer,
  limit: number,
): Promise<SuggestedWord[]> {
  const prefix = analyzer.normalize(typed.trim());
  if (!/^[\p{L}\p{N}\p{M}]+$/u.test(prefix)) return [];
  // The stem of "horse" is "hors", and the term of "häuser" is "haus": what is typed may be longer than its term, or have other letters.
  const [stem = prefix] = analyzer.terms(prefix);
  const begins = new Set([prefix.startsWith(stem) ? stem : prefix, stem, normalize(stem)]);
  const field = 'prefix';
  const { bounds = READ_BOUNDS } = deps;
  const segments = boundedReads(deps.segments, bounds.indexUnits, field);
  const loads = boundedLoads(deps, bounds, field);
  const spelt = await readIndex({ ...deps, segments }, tenant, async (index) => {
    const silent = await silentTerms(index, analyzer);
    const terms = await termsFrom(index, begins, silent, limit);
    return spell(loads, tenant, index, terms, new GlossAnalysis(analyzer));
  });
  return spelt.filter(({ word }) => analyzer.normalize(word).startsWith(prefix));
}

/** Terms that begin in one of these ways and say something, of each way the most frequent. */
async function termsFrom(
  index: IndexReader,
  begins: ReadonlySet<string>,
  silent: ReadonlySet<string>,
  limit: number,
): Promise<VocabularyTerm[]> {
  const found = await Promise.all(
    Array.from(begins, async (begin) =>
      (await index.termsFrom(begin)).filter(({ term }) => !silent.has(term)).slice(0, limit),
    ),
  );
  return [...new Map(found.flat().map((term) => [term.term, term])).values()];
}

/**
 * For each word of a query that no picture has, or where hits are few hardly any, what it may have been meant to be: similar words, two words
 * for one that is written together, one for two. All of them are words of the tenant's pictures.
 * @param total hits of the query; `docFreqs`: in how many pictures its terms are
 */
export async function didYouMean(
  deps: SpellDeps,
  tenant: TenantId,
  index: IndexReader,
  { clauses, analyzer, text: query }: Query,
  analysis: GlossAnalysis,
  { total, docFreqs }: Pick<Ranking, 'total' | 'docFreqs'>,
): Promise<SpellingSuggestion[]> {
  const plain = clauses.filter(
    ({ occur, kind, terms, text }) =>
      occur !== 'not' &&
      kind !== 'prefix' &&
      kind !== 'dates' &&
      terms.length === 1 &&
      /^[\p{L}\p{M}]+$/u.test(analyzer.normalize(text)),
  );
  const docFreqOf = ({ terms }: Clause) => docFreqs.get(terms[0]!) ?? 0;
  const rarest = total < ENOUGH_HITS ? ENOUGH_HITS - 1 : 0;
  const doubtful = [
    ...wordsCut(query, plain, docFreqOf, analyzer),
    ...plain.filter((clause) => docFreqOf(clause) <= rarest),
  ].slice(0, MAX_MISSPELT);
  const answers = await Promise.all(
    doubtful.map(async (clause): Promise<SpellingSuggestion> => {
      const { at, text } = clause;
      const [similar, apart] = await Promise.all([
        similarWords(deps, tenant, index, { ...clause, own: docFreqOf(clause), analyzer }, analysis),
        // Whatever pictures have, it is no slip: who asks for a boat means no coat.
        docFreqOf(clause) === 0 && !analyzer.isKnown(clause.terms[0]!)
          ? wordsApart(index, analyzer.normalize(text), analyzer)
          : [],
      ]);
      return { at, text, words: [...apart, ...similar].slice(0, MAX_SUGGESTIONS) };
    }),
  );
  const together = await wordsTogether(index, query, plain, docFreqOf, analyzer);
  return [...together, ...answers.filter(({ words }) => words.length > 0)];
}

/** Words like one of a query, by how they are written: stems alone do not tell how far two words are apart. */
async function similarWords(
  deps: SpellDeps,
  tenant: TenantId,
  index: IndexReader,
  { text, terms: [term], own, analyzer }: Clause & { readonly own: number; readonly analyzer: Analyzer },
  analysis: GlossAnalysis,
): Promise<SuggestedWord[]> {
  const typed = analyzer.normalize(text);
  if (analyzer.isKnown(term!) && !KATAKANA.test(typed)) return [];
  const isShortKana = KATAKANA.test(typed) && typed.length === SHORT_KANA;
  const swaps = isShortKana ? undefined : swapsOfShort(typed)?.map((word) => analyzer.joinedTerm(word));
  const most = isShortKana || swaps ? 1 : maxSlipsFor(typed.length);
  if (most === 0) return [];
  // The term of "äpfel" begins with another letter.
  const beginnings = new Set([typed, normalize(typed)].flatMap(likelyBeginnings));
  const [vocabulary, silent] = await Promise.all([
    index.termsFromAny([...beginnings]),
    silentTerms(index, analyzer),
  ]);
  const isLike = ({ term: stem }: VocabularyTerm) =>
    (!swaps || swaps.includes(stem)) &&
    stem.length + LONGEST_ENDING >= typed.length &&
    (!isShortKana || unvoiced(stem) === unvoiced(typed));
  const known = vocabulary.filter(
    (entry) =>
      entry.term !== term && !silent.has(entry.term) && entry.docFreq >= own * FAR_MORE && isLike(entry),
  );
  const meant = termsOneSlipFrom(
    typed,
    known.map(({ term: stem }) => stem),
    (word) => analyzer.joinedTerm(word),
  );
  const slipsTo = ({ term: stem }: VocabularyTerm) => (meant.has(stem) ? 1 : slipsToStem(typed, stem, most));
  // Many short stems begin like a long word.
  const [whole, short] = [true, false].map((isWhole) =>
    known.filter(({ term: stem }) => stem.length + USUAL_ENDING >= typed.length === isWhole),
  ) as [VocabularyTerm[], VocabularyTerm[]];
  const near = [whole, short].flatMap((some) => closestTo(some, most, slipsTo)).slice(0, MAX_NEAR);
  const spelt = await spell(deps, tenant, index, near, analysis);
  // Other forms of a word are written otherwise than pictures have it: "chevuax" is a slip of "chevaux", where one has "cheval".
  const written = spelt.map(({ word, count }, i) => ({
    word,
    docFreq: count,
    isMeant: meant.has(near[i]!.term),
  }));
  const slipsToWord = (word: string) =>
    // A slip of one thing may have pictures of several alone: "elefant", of "elephants".
    Math.min(...[word, word.replace(/s$/u, '')].map((form) => slipsBetween(typed, form, most)));
  return closestTo(written, most, ({ word, isMeant }) =>
    Math.min(isMeant ? 1 : Infinity, slipsToWord(analyzer.normalize(word))),
  ).map(({ word, docFreq }) => ({ word, count: docFreq }));
}

/** A word as two words that pictures have: "baseballbat". */
async function wordsApart(index: IndexReader, word: string, analyzer: Analyzer): Promise<SuggestedWord[]> {
  const cuts = Array.from({ length: Math.max(0, word.length - 2 * SHORTEST_PART + 1) }, (_, i) => {
    const parts = [word.slice(0, i + SHORTEST_PART), word.slice(i + SHORTEST_PART)];
    return { parts, terms: parts.flatMap((part) => analyzer.termsOfWord(part)) };
  });
  const docFreqs = await index.docFreqs([...new Set(cuts.flatMap(({ terms }) => terms))]);
  return cuts
    .map(({ parts, terms }) => ({
      word: parts.join(' '),
      count: Math.min(...terms.map((term) => docFreqs.get(term)!)),
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 1);
}

/** Words without a space between, of which no picture has one: a dictionary cuts what it does not know ("ラ|メーン" for "ラーメン"). */
function wordsCut(
  query: string,
  plain: readonly Clause[],
  docFreqOf: (clause: Clause) => number,
  analyzer: Analyzer,
): Clause[] {
  const runs: Clause[][] = [];
  for (const clause of plain) {
    const before = runs.at(-1)?.at(-1);
    if (before && before.at + before.text.length === clause.at) runs.at(-1)!.push(clause);
    else runs.push([clause]);
  }
  return runs
    .filter((run) => run.length > 1 && run.every((clause) => docFreqOf(clause) === 0))
    .map((run) => {
      const text = run.map((clause) => clause.text).join('');
      return { ...run[0]!, text, terms: [analyzer.joinedTerm(text)] };
    });
}

/** Two neighbours, one of which no picture has, as one word that pictures have: "sun flower". */
async function wordsTogether(
  index: IndexReader,
  query: string,
  plain: readonly Clause[],
  docFreqOf: (clause: Clause) => number,
  analyzer: Analyzer,
): Promise<SpellingSuggestion[]> {
  const pairs = plain.slice(1, MAX_MISSPELT + 1).flatMap((second, i) => {
    const first = plain[i]!;
    const isApart = /^\s+$/u.test(query.slice(first.at + first.text.length, second.at));
    if (!isApart || Math.min(docFreqOf(first), docFreqOf(second)) > 0) return [];
    const word = analyzer.normalize(first.text + second.text);
    const text = query.slice(first.at, second.at + second.text.length);
    const terms = analyzer.termsOfWord(word);
    // What the analyzer cuts in two again is no other spelling: "firetruck" is "fire" and "truck".
    return terms.length === 1 ? [{ at: first.at, text, word, term: terms[0]! }] : [];
  });
  if (pairs.length === 0) return [];
  const docFreqs = await index.docFreqs(pairs.map(({ term }) => term));
  return pairs.flatMap(({ at, text, word, term }) => {
    const count = docFreqs.get(term)!;
    return count === 0 ? [] : [{ at, text, words: [{ word, count }] }];
  });
}

/** Terms as the pictures that have them write them; a term that the looked-at glosses lack stays as it is. */
async function spell(
  deps: SpellDeps,
  tenant: TenantId,
  index: IndexReader,
  terms: readonly VocabularyTerm[],
  analysis: GlossAnalysis,
): Promise<SuggestedWord[]> {
  const spelling = new Map<string, string>();
  const unspelt = new Set(terms.map(({ term }) => term));
  // The rarest come first, and the others in the next round.
  for (let round = 0; round < ROUNDS_OF_GLOSSES && unspelt.size > 0; round += 1) {
    const scoring = Array.from(unspelt, (term) => ({ term, weight: 1 }));
    const { ranked } = await rankDocuments(index, { scoring, cnf: [] }, GLOSSES_FOR_SPELLING, PAPER_PARAMS);
    const glosses = await deps.glosses.ofStates(tenant, ranked);
    for (const [term, word] of spellingsIn(readableOnes(glosses.values()), unspelt, analysis))
      spelling.set(term, word);
  }
  return terms.map(({ term, docFreq }) => ({ word: spelling.get(term) ?? term, count: docFreq }));
}

/** The first spelling of each term, from no more glosses than it takes. @param wanted loses those that are found */
function spellingsIn(
  glosses: Iterable<Gloss>,
  wanted: Set<string>,
  analysis: GlossAnalysis,
): ReadonlyMap<string, string> {
  const spelling = new Map<string, string>();
  for (const gloss of glosses) {
    if (wanted.size === 0) break;
    const analysed = analysis.of(gloss);
    for (const [term, word] of analysed ? wordsOfGloss(analysed) : [])
      if (wanted.delete(term)) spelling.set(term, word);
  }
  return spelling;
}
