import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTemporaryIndex, type TemporaryIndex } from '../../infra/local/temporary-index.ts';
import { GlossError } from '../../lib/domain/errors.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import type { Manifests } from '../../lib/ports/manifests.ts';
import type { SegmentStore } from '../../lib/ports/segment-store.ts';
import { parseQuery } from '../../lib/query/syntax/parse-query.ts';
import { importDocuments } from '../../lib/steps/images/import-documents.ts';
import { search, type SearchRequest } from '../../lib/steps/search/search.ts';
import { completeWord } from '../../lib/steps/search/suggest-words.ts';
import { ENGLISH } from '../../lib/text/analyzer.ts';

/** Whatever a request asks of the index, it asks of one snapshot: the manifest is read once. */

const TENANT = parseTenantId('photos');
const DOCUMENTS = Array.from({ length: 40 }, (_, i) => ({
  id: `photo-${i}`,
  texts: [i % 2 === 0 ? 'a kitchen with an oven' : 'a road with a small truck', `a picture of number ${i}`],
}));

let store: TemporaryIndex;
beforeAll(async () => {
  store = await openTemporaryIndex();
  await importDocuments(store.deps, { id: TENANT, createdAtMs: 0 }, DOCUMENTS);
  await store.settle(TENANT);
});
afterAll(() => store.close());

/** The manifests of the store, counted. @param before called before the first read is answered */
function counted() {
  let reads = 0;
  const manifests: Manifests = {
    read(tenant) {
      reads += 1;
      return store.deps.manifests.read(tenant);
    },
    commit: () => Promise.reject(new Error('a search commits nothing')),
  };
  return { manifests, reads: () => reads };
}

const REQUESTS: readonly [string, string, Partial<SearchRequest>][] = [
  ['one word', 'kitchen', {}],
  ['two words', 'kitchen oven', {}],
  ['a prefix', 'kit* tru*', {}],
  ['a phrase', '"small truck"', {}],
  ['the likely tier', 'kitchen', { likely: true }],
  ['related words', 'road', { related: true }],
  ['suggestions', 'kitchn', { suggestions: true }],
  ['everything', 'kit* "small truck"', { likely: true, related: true, suggestions: true }],
  ['everything of nothing', 'kitchn zzz*', { likely: true, related: true, suggestions: true }],
];

describe('a request reads the manifest once', () => {
  it.each(REQUESTS)('for %s', async (_, text, wanted) => {
    const { manifests, reads } = counted();
    const request = { query: parseQuery(text), limit: 20, ...wanted };
    const answer = await search({ ...store.deps, manifests }, TENANT, request);
    expect(reads()).toBe(1);
    expect(answer).toMatchObject({ hits: expect.any(Array) as unknown });
    if (wanted.suggestions && answer.total === 0) expect(answer.suggestions).not.toEqual([]);
  });

  it('for the completion of a word', async () => {
    const { manifests, reads } = counted();
    const words = await completeWord({ ...store.deps, manifests }, TENANT, 'kit', ENGLISH, 8);
    expect([words, reads()]).toEqual([[{ word: 'kitchen', count: 20 }], 1]);
  });
});

/** A store that has dropped every segment of the snapshot once, as after a merge. */
function droppedOnce(isDropped: () => boolean): SegmentStore {
  const { segments } = store.deps;
  const gone = () => Promise.reject(new GlossError('corrupt', 'segment_item_missing', 'dropped'));
  return {
    ...segments,
    read: (...args) => (isDropped() ? gone() : segments.read(...args)),
    findDirectory: (...args) => (isDropped() ? gone() : segments.findDirectory(...args)),
  };
}

describe('a segment that was dropped under a request', () => {
  it.each(REQUESTS)('costs a second manifest and nothing of the answer: %s', async (_, text, wanted) => {
    const request = { query: parseQuery(text), limit: 20, ...wanted };
    const expected = await search(store.deps, TENANT, request);
    let reads = 0;
    const manifests: Manifests = {
      async read(tenant) {
        reads += 1;
        const manifest = await store.deps.manifests.read(tenant);
        return reads === 1 ? { ...manifest, version: manifest.version - 1 } : manifest;
      },
      commit: () => Promise.reject(new Error('a search commits nothing')),
    };
    const segments = droppedOnce(() => reads === 1);
    const answer = await search({ ...store.deps, manifests, segments }, TENANT, request);
    expect(reads).toBe(2);
    expect({ ...answer, figures: undefined }).toEqual({ ...expected, figures: undefined });
  });

  it('is an error where the manifest still names it', async () => {
    const { manifests, reads } = counted();
    const deps = { ...store.deps, manifests, segments: droppedOnce(() => true) };
    const request = { query: parseQuery('kitchen'), limit: 20 };
    await expect(search(deps, TENANT, request)).rejects.toMatchObject({ code: 'segment_item_missing' });
    expect(reads()).toBe(2);
  });
});
