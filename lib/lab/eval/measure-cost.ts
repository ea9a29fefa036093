import type { CapacityMeter } from '../../domain/capacity-meter.ts';
import type { TenantId } from '../../domain/ids.ts';
import { mean, percentile } from '../metrics/percentile.ts';
import { parseQuery, plainQuery, type Query } from '../../query/syntax/parse-query.ts';
import { PAPER_PARAMS } from '../../rank/bm25.ts';
import { search, type SearchDeps, type SearchOptions } from '../../steps/search/search.ts';

/** What asking the queries in one way takes, read cold. */
export interface CostFigures {
  readonly way: string;
  readonly readUnits: { readonly mean: number; readonly p50: number; readonly max: number };
  /** Of the mean, to that of plain BM25. */
  readonly ratio: number;
  readonly roundsMean: number;
}

/** Hits of a page, as the API gives them by itself. */
const LIMIT = 20;

const WAYS: readonly (readonly [way: string, read: (text: string) => Query, options: SearchOptions])[] = [
  ['plain', plainQuery, { lexicon: false, compounds: false, sameView: false, agreement: false }],
  ['expanded', parseQuery, {}],
  ['expanded, likely', parseQuery, { likely: true }],
  ['expanded, related', parseQuery, { related: true }],
  ['expanded, likely and related', parseQuery, { likely: true, related: true }],
];

/** Read units of whole searches: manifest, index, and the records and glosses of the hits. */
export async function measureCost(
  deps: SearchDeps,
  meter: CapacityMeter,
  tenant: TenantId,
  queries: readonly string[],
): Promise<CostFigures[]> {
  const found: Omit<CostFigures, 'ratio'>[] = [];
  for (const [way, read, options] of WAYS) {
    const units: number[] = [];
    const rounds: number[] = [];
    for (const text of queries) {
      const before = meter.snapshot();
      await search(deps, tenant, read(text), LIMIT, PAPER_PARAMS, options);
      const cost = meter.since(before);
      units.push(cost.readUnits);
      rounds.push(cost.rounds);
    }
    found.push({
      way,
      readUnits: { mean: mean(units), p50: percentile(units, 0.5), max: Math.max(...units) },
      roundsMean: mean(rounds),
    });
  }
  return found.map((figures) => ({ ...figures, ratio: figures.readUnits.mean / found[0]!.readUnits.mean }));
}
