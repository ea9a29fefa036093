import { GlossAnalysis, type AnalysisBounds } from '../../query/hits/gloss-analysis.ts';
import { compileQuery, type CompiledQuery } from '../../query/plan/compile-query.ts';
import type { ExpandOptions } from '../../query/plan/expand-query.ts';
import { prefixesOf, withPrefixes } from '../../query/plan/resolve-prefixes.ts';
import type { Query } from '../../query/syntax/parse-query.ts';
import type { IndexReader } from '../index/index-reader.ts';

export interface PreparedQuery {
  readonly query: Query;
  readonly compiled: CompiledQuery;
  /** Of the glosses that are looked at for it. */
  readonly analysis: GlossAnalysis;
}

/** A query as an evaluator takes it; only prefixes need the vocabulary of the index for that. */
export async function prepareQuery(
  index: IndexReader,
  query: Query,
  expand: ExpandOptions = {},
  bounds?: AnalysisBounds,
): Promise<PreparedQuery> {
  const analysis = new GlossAnalysis(query.analyzer, bounds);
  const prefixes = prefixesOf(query);
  if (prefixes.length === 0) return { query, compiled: compileQuery(query, expand), analysis };
  const found = await Promise.all(
    prefixes.map(async (prefix) => [prefix, await index.termsFrom(prefix)] as const),
  );
  const resolved = withPrefixes(query, new Map(found));
  return { query: resolved, compiled: compileQuery(resolved, expand), analysis };
}
