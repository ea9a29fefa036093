import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTemporaryIndex, type TemporaryIndex } from '../../../../infra/local/temporary-index.ts';
import { cachingSegmentStore } from '../../../../lib/adapters/caching-segment-store.ts';
import { CapacityMeter } from '../../../../lib/domain/capacity-meter.ts';
import { parseTenantId, type SegmentId } from '../../../../lib/domain/ids.ts';
import type { SegmentStore } from '../../../../lib/ports/segment-store.ts';
import { openIndex } from '../../../../lib/steps/index/index-reader.ts';
import { segmentOf, type Words } from '../../../support/segments.ts';

/** How many read units the directories of a snapshot take. */

const tenant = parseTenantId('directories');
const meter = new CapacityMeter();
let store: TemporaryIndex;
const LARGE = 'large' as SegmentId;
const SMALL = 'small' as SegmentId;
/** Words enough for tens of items in the large segment, and for three in the small one. */
const wordsOf = (docs: number, each: number): Words[] =>
  Array.from({ length: docs }, (_, i) => [
    'dog',
    '=dog',
    'dog house',
    ...Array.from({ length: each }, (_, n) => `w${((i * each + n) * 7_919) % 100_003}`),
  ]);

beforeAll(async () => {
  store = await openTemporaryIndex({ meter });
  const segments = [];
  for (const [id, words] of [
    [LARGE, wordsOf(600, 40)],
    [SMALL, wordsOf(40, 35)],
  ] as const) {
    const { items, entry } = segmentOf(words);
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

/** Read units that the lists of terms take, without those of the manifest. */
async function unitsOf(terms: readonly string[], segments: SegmentStore = store.deps.segments) {
  const index = await openIndex({ ...store.deps, segments }, tenant);
  const before = meter.snapshot();
  const postings = await index.postings(terms);
  const { readUnits } = meter.since(before);
  return { readUnits, docFreqs: postings.map(({ lists }) => terms.map((term) => lists.get(term)?.docFreq)) };
}

it('a word, its class and the names that begin with it take one directory item of each segment', async () => {
  const { readUnits, docFreqs } = await unitsOf(['dog', '=dog', 'dog house', 'dog bed']);
  expect(docFreqs).toEqual([
    [600, 600, 600, undefined],
    [40, 40, 40, undefined],
  ]);
  expect(readUnits).toBe(2 * 0.5);
});

it('words that stand apart take one of each', async () => {
  expect((await unitsOf(['dog', 'w1'])).readUnits).toBe(4 * 0.5);
});

it('a segment of no more items than there are terms is read once', async () => {
  const terms = Array.from({ length: 20 }, (_, i) => `w${i * 311}`);
  const { segments } = await store.deps.manifests.read(tenant);
  const items = await store.deps.segments.readDirectories(tenant, SMALL, [], 1e6);
  expect(items.length).toBeGreaterThan(1);
  expect(segments[1]!.bytes).toBeLessThan(20 * 4_096);
  const { readUnits } = await unitsOf(terms);
  // Twenty of the large segment, and as many as the bytes of the small one make.
  const bytes = items.reduce((sum, { body }) => sum + body.length, 0);
  expect(readUnits).toBeGreaterThan(10);
  expect(readUnits).toBeLessThanOrEqual(10 + 0.5 * Math.ceil((bytes + 100 * items.length) / 4_096));
});

it('what an instance has of it is not read again', async () => {
  const cache = cachingSegmentStore(store.deps.segments, 1e8);
  const terms = Array.from({ length: 20 }, (_, i) => `w${i * 311}`);
  await unitsOf(terms, cache);
  expect((await unitsOf(terms, cache)).readUnits).toBe(0);
  expect((await unitsOf(terms.slice(3, 5), cache)).readUnits).toBe(0);
});

it('items that have not arrived yet are read strongly', async () => {
  const real = store.deps.segments;
  const terms = Array.from({ length: 20 }, (_, i) => `w${i * 311}`);
  const { docFreqs } = await unitsOf(terms);
  for (const keep of [0, 1]) {
    const late: SegmentStore = {
      ...real,
      readDirectories: async (...args) => (await real.readDirectories(...args)).slice(0, keep),
    };
    expect((await unitsOf(terms, late)).docFreqs).toEqual(docFreqs);
  }
});

it('document frequencies are those of the lists, whatever the order of the terms', async () => {
  const index = await openIndex(store.deps, tenant);
  const terms = ['=dog', 'w7919', 'absent', 'dog', '=absent', 'dog house', 'cat'];
  expect([...(await index.docFreqs(terms))]).toEqual([
    ['=dog', 640],
    ['w7919', 2],
    ['absent', 0],
    ['dog', 640],
    ['=absent', 0],
    ['dog house', 640],
    ['cat', 0],
  ]);
});
