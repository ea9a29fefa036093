import type { TenantId } from '../../domain/ids.ts';
import { wordsOfGloss } from '../../query/hits/gloss-words.ts';
import type { Query } from '../../query/syntax/parse-query.ts';
import type { VocabularyTerm } from '../../query/plan/resolve-prefixes.ts';
import { spellingSuggestions } from '../../query/hits/spelling.ts';
import { PAPER_PARAMS } from '../../rank/bm25.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import { normalize } from '../../text/normalize.ts';
import type { LoadDeps } from './load-hits.ts';
import { rankSnapshot, type RankDeps } from './rank-snapshot.ts';
import { readDocFreqs, readTermsFrom } from '../index/read-vocabulary.ts';

export interface SuggestDeps extends RankDeps {
  readonly glosses: LoadDeps['glosses'];
}

/** A word of the tenant's pictures, and how many of them have it. */
export interface SuggestedWord {
  readonly word: string;
  readonly count: number;
}

/** Glosses that are looked at for how words are written: an index knows their stems. */
const GLOSSES_FOR_SPELLING = 24;
/** Letters that a misspelt word is believed to begin with. */
const SURE_LETTERS = 2;
const MAX_SUGGESTIONS = 3;

/** Words that begin as typed, the most frequent first. @param limit words wanted, at most 20 */
export async function completeWord(
  deps: SuggestDeps,
  tenant: TenantId,
  typed: string,
  analyzer: Analyzer,
  limit: number,
): Promise<SuggestedWord[]> {
  const prefix = normalize(typed.trim());
  if (!/^[\p{L}\p{N}]+$/u.test(prefix)) return [];
  const manifest = await deps.manifests.read(tenant);
  // The stem of "horse" is "hors": what is typed to its end may be longer than its term.
  const [stem = prefix] = analyzer.terms(prefix);
  const from = prefix.startsWith(stem) ? stem : prefix;
  const found = await readTermsFrom(deps.segments, tenant, manifest, from);
  const spelt = await spell(deps, tenant, found.slice(0, limit), analyzer);
  return spelt.filter(({ word }) => normalize(word).startsWith(prefix));
}

/** For each word of a query that no picture has, words that it may have been meant to be. */
export async function didYouMean(
  deps: SuggestDeps,
  tenant: TenantId,
  { clauses, analyzer }: Query,
): Promise<{ at: number; text: string; words: SuggestedWord[] }[]> {
  const asked = clauses.filter(
    ({ occur, kind, terms }) => occur !== 'not' && kind !== 'prefix' && terms.length === 1,
  );
  const manifest = await deps.manifests.read(tenant);
  const terms = asked.map((clause) => clause.terms[0]!);
  const docFreqs = await readDocFreqs(deps.segments, tenant, manifest, terms);
  const unknown = asked.filter((clause) => docFreqs.get(clause.terms[0]!) === 0);
  const answers = await Promise.all(
    unknown.map(async ({ at, text, terms: [term] }) => {
      const near = await readTermsFrom(deps.segments, tenant, manifest, term!.slice(0, SURE_LETTERS));
      const similar = spellingSuggestions(term!, near).slice(0, MAX_SUGGESTIONS);
      return { at, text, words: await spell(deps, tenant, similar, analyzer) };
    }),
  );
  return answers.filter(({ words }) => words.length > 0);
}

/** Terms as the pictures that have them write them; a term that the looked-at glosses lack stays as it is. */
async function spell(
  deps: SuggestDeps,
  tenant: TenantId,
  terms: readonly VocabularyTerm[],
  analyzer: Analyzer,
): Promise<SuggestedWord[]> {
  if (terms.length === 0) return [];
  const scoring = terms.map(({ term }) => ({ term, weight: 1 }));
  const { ranked } = await rankSnapshot(
    deps,
    tenant,
    { scoring, cnf: [] },
    GLOSSES_FOR_SPELLING,
    PAPER_PARAMS,
  );
  const glosses = await deps.glosses.getMany(
    tenant,
    ranked.map(({ imageId }) => imageId),
  );
  const spelling = new Map<string, string>();
  for (const gloss of glosses.values())
    for (const [term, word] of wordsOfGloss(gloss, analyzer))
      if (!spelling.has(term)) spelling.set(term, word);
  return terms.map(({ term, docFreq }) => ({ word: spelling.get(term) ?? term, count: docFreq }));
}
