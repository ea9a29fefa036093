import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTemporaryIndex, type TemporaryIndex } from '../../../../infra/local/temporary-index.ts';
import { cachingSegmentStore } from '../../../../lib/adapters/caching-segment-store.ts';
import { CapacityMeter } from '../../../../lib/domain/capacity-meter.ts';
import { parseTenantId, type SegmentId } from '../../../../lib/domain/ids.ts';
import type { Manifest, SegmentEntry } from '../../../../lib/index/segment/manifest.ts';
import type { SegmentStore } from '../../../../lib/ports/segment-store.ts';
import { parseQuery } from '../../../../lib/query/syntax/parse-query.ts';
import { PAPER_PARAMS } from '../../../../lib/rank/bm25.ts';
import { IndexReader, openIndex } from '../../../../lib/steps/index/index-reader.ts';
import { laterPage } from '../../../../lib/steps/search/pages.ts';
import { prepareQuery } from '../../../../lib/steps/search/prepare-query.ts';
import { rankDocuments } from '../../../../lib/steps/search/rank-documents.ts';
import { RERANK_NOTHING } from '../../../../lib/query/hits/score-views.ts';
import { segmentOf } from '../../../support/segments.ts';

/** What pages behind the first one read of the index, at any depth. */

const tenant = parseTenantId('deep');
const DOCS = 24_000;
const LIMIT = 20;
const WORDS = ['dog', 'red', 'car', 'tree', 'street', 'person'];
const meter = new CapacityMeter();
let store: TemporaryIndex;

/** Numbers that look drawn, the same in every run. */
const drawn = (i: number, salt: number): number =>
  (Math.imul(i ^ Math.imul(salt, 0x9e3779b1), 0x85ebca6b) >>> 8) / 2 ** 24;

beforeAll(async () => {
  store = await openTemporaryIndex({ meter });
  const documents = Array.from({ length: DOCS }, (_, i) => [
    ...WORDS.flatMap((word, w) =>
      drawn(i, w) < 0.6 / (1 + w * 0.3) ? Array<string>(1 + Math.floor(drawn(i, w + 10) * 6)).fill(word) : [],
    ),
    ...Array.from(
      { length: 10 + Math.floor(drawn(i, 20) * 50) },
      (_, n) => `w${Math.floor(drawn(i, 30 + n) ** 3 * 3_000)}`,
    ),
  ]);
  const segments: SegmentEntry[] = [];
  for (const [i, from, to] of [
    [0, 0, 16_000],
    [1, 16_000, 22_000],
    [2, 22_000, DOCS],
  ] as const) {
    const batch = documents.slice(from, to).toSorted((a, b) => a.length - b.length);
    const { items, entry } = segmentOf(batch, from);
    const id = `segment-${i}` as SegmentId;
    await store.deps.segments.write(
      tenant,
      id,
      Array.from(items, ([sk, body]) => ({ sk, body })),
    );
    segments.push({ ...entry, id });
  }
  await store.deps.manifests.commit(tenant, { version: 1, segments, merges: [] });
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
      const none = { getMany: () => Promise.resolve(new Map()) };
      const request = { place, limit: LIMIT, params: PAPER_PARAMS, rerank: RERANK_NOTHING };
      const { next } = await laterPage({ records: none, glosses: none }, tenant, index, prepared, request);
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
