import { cachingSegmentStore } from '../../adapters/caching-segment-store.ts';
import type { Capacity } from '../../domain/capacity-meter.ts';
import type { TenantId } from '../../domain/ids.ts';
import { mean, percentile } from '../metrics/percentile.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';
import { compileQuery } from '../../query/plan/compile-query.ts';
import { WORDS_ALONE, type ExpandOptions } from '../../query/plan/expand-query.ts';
import { parseQuery } from '../../query/syntax/parse-query.ts';
import { termsToRead, type QueryTerms } from '../../query/plan/query-terms.ts';
import { DEFAULT_PARAMS } from '../../rank/bm25.ts';
import { openIndex } from '../../steps/index/index-reader.ts';
import { rankDocuments } from '../../steps/search/rank-documents.ts';
import type { ScoredImage, ExhaustiveSnapshot } from './exhaustive-snapshot.ts';
import { ResolvingCost } from './resolving-cost.ts';
import type { BenchStore } from './bench-store.ts';
import { GlossError } from '../../domain/errors.ts';
import { naiveRead } from './naive-layout.ts';
import { readLines } from '../../files/read-lines.ts';

export const TOP_K = 10;
const CPU_PASSES = 3;
/** As much as the search function keeps (functions/deps/api-deps.ts). */
const CACHE_BYTES = 256 * 2 ** 20;

export type QuerySets = ReadonlyMap<string, readonly QueryTerms[]>;

/** The middle and the ends of a figure over the queries of a set. */
export interface Spread {
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** What the queries of one set cost. */
export interface SetFigures {
  readonly set: string;
  readonly queries: number;
  /** Cold: an instance that has read nothing yet. The manifest is always in. */
  readonly readUnits: Spread;
  readonly rounds: Spread;
  /** Of these, what it takes to find the documents, before they are named as images. */
  readonly finding: { readonly readUnits: Spread; readonly rounds: Spread };
  readonly requests: Spread;
  readonly bytes: Spread;
  /** The same query once more on the same instance. */
  readonly warmReadUnits: Spread;
  readonly postings: Spread;
  /** Of the process, in the first and in later passes over the same instance. */
  readonly coldCpuMs: Spread;
  readonly cpuMs: Spread;
  readonly hits: Spread;
  /** Queries whose top 10 is, bit for bit, that of the exhaustive evaluation. */
  readonly exact: number;
  /** Arithmetic: one item a posting. */
  readonly naive: { readonly readUnits: Spread; readonly rounds: Spread };
}

/**
 * Reads sets of queries: lines of set and query with a tab between. A set of which every query has several words is
 * asked a second time with all of them required.
 * @param widened whether words are asked with their synonyms and kinds
 */
export async function readQuerySets(file: string, widened = false): Promise<QuerySets> {
  const options: ExpandOptions = widened ? {} : WORDS_ALONE;
  const texts = new Map<string, string[]>();
  let line = 0;
  for await (const row of readLines(file)) {
    line += 1;
    if (row.trim() === '') continue;
    const [set, text] = row.split('\t');
    if (!set || !text)
      throw new GlossError('invalid', 'queries', `${file}, line ${line}: write set, tab, query`);
    texts.set(set, [...(texts.get(set) ?? []), text]);
  }
  if (texts.size === 0)
    throw new GlossError('invalid', 'queries', `${file} has no queries: write lines of set, tab, query`);
  for (const [set, all] of [...texts]) {
    if (!all.every((text) => text.trim().includes(' '))) continue;
    texts.set(
      `${set}, all required`,
      all.map((text) => text.replace(/(?<!\S)[^\s+-]\S*/g, '+$&')),
    );
  }
  return new Map(
    [...texts].map(([set, all]) => [set, all.map((text) => compileQuery(parseQuery(text), options).terms)]),
  );
}

/** Every term of every query. */
export const termsOf = (sets: QuerySets): Set<string> =>
  new Set([...sets.values()].flat().flatMap(termsToRead));

/** Asks every query of a set cold and warm. @param onQuery called after each */
export async function measureSet(
  store: BenchStore,
  tenant: TenantId,
  snapshot: ExhaustiveSnapshot,
  [set, queries]: readonly [string, readonly QueryTerms[]],
  onQuery: () => void,
): Promise<SetFigures> {
  const measured: Measured[] = [];
  for (const query of queries) {
    const segments = cachingSegmentStore(store.deps.segments, CACHE_BYTES);
    const cold = await ask(store, tenant, segments, query);
    const warm: QueryRun[] = [];
    while (warm.length < CPU_PASSES) warm.push(await ask(store, tenant, segments, query));
    const expected = snapshot.rank(query, TOP_K);
    const exact = [cold, ...warm].every(({ top }) => isSame(top, expected));
    const naive = termsToRead(query).map((term) => naiveRead(term, snapshot.docFreq(term)));
    const cpuMs = percentile(
      warm.map((pass) => pass.cpuMs),
      0.5,
    );
    measured.push({ cold, warm: warm[0]!, cpuMs, exact, naive });
    onQuery();
  }
  const spread = (of: (one: Measured) => number) => spreadOf(measured.map(of));
  return {
    set,
    queries: queries.length,
    readUnits: spread(({ cold }) => cold.cost.readUnits),
    rounds: spread(({ cold }) => cold.cost.rounds),
    finding: {
      readUnits: spread(({ cold }) => cold.cost.readUnits - cold.resolving.readUnits),
      rounds: spread(({ cold }) => cold.cost.rounds - cold.resolving.rounds),
    },
    requests: spread(({ cold }) => cold.cost.readRequests),
    bytes: spread(({ cold }) => cold.cost.readBytes),
    warmReadUnits: spread(({ warm }) => warm.cost.readUnits),
    postings: spread(({ cold }) => cold.postings),
    coldCpuMs: spread(({ cold }) => cold.cpuMs),
    cpuMs: spread((one) => one.cpuMs),
    hits: spread(({ cold }) => cold.top.length),
    exact: measured.filter(({ exact }) => exact).length,
    naive: {
      readUnits: spread(({ naive }) => naive.reduce((sum, { units }) => sum + units, 0)),
      rounds: spread(({ naive }) => Math.max(...naive.map(({ pages }) => pages))),
    },
  };
}

interface Measured {
  readonly cold: QueryRun;
  readonly warm: QueryRun;
  /** Median of the warm passes. */
  readonly cpuMs: number;
  readonly exact: boolean;
  readonly naive: readonly ReturnType<typeof naiveRead>[];
}

interface QueryRun {
  readonly top: readonly ScoredImage[];
  readonly postings: number;
  readonly cost: Capacity;
  readonly resolving: ResolvingCost;
  readonly cpuMs: number;
}

async function ask(
  { deps, meter }: BenchStore,
  tenant: TenantId,
  segments: SegmentStore,
  query: QueryTerms,
): Promise<QueryRun> {
  const before = meter.snapshot();
  const cpu = process.cpuUsage();
  const resolving = new ResolvingCost();
  const watched = { manifests: deps.manifests, segments: resolving.watch(segments, meter) };
  const index = await openIndex(watched, tenant);
  const { ranked, figures } = await rankDocuments(index, query, TOP_K, DEFAULT_PARAMS);
  const { user, system } = process.cpuUsage(cpu);
  return {
    top: ranked.map(({ imageId, score }) => ({ imageId, score })),
    postings: figures.postings,
    cost: meter.since(before),
    resolving,
    cpuMs: (user + system) / 1_000,
  };
}

const isSame = (a: readonly ScoredImage[], b: readonly ScoredImage[]): boolean =>
  a.length === b.length &&
  a.every(({ imageId, score }, i) => imageId === b[i]!.imageId && Object.is(score, b[i]!.score));

export const spreadOf = (values: readonly number[]): Spread => ({
  mean: mean(values),
  p50: percentile(values, 0.5),
  p99: percentile(values, 0.99),
  max: percentile(values, 1),
});
