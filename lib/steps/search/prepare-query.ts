import type { TenantId } from '../../domain/ids.ts';
import { compileQuery, type CompiledQuery } from '../../query/plan/compile-query.ts';
import type { ExpandOptions } from '../../query/plan/expand-query.ts';
import type { Query } from '../../query/syntax/parse-query.ts';
import { prefixesOf, withPrefixes } from '../../query/plan/resolve-prefixes.ts';
import type { RankDeps } from './rank-snapshot.ts';
import { readTermsFrom } from '../index/read-vocabulary.ts';

export interface PreparedQuery {
  readonly query: Query;
  readonly compiled: CompiledQuery;
}

/** A query as an evaluator takes it; only prefixes need the tenant's vocabulary for that. */
export async function prepareQuery(
  { manifests, segments }: RankDeps,
  tenant: TenantId,
  query: Query,
  options: ExpandOptions = {},
): Promise<PreparedQuery> {
  const prefixes = prefixesOf(query);
  if (prefixes.length === 0) return { query, compiled: compileQuery(query, options) };
  const manifest = await manifests.read(tenant);
  const found = await Promise.all(
    prefixes.map(
      async (prefix) => [prefix, await readTermsFrom(segments, tenant, manifest, prefix)] as const,
    ),
  );
  const resolved = withPrefixes(query, new Map(found));
  return { query: resolved, compiled: compileQuery(resolved, options) };
}
