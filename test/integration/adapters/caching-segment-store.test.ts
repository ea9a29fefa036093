import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cachingSegmentStore } from '../../../lib/adapters/caching-segment-store.ts';
import { openTemporaryIndex, type TemporaryIndex } from '../../../infra/local/temporary-index.ts';
import { parseTenantId, type SegmentId } from '../../../lib/domain/ids.ts';
import type { SegmentStore } from '../../../lib/ports/segment-store.ts';
import { plainQuery } from '../../../lib/query/syntax/parse-query.ts';
import { PAPER_PARAMS } from '../../../lib/rank/bm25.ts';
import type { SegmentEntry } from '../../../lib/index/segment/manifest.ts';
import { compileQuery } from '../../../lib/query/plan/compile-query.ts';
import { openIndex } from '../../../lib/steps/index/index-reader.ts';
import { rankDocuments } from '../../../lib/steps/search/rank-documents.ts';
import { segmentOf } from '../../support/segments.ts';

/** Reading through the cache answers the same and asks the store once. */

const tenant = parseTenantId('cached');
const DOCS = 2_040;
let store: TemporaryIndex;
let asked: string[];
beforeAll(async () => {
  store = await openTemporaryIndex();
  // Enough distinct words for several directory items, a list that is long enough for chunks, and a small segment.
  const documents = Array.from({ length: DOCS }, (_, i) => [
    `word${i}`,
    ...Array<string>(1 + ((i * 37) % 200)).fill('cat'),
    ...Array<string>(i % 60).fill('dog'),
  ]);
  const entries: SegmentEntry[] = [];
  for (const [i, batch] of [documents.slice(0, -40), documents.slice(-40)].entries()) {
    const { items, entry } = segmentOf(batch.toSorted((a, b) => a.length - b.length));
    const id = `segment-${i}` as SegmentId;
    await store.deps.segments.write(
      tenant,
      id,
      Array.from(items, ([sk, body]) => ({ sk, body })),
    );
    entries.push({ ...entry, id });
  }
  expect(entries.map(({ isSingleItem: whole }) => whole)).toEqual([false, true]);
  await store.deps.manifests.commit(tenant, { version: 1, segments: entries, merges: [] });
});
afterAll(() => store.close());
beforeEach(() => {
  asked = [];
});

/** The real store, writing down what it is asked. */
function observed(): SegmentStore {
  const real = store.deps.segments;
  return {
    ...real,
    findDirectory(of, segmentId, term, options) {
      asked.push(`directory of ${term}`);
      return real.findDirectory(of, segmentId, term, options);
    },
    read(of, keys) {
      asked.push(...keys.map(({ segmentId, sk }) => `${segmentId} ${sk}`));
      return real.read(of, keys);
    },
  };
}

async function ranked(segments: SegmentStore, query: string) {
  const deps = { manifests: store.deps.manifests, segments };
  const index = await openIndex(deps, tenant);
  const terms = compileQuery(plainQuery(query)).terms;
  const { total, ranked: top } = await rankDocuments(index, terms, 20, PAPER_PARAMS);
  return { total, top };
}

describe('a caching segment store', () => {
  it('reads nothing for a query that was asked before', async () => {
    const cache = cachingSegmentStore(observed(), 1e8);
    const first = await ranked(cache, 'cat word7');
    expect(first.total).toBe(DOCS);
    expect(asked.length).toBeGreaterThan(0);
    asked = [];
    expect(await ranked(cache, 'cat word7')).toEqual(first);
    expect(asked).toEqual([]);
  });

  it('knows from a directory that it has that a term is not there', async () => {
    const cache = cachingSegmentStore(observed(), 1e8);
    await ranked(cache, 'word7');
    asked = [];
    expect((await ranked(cache, 'word70no')).total).toBe(0);
    const known = asked.length;
    await ranked(cache, 'word70nothing');
    expect(asked.length).toBe(known);
  });

  it('answers as the store itself does, whatever was asked before and however little it may keep', async () => {
    for (const maxBytes of [1, 10_000, 1e8]) {
      const cache = cachingSegmentStore(observed(), maxBytes);
      for (const query of [
        'word1',
        'word899 cat',
        'cat',
        'nowhere',
        'word450 word451',
        'word1',
        'cat word3',
      ]) {
        expect(await ranked(cache, query)).toEqual(await ranked(store.deps.segments, query));
      }
    }
  });

  it('reads an item once for all that want it at the same time', async () => {
    const cache = cachingSegmentStore(observed(), 1e8);
    // Where the word of one document is with the other, only the chunks of the other tell.
    await Promise.all(Array.from({ length: 3 }, () => ranked(cache, 'cat word7')));
    const chunks = asked.filter((name) => name.includes(' c/'));
    expect(chunks.length).toBeGreaterThan(0);
    expect(new Set(chunks).size).toBe(chunks.length);
  });

  it('asks once for an item that is wanted twice in one read', async () => {
    const cache = cachingSegmentStore(observed(), 1e8);
    const { segments } = await store.deps.manifests.read(tenant);
    const key = { segmentId: segments[1]!.id, sk: 'w' };
    const [one, other] = await cache.read(tenant, [key, { ...key }]);
    expect(asked).toEqual([`${key.segmentId} w`]);
    expect(other).toBe(one);
  });

  it('keeps tenants apart', async () => {
    const cache = cachingSegmentStore(observed(), 1e8);
    const { segments } = await store.deps.manifests.read(tenant);
    const other = parseTenantId('somebody-else');
    expect(await cache.findDirectory(tenant, segments[0]!.id, 'cat', { consistent: true })).toBeDefined();
    expect(await cache.findDirectory(other, segments[0]!.id, 'cat', { consistent: true })).toBeUndefined();
  });
});

describe('a read that comes too early', () => {
  it('is read again strongly: every term is found although eventually consistent reads miss what is new', async () => {
    const real = store.deps.segments;
    for (const visible of ['nothing', 'the first item']) {
      const late: SegmentStore = {
        ...real,
        async findDirectory(of, segmentId, term, options) {
          if (options.consistent) return real.findDirectory(of, segmentId, term, options);
          return visible === 'nothing' ? undefined : real.findDirectory(of, segmentId, '', options);
        },
      };
      expect(await ranked(late, 'word899 cat')).toEqual(await ranked(real, 'word899 cat'));
    }
  });
});
