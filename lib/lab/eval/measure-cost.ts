import type { CapacityMeter } from '../../domain/capacity-meter.ts';
import type { TenantId } from '../../domain/ids.ts';
import { parseQuery, plainQuery, type Query } from '../../query/syntax/parse-query.ts';
import { DEFAULT_PAGE } from '../../steps/search/rank-matches.ts';
import { RERANK_NOTHING } from '../../query/hits/score-views.ts';
import { search, type SearchDeps, type SearchRequest } from '../../steps/search/search.ts';
import { mean, percentile } from '../metrics/percentile.ts';

/** What asking the queries in one way takes, read cold. */
export interface CostFigures {
  readonly way: string;
  readonly readUnits: { readonly mean: number; readonly p50: number; readonly max: number };
  /** Of the mean, to that of plain BM25. */
  readonly ratio: number;
  readonly roundsMean: number;
}

interface Way {
  readonly name: string;
  readonly read: (text: string) => Query;
  readonly request: Omit<SearchRequest, 'query' | 'limit'>;
}

const WAYS: readonly Way[] = [
  { name: 'plain', read: plainQuery, request: { rerank: RERANK_NOTHING } },
  { name: 'expanded', read: parseQuery, request: {} },
  { name: 'expanded, likely', read: parseQuery, request: { likely: true } },
  { name: 'expanded, related', read: parseQuery, request: { related: true } },
  { name: 'expanded, likely and related', read: parseQuery, request: { likely: true, related: true } },
];

/** Read units of whole searches: manifest, index, and the records and glosses of the hits. */
export async function measureCost(
  deps: SearchDeps,
  meter: CapacityMeter,
  tenant: TenantId,
  queries: readonly string[],
): Promise<CostFigures[]> {
  const found: Omit<CostFigures, 'ratio'>[] = [];
  for (const { name, read, request } of WAYS) {
    const units: number[] = [];
    const rounds: number[] = [];
    for (const text of queries) {
      const before = meter.snapshot();
      await search(deps, tenant, { ...request, query: read(text), limit: DEFAULT_PAGE });
      const cost = meter.since(before);
      units.push(cost.readUnits);
      rounds.push(cost.rounds);
    }
    found.push({
      way: name,
      readUnits: { mean: mean(units), p50: percentile(units, 0.5), max: Math.max(...units) },
      roundsMean: mean(rounds),
    });
  }
  return found.map((figures) => ({ ...figures, ratio: figures.readUnits.mean / found[0]!.readUnits.mean }));
}
