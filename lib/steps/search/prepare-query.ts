import { compileQuery, type CompiledQuery } from '../../query/plan/compile-query.ts';
import type { ExpandOptions } from '../../query/plan/expand-query.ts';
import { prefixesOf, withPrefixes } from '../../query/plan/resolve-prefixes.ts';
import type { Query } from '../../query/syntax/parse-query.ts';
import type { IndexReader } from '../index/index-reader.ts';

export interface PreparedQuery {
  readonly query: Query;
  readonly compiled: CompiledQuery;
}

/** A query as an evaluator takes it; only prefixes need the vocabulary of the index for that. */
export async function prepareQuery(
  index: IndexReader,
  query: Query,
  expand: ExpandOptions = {},
): Promise<PreparedQuery> {
  const prefixes = prefixesOf(query);
  if (prefixes.length === 0) return { query, compiled: compileQuery(query, expand) };
  const found = await Promise.all(
    prefixes.map(async (prefix) => [prefix, await index.termsFrom(prefix)] as const),
  );
  const resolved = withPrefixes(query, new Map(found));
  return { query: resolved, compiled: compileQuery(resolved, expand) };
}
