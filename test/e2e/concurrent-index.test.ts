import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cachingSegmentStore } from '../../lib/adapters/caching-segment-store.ts';
import { openTemporaryIndex, type TemporaryIndex } from '../../infra/local/temporary-index.ts';
import { GlossError } from '../../lib/domain/errors.ts';
import { imageIdOf, parseTenantId, type ImageId, type SegmentId } from '../../lib/domain/ids.ts';
import type { MergeMessage } from '../../lib/domain/messages.ts';
import { readableOnes } from '../../lib/domain/unreadable.ts';
import type { SegmentStore } from '../../lib/ports/segment-store.ts';
import { plainQuery } from '../../lib/query/syntax/parse-query.ts';
import { compileQuery } from '../../lib/query/plan/compile-query.ts';
import { PAPER_PARAMS } from '../../lib/rank/bm25.ts';
import { importDocuments } from '../../lib/steps/images/import-documents.ts';
import { indexGlosses } from '../../lib/steps/index/index-glosses.ts';
import { dropSegments } from '../../lib/steps/index/drop-segments.ts';
import { mergeSegments } from '../../lib/steps/index/merge-segments.ts';
import { readIndex } from '../../lib/steps/index/index-reader.ts';
import { rankDocuments } from '../../lib/steps/search/rank-documents.ts';
import { removeImages } from '../../lib/steps/images/remove-image.ts';
import { noObjects } from '../support/no-objects.ts';
import { randomOf } from '../support/random.ts';

/**
 * Writers, mergers, a deleter, one who gives other words, and readers on one tenant, on the embedded DynamoDB. Everybody keeps a diary; each answer
 * must be one that the diary allows: what was searchable before the search began and nobody began to delete is there
 * once, what was deleted before is not, words that were replaced find nothing, and nothing is there that was never written.
 */

/** The least time that they run; on a busy machine they go on until enough has happened. */
const RUN_MS = 12_000;
const WORDS = ['red', 'kite', 'lamp', 'sofa', 'boat'];
/** Before a segment is dropped; searches that had begun by then are waited for. */
const DROP_AFTER_MS = 500;
/** Of a merge, between reading and committing: deletions fall into it. */
const MERGE_PAUSE_MS = 200;
const TENANT = parseTenantId('busy');

interface Diary {
  readonly name: string;
  /** The word that finds it; two while it gets another one. */
  words: readonly string[];
  /** At most once: a search that takes long could not tell what it may find otherwise. */
  replaced: boolean;
  searchable: boolean;
  /** Nobody may rely on the document any more. */
  deleting: boolean;
  deleted: boolean;
}

const isAtRest = ({ searchable, deleting, words }: Diary): boolean =>
  searchable && !deleting && words.length === 1;
const isSurelyFound = ({ deleting, words }: Diary, word: string): boolean =>
  !deleting && words.length === 1 && words[0] === word;

/** Work that is under way. */
const working = new Set<Promise<unknown>>();

async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  const whole = repeated(work);
  working.add(whole);
  return whole.finally(() => working.delete(whole));
}

/** As a queue does: whoever met too many other writers comes again. */
async function repeated<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof GlossError) || error.kind !== 'conflict') throw error;
    }
  }
}

let store: TemporaryIndex;
beforeAll(async () => {
  store = await openTemporaryIndex();
});
afterAll(() => store.close());

describe('an index in use', () => {
  it('never misses a document, shows one twice or brings one back', async () => {
    const end = Date.now() + RUN_MS;
    const diary = new Map<ImageId, Diary>();
    const counts = { searches: 0, written: 0, deleted: 0, replaced: 0, merges: 0, drops: 0, mostSegments: 0 };
    const drops: Promise<void>[] = [];
    const searches = new Set<Promise<unknown>>();
    const goesOn = () =>
      Date.now() < end ||
      counts.searches <= 100 ||
      counts.merges <= 3 ||
      counts.drops <= 3 ||
      counts.deleted <= 20 ||
      counts.replaced <= 20 ||
      written.size <= 40;
    const mergeQueue = {
      send(messages: readonly MergeMessage[]) {
        for (const message of messages) if (message.task === 'drop') drops.push(dropLater(message));
        return Promise.resolve();
      },
    };
    /** Every segment of which an item was ever written. */
    const written = new Set<SegmentId>();
    const segmentStore: SegmentStore = {
      ...store.deps.segments,
      write(tenant, segmentId, items) {
        written.add(segmentId);
        return store.deps.segments.write(tenant, segmentId, items);
      },
    };
    const tenants = { get: () => Promise.resolve(undefined) };
    const deps = { ...store.deps, segments: segmentStore, mergeQueue, objects: noObjects, tenants };
    async function dropLater(message: Parameters<typeof dropSegments>[1]) {
      await pause(DROP_AFTER_MS);
      // In a deployment no reader and no worker lives as long as a drop waits, however slow it is.
      await Promise.allSettled([...searches, ...working]);
      await dropSegments(deps, message);
      counts.drops += 1;
    }

    async function write(seed: number) {
      const random = randomOf(seed);
      for (let batch = 0; goesOn(); batch += 1) {
        const documents = Array.from({ length: 1 + random.below(20) }, (_, i) => ({
          id: `${seed}-${batch}-${i}`,
          word: random.pick(WORDS),
        }));
        const ids = documents.map(({ id }) => imageIdOf(TENANT, id));
        for (const [i, { word }] of documents.entries()) {
          diary.set(ids[i]!, {
            name: documents[i]!.id,
            words: [word],
            replaced: false,
            searchable: false,
            deleting: false,
            deleted: false,
          });
        }
        await importDocuments(
          deps,
          { id: TENANT, createdAtMs: 0 },
          documents.map(({ id, word }) => ({
            id,
            texts: [`${word} photo ${'of it '.repeat(random.below(9))}`],
          })),
        );
        await untilDone(() => indexGlosses(deps, TENANT, ids));
        for (const id of ids) diary.get(id)!.searchable = true;
        counts.written += ids.length;
        await pause(200);
      }
    }

    async function remove() {
      const random = randomOf(99);
      while (goesOn()) {
        await pause(100);
        const able = [...diary].filter(([, one]) => isAtRest(one));
        if (able.length === 0) continue;
        const chosen = random.sample(able, 1 + random.below(10));
        for (const [, entry] of chosen) entry.deleting = true;
        const ids = chosen.map(([id]) => id);
        const records = await deps.records.getMany(TENANT, ids);
        const removals = readableOnes(records.values()).map((record) => ({
          ...record,
          deletesObject: true as const,
        }));
        await untilDone(() => removeImages(deps, TENANT, removals));
        for (const [, entry] of chosen) entry.deleted = true;
        counts.deleted += chosen.length;
      }
    }

    async function replace() {
      const random = randomOf(98);
      while (goesOn()) {
        await pause(60);
        const able = [...diary].filter(([, one]) => isAtRest(one) && !one.replaced);
        if (able.length === 0) continue;
        const chosen = random.sample(able, 1 + random.below(20));
        const documents = chosen.map(([, entry]) => {
          const word = random.pick(WORDS.filter((other) => other !== entry.words[0]));
          Object.assign(entry, { words: [...entry.words, word], replaced: true });
          return { id: entry.name, texts: [`${word} photo`] };
        });
        await importDocuments(deps, { id: TENANT, createdAtMs: 0 }, documents);
        const ids = chosen.map(([id]) => id);
        await untilDone(() => indexGlosses(deps, TENANT, ids));
        for (const [, entry] of chosen) entry.words = entry.words.slice(1);
        counts.replaced += chosen.length;
      }
    }

    async function merge() {
      const segments: SegmentStore = {
        ...segmentStore,
        async write(tenant, segmentId, items) {
          // Not before deletions that are carried over: a commit that takes long would never be the first.
          if (!Array.isArray(items)) await pause(MERGE_PAUSE_MS);
          return segmentStore.write(tenant, segmentId, items);
        },
      };
      while (goesOn()) {
        const { merged } = await untilDone(() => mergeSegments({ ...deps, segments }, TENANT));
        counts.merges += merged > 0 ? 1 : 0;
        await pause(100);
      }
    }

    async function read(seed: number) {
      const random = randomOf(seed);
      const segments = cachingSegmentStore(store.deps.segments, 20 * 2 ** 20);
      while (goesOn()) {
        const word = random.pick(WORDS);
        const mustBe = [...diary].filter(([, one]) => one.searchable && isSurelyFound(one, word));
        const before = new Map([...diary].map(([id, { words }]) => [id, words]));
        const mustNot = new Set([...diary].filter(([, one]) => one.deleted).map(([id]) => id));
        const reader = { manifests: store.deps.manifests, segments };
        const terms = compileQuery(plainQuery(`${word} photo`)).terms;
        const needed = { ...terms, cnf: [{ anyOf: [word], notAllOf: [] }] };
        const searching = readIndex(reader, TENANT, (index) =>
          rankDocuments(index, needed, 1_000_000, PAPER_PARAMS),
        );
        searches.add(searching);
        const { ranked } = await searching.finally(() => searches.delete(searching));
        const found = new Set(ranked.map(({ imageId }) => imageId));
        expect(found.size).toBe(ranked.length);
        expect(mustBe.filter(([id, one]) => isSurelyFound(one, word) && !found.has(id))).toEqual([]);
        expect([...found].filter((id) => mustNot.has(id))).toEqual([]);
        const mayBe = (id: ImageId) => [...(before.get(id) ?? []), ...(diary.get(id)?.words ?? [])];
        expect([...found].filter((id) => !mayBe(id).includes(word))).toEqual([]);
        counts.mostSegments = Math.max(
          counts.mostSegments,
          (await store.deps.manifests.read(TENANT)).segments.length,
        );
        counts.searches += 1;
      }
    }

    await Promise.all([write(1), write(2), remove(), replace(), merge(), merge(), read(3), read(4)]);
    // A drop announces its second look.
    for (let drop = drops.shift(); drop; drop = drops.shift()) await drop;
    console.log(JSON.stringify(counts));
    expect(counts.searches).toBeGreaterThan(100);
    expect(counts.merges).toBeGreaterThan(3);
    expect(counts.drops).toBeGreaterThan(3);
    expect(counts.deleted).toBeGreaterThan(20);
    expect(counts.replaced).toBeGreaterThan(20);

    // Nothing is left of segments that are not live.
    const { segments, merges } = await store.deps.manifests.read(TENANT);
    expect(merges).toEqual([]);
    for (const { id } of segments) written.delete(id);
    expect(written.size).toBeGreaterThan(20);
    for (const id of written) expect((await store.deps.segments.readAll(TENANT, id)).size).toBe(0);
  });
});
