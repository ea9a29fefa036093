import { phraseFilter, type PhraseFilter } from '../../query/hits/phrase-places.ts';
import { GlossAnalysis, type AnalysisBounds } from '../../query/hits/gloss-analysis.ts';
import { compileQuery, type CompiledQuery } from '../../query/plan/compile-query.ts';
import type { ExpandOptions } from '../../query/plan/expand-query.ts';
import { dateTermsOf, wildcardsOf, withDates, withWildcards } from '../../query/plan/resolve-wildcards.ts';
import { inEnglishToo, type Query } from '../../query/syntax/parse-query.ts';
import { analysisOf, isStale } from '../../text/analysis.ts';
import type { IndexReader } from '../index/index-reader.ts';
import { hasEnglishTexts } from './silent-terms.ts';

export interface PreparedQuery {
  readonly query: Query;
  readonly compiled: CompiledQuery;
  /** Of the glosses that are looked at for it. */
  readonly analysis: GlossAnalysis;
  /** What places of words tell of documents; absent for queries without phrases, and where the words of the index are of another analysis. */
  readonly phrases?: PhraseFilter;
}

/** A query as an evaluator takes it. Only words with "*" and queries that may be English need the index for that. */
export async function prepareQuery(
  index: IndexReader,
  asked: Query,
  expand: ExpandOptions = {},
  bounds?: AnalysisBounds,
): Promise<PreparedQuery> {
  const read =
    asked.mayBeEnglish && (await hasEnglishTexts(index, asked.analyzer)) ? inEnglishToo(asked) : asked;
  const query = await resolved(index, await dated(index, read));
  const compiled = compileQuery(query, expand);
  const isSame = !isStale(index.manifest.analysis, analysisOf(query.analyzer));
  const phrases = compiled.needsGloss && isSame ? phraseFilter(query) : undefined;
  return {
    query,
    compiled,
    analysis: new GlossAnalysis(query.analyzer, bounds),
    ...(phrases && { phrases }),
  };
}

/** With no terms of long spans but those that pictures have; one round where there are any. */
async function dated(index: IndexReader, query: Query): Promise<Query> {
  const terms = dateTermsOf(query);
  return terms.length === 0 ? query : withDates(query, await index.docFreqs(terms));
}

async function resolved(index: IndexReader, query: Query): Promise<Query> {
  const wanted = wildcardsOf(query);
  if (wanted.size === 0) return query;
  const found = await Promise.all(
    Array.from(wanted, async ([text, { begins, stems }]) => {
      const [docFreqs, ...longer] = await Promise.all([
        index.docFreqs(stems),
        ...begins.map((begin) => index.termsFrom(begin)),
      ]);
      const shorter = Array.from(docFreqs, ([term, docFreq]) => ({ term, docFreq }));
      const all = [...longer.flat(), ...shorter.filter(({ docFreq }) => docFreq > 0)];
      return [text, all.toSorted((a, b) => b.docFreq - a.docFreq || (a.term < b.term ? -1 : 1))] as const;
    }),
  );
  return withWildcards(query, new Map(found));
}
