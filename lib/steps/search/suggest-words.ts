import type { Gloss } from '../../domain/gloss.ts';
import { readableOnes } from '../../domain/unreadable.ts';
import type { TenantId } from '../../domain/ids.ts';
import { GlossAnalysis } from '../../query/hits/gloss-analysis.ts';
import type { Query } from '../../query/syntax/parse-query.ts';
import type { VocabularyTerm } from '../../index/segment/directory-entry.ts';
import { spellingSuggestions } from '../../query/hits/spelling.ts';
import { PAPER_PARAMS } from '../../rank/bm25.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import { normalize } from '../../text/normalize.ts';
import { readIndex, type IndexReader, type IndexReaderDeps } from '../index/index-reader.ts';
import { boundedLoads, boundedReads, READ_BOUNDS, type ReadBounds } from './bounded-reads.ts';
import type { LoadDeps } from './load-candidates.ts';
import { rankDocuments } from './rank-documents.ts';

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
/** Letters that a misspelt word is believed to begin with. */
const SURE_LETTERS = 2;
const MAX_SUGGESTIONS = 3;
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
  const prefix = normalize(typed.trim());
  if (!/^[\p{L}\p{N}]+$/u.test(prefix)) return [];
  // The stem of "horse" is "hors": what is typed to its end may be longer than its term.
  const [stem = prefix] = analyzer.terms(prefix);
  const from = prefix.startsWith(stem) ? stem : prefix;
  const field = 'prefix';
  const { bounds = READ_BOUNDS } = deps;
  const segments = boundedReads(deps.segments, bounds.indexUnits, field);
  const loads = boundedLoads(deps, bounds, field);
  const spelt = await readIndex({ ...deps, segments }, tenant, async (index) =>
    spell(loads, tenant, index, (await index.termsFrom(from)).slice(0, limit), new GlossAnalysis(analyzer)),
  );
  return spelt.filter(({ word }) => normalize(word).startsWith(prefix));
}

/** For each word of a query that no picture has, words that it may have been meant to be. */
export async function didYouMean(
  deps: SpellDeps,
  tenant: TenantId,
  index: IndexReader,
  { clauses }: Query,
  analysis: GlossAnalysis,
): Promise<SpellingSuggestion[]> {
  const plain = clauses.filter(
    ({ occur, kind, terms }) => occur !== 'not' && kind !== 'prefix' && terms.length === 1,
  );
  const docFreqs = await index.docFreqs(plain.map((clause) => clause.terms[0]!));
  const unknown = plain.filter((clause) => docFreqs.get(clause.terms[0]!) === 0).slice(0, MAX_MISSPELT);
  const answers = await Promise.all(
    unknown.map(async ({ at, text, terms: [term] }) => {
      const near = await index.termsFrom(term!.slice(0, SURE_LETTERS));
      const similar = spellingSuggestions(term!, near).slice(0, MAX_SUGGESTIONS);
      return { at, text, words: await spell(deps, tenant, index, similar, analysis) };
    }),
  );
  return answers.filter(({ words }) => words.length > 0);
}

/** Terms as the pictures that have them write them; a term that the looked-at glosses lack stays as it is. */
async function spell(
  deps: SpellDeps,
  tenant: TenantId,
  index: IndexReader,
  terms: readonly VocabularyTerm[],
  analysis: GlossAnalysis,
): Promise<SuggestedWord[]> {
  if (terms.length === 0) return [];
  const scoring = terms.map(({ term }) => ({ term, weight: 1 }));
  const { ranked } = await rankDocuments(index, { scoring, cnf: [] }, GLOSSES_FOR_SPELLING, PAPER_PARAMS);
  const glosses = await deps.glosses.getMany(
    tenant,
    ranked.map(({ imageId }) => imageId),
  );
  const spelling = spellingsIn(
    readableOnes(glosses.values()),
    new Set(terms.map(({ term }) => term)),
    analysis,
  );
  return terms.map(({ term, docFreq }) => ({ word: spelling.get(term) ?? term, count: docFreq }));
}

/** The first spelling of each term, from no more glosses than it takes. */
function spellingsIn(
  glosses: Iterable<Gloss>,
  wanted: Set<string>,
  analysis: GlossAnalysis,
): ReadonlyMap<string, string> {
  const spelling = new Map<string, string>();
  for (const gloss of glosses) {
    if (wanted.size === 0) break;
    for (const { texts } of analysis.of(gloss)?.views ?? [])
      for (const { text, words } of texts)
        for (const { term, start, end } of words)
          if (wanted.delete(term)) spelling.set(term, text.slice(start, end).toLowerCase());
  }
  return spelling;
}
