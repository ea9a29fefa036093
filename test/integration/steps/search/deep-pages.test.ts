import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TemporaryIndex } from '../../../../infra/local/temporary-index.ts';
import { cachingSegmentStore } from '../../../../lib/adapters/caching-segment-store.ts';
import { CapacityMeter } from '../../../../lib/domain/capacity-meter.ts';
import { parseTenantId } from '../../../../lib/domain/ids.ts';
import type { Manifest } from '../../../../lib/index/segment/manifest.ts';
import type { SegmentStore } from '../../../../lib/ports/segment-store.ts';
import { parseQuery } from '../../../../lib/query/syntax/parse-query.ts';
import { PAPER_PARAMS } from '../../../../lib/rank/bm25.ts';
import { IndexReader, openIndex } from '../../../../lib/steps/index/index-reader.ts';
import { laterPage } from '../../../../lib/steps/search/pages.ts';
import { prepareQuery } from '../../../../lib/steps/search/prepare-query.ts';
import { rankDocuments } from '../../../../lib/steps/search/rank-documents.ts';
import { RERANK_NOTHING } from '../../../../lib/query/hits/score-views.ts';
import { openDeepIndex } from '../../../support/deep-index.ts';

/** What pages behind the first one read of the index, at any depth. */

const tenant = parseTenantId('deep');
const LIMIT = 20;
const meter = new CapacityMeter();
let store: TemporaryIndex;

beforeAll(async () => {
  store = await openDeepIndex(tenant, meter);
});
afterAll(() => store.close());

/** Read units of the index: for the first page, for a page further down on the same instance, and for that on a fresh one. */
async function unitsOf(query: string, rank: number) {
  const freshInstance = () => cachingSegmentStore(store.deps.segments, 256 * 2 ** 20);
  const measured = async (run: () => Promise<unknown>) => {
    const before = meter.snapshot();
    await run();
    return meter.since(before).readUnits;
  };
  const segments = freshInstance();
  let manifest: Manifest | undefined;
  const first = await measured(async () => {
    const index = await openIndex({ manifests: store.deps.manifests, segments }, tenant);
    ({ manifest } = index);
    const { compiled } = await prepareQuery(index, parseQuery(query));
    await rankDocuments(index, compiled.terms, LIMIT, PAPER_PARAMS, compiled.tiers);
  });
  const pageAt = (from: number, on: SegmentStore) =>
    measured(async () => {
      const index = new IndexReader(on, tenant, manifest!);
      const prepared = await prepareQuery(index, parseQuery(query));
      const place = { window: LIMIT, rank: from, found: 0 };
      const records = { getMany: () => Promise.resolve(new Map()) };
      const glosses = { ofStates: () => Promise.resolve(new Map()) };
      const request = { place, limit: LIMIT, params: PAPER_PARAMS, rerank: RERANK_NOTHING };
      const { next } = await laterPage({ records, glosses }, tenant, index, prepared, request);
      expect(next).toMatchObject({ rank: from + LIMIT });
    });
  await pageAt(rank - LIMIT, segments);
  return { query, first, deep: await pageAt(rank, segments), fresh: await pageAt(rank, freshInstance()) };
}

describe('a page far down', () => {
  const rows: Awaited<ReturnType<typeof unitsOf>>[] = [];
  // The table of docs/query-language.md, for whoever asks for it.
  afterAll(() => process.env['GLOSS_REPORT'] && console.table(rows));

  it.each([
    ['dog', 10_000],
    ['red dog', 10_000],
    ['dog red car', 10_000],
    ['+dog +red', 6_000],
    ['dog -tree', 7_000],
    ['person on the street', 10_000],
  ])('of %s, at hit %i, reads at most 1.5 times what the first reads of the index', async (query, rank) => {
    const units = await unitsOf(query, rank);
    rows.push(units);
    expect(units.deep).toBeLessThanOrEqual(1.5 * units.first);
  });
});
