import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeleteItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { openTemporaryIndex, type TemporaryIndex } from '../../../../infra/local/temporary-index.ts';
import { dynamoStoredSegments } from '../../../../lib/adapters/dynamo-stored-segments.ts';
import { dynamoTenants } from '../../../../lib/adapters/dynamo-tenants.ts';
import type { Gloss } from '../../../../lib/domain/gloss.ts';
import { parseTenantId, type ImageId, type Incarnation, type TenantId } from '../../../../lib/domain/ids.ts';
import type { MergeMessage, ReindexMessage } from '../../../../lib/domain/messages.ts';
import { namedSegments } from '../../../../lib/index/segment/manifest.ts';
import type { Manifests } from '../../../../lib/ports/manifests.ts';
import { parseQuery, plainQuery } from '../../../../lib/query/syntax/parse-query.ts';
import { importDocuments } from '../../../../lib/steps/images/import-documents.ts';
import { updateRecords } from '../../../../lib/steps/images/update-record.ts';
import { deleteImage } from '../../../../lib/steps/images/delete-images.ts';
import { indexGlosses } from '../../../../lib/steps/index/index-glosses.ts';
import { dropSegments } from '../../../../lib/steps/index/drop-segments.ts';
import { mergeSegments } from '../../../../lib/steps/index/merge-segments.ts';
import { reindex } from '../../../../lib/steps/index/reindex.ts';
import { startReindex } from '../../../../lib/steps/index/start-reindex.ts';
import { search } from '../../../../lib/steps/search/search.ts';
import { ANALYZER_VERSION } from '../../../../lib/text/analysis.ts';
import { noObjects } from '../../../support/no-objects.ts';

/** An index made again from records and glosses, whatever is lost of it and whatever happens meanwhile. */

/** `npm run test:faults` has everything happen at every commit and every call; here is a slice of it. */
const IS_SLICE = process.env['GLOSS_FAULTS'] === undefined;

const IMAGES = 12;
const PAGE = 3;
/** Of a rebuild that is not interrupted: four pages, and the one that puts the index in its place. */
const COMMITS = 5;
const names = Array.from({ length: IMAGES }, (_, i) => `photo-${i}.jpg`);

let store: TemporaryIndex;
let tenant: TenantId;
let tenants = 0;
/** What waits for the functions that reindex and merge. */
let waiting: ReindexMessage[];
let drops: MergeMessage[];
// Each has a store of its own, whose items are looked through.
beforeEach(async () => {
  store = await openTemporaryIndex();
  tenant = parseTenantId(`again-${tenants++}`);
  [waiting, drops] = [[], []];
  await dynamoTenants(store.client, 'images').put({
    id: tenant,
    incarnation: '0'.repeat(24) as Incarnation,
    status: 'active',
    settings: {
      language: 'en',
      limits: { requestsPerSec: 1, burst: 1, images: 1e6, bytes: 1e9, modelUsdPerMonth: 1 },
    },
    createdAtMs: 0,
    updatedAtMs: 0,
    revision: 1,
  });
});
afterEach(() => store.close());

function deps() {
  return {
    ...store.deps,
    tenants: dynamoTenants(store.client, 'images'),
    pageDocs: PAGE,
    storedSegments: dynamoStoredSegments(store.client, 'index'),
    mergeQueue: {
      send(messages: readonly MergeMessage[]) {
        drops.push(...messages.filter(({ task }) => task === 'drop'));
        return Promise.resolve();
      },
    },
    reindexQueue: {
      send(messages: readonly ReindexMessage[]) {
        waiting.push(...messages);
        return Promise.resolve();
      },
    },
  };
}
type Deps = ReturnType<typeof deps>;

const always = () => true;

async function addTogether(names: readonly string[], words: string): Promise<ImageId[]> {
  const images = await importDocuments(
    store.deps,
    { id: tenant, createdAtMs: 0 },
    names.map((id) => ({ id, texts: [words] })),
  );
  const ids = images.map(({ id }) => id);
  await indexGlosses(deps(), tenant, ids);
  return ids;
}
const add = async (name: string, words: string): Promise<void> => {
  await addTogether([name], words);
};
/** In six segments, which are due to be merged. */
const addAll = async () => {
  const ids = [];
  for (let i = 0; i < IMAGES; i += 2) ids.push(...(await addTogether(names.slice(i, i + 2), 'cat')));
  return ids;
};
const remove = (id: ImageId) =>
  deleteImage({ ...deps(), objects: noObjects }, { id: tenant, createdAtMs: 0 }, id);
const manifestNow = () => store.deps.manifests.read(tenant);

async function found(word: string): Promise<string[]> {
  const { hits } = await search(store.deps, tenant, { query: plainQuery(word), limit: 100 });
  return hits.map(({ card }) => card.name).sort();
}

/** Every key that the index table has of the tenant. */
async function storedKeys() {
  const items = [];
  for await (const { Items = [] } of paginateScan({ client: store.client }, { TableName: 'index' }))
    items.push(...Items);
  return items.map(({ pk, sk }) => ({ pk: pk!, sk: sk! })).filter(({ pk }) => pk.S!.startsWith(`${tenant}/`));
}
async function lose(kind: 'manifest' | 'segment'): Promise<void> {
  for (const Key of await storedKeys())
    if (Key.pk.S!.startsWith(`${tenant}/${kind}`))
      await store.client.send(new DeleteItemCommand({ TableName: 'index', Key }));
}

/** Works through what waits, as often as it comes back. */
async function work(using: Deps = deps(), hasTime: Parameters<typeof reindex>[2] = always): Promise<void> {
  for (let message = waiting.shift(); message; message = waiting.shift())
    await reindex(using, message, hasTime);
}
async function again(): Promise<void> {
  await startReindex(deps(), tenant);
  await work();
}

/** Nothing is left over once the drops that were announced are made. */
async function expectTidy(): Promise<void> {
  // Each announces its second look.
  for (const drop of drops) if (drop.task === 'drop') await dropSegments(deps(), drop);
  const manifest = await manifestNow();
  expect(manifest.rebuild).toBeUndefined();
  const stored = new Set(
    (await storedKeys()).map(({ pk }) => pk.S!).filter((pk) => pk.includes('/segment/')),
  );
  expect([...stored].sort()).toEqual(
    [...namedSegments(manifest)].map((id) => `${tenant}/segment/${id}`).sort(),
  );
}

describe('an index is made again', () => {
  it('with what the records know of files, for glosses of before', async () => {
    const ids = await addTogether(['harbour.jpg', 'upload-9', 'import-9'], 'cat');
    // As they were written before glosses said of what file they are, and what is shown of it.
    for (const [i, imageId] of ids.entries()) {
      const gloss = (await store.deps.glosses.getMany(tenant, [imageId])).get(imageId) as Gloss;
      const { file: _file, card: _card, ...before } = gloss;
      await store.deps.glosses.save(tenant, before);
      if (i !== 1) continue;
      await updateRecords(store.deps.records, tenant, [imageId], (record) => ({
        after: { ...record!, source: 'upload' as const, arrivedAtMs: Date.parse('2024-05-17T23:59:59Z') },
      }));
    }
    await again();
    const namesFor = async (text: string, order?: 'newest') => {
      const request = { query: parseQuery(text), limit: 100, ...(order && { order }) };
      return (await search(store.deps, tenant, request)).hits.map(({ card }) => card.name);
    };
    expect(await namesFor('harbour')).toEqual(['harbour.jpg']);
    expect(await namesFor('name:harbour')).toEqual(['harbour.jpg']);
    expect(await namesFor('upload')).toEqual(['upload-9']);
    expect(await namesFor('import')).toEqual([]);
    expect(await namesFor('cat date:2024-05-17')).toEqual(['upload-9']);
    expect((await namesFor('cat', 'newest'))[0]).toBe('upload-9');
  });

  it('beside the old one, which answers until the new one takes its place', async () => {
    await addAll();
    const before = await manifestNow();
    await startReindex(deps(), tenant);
    // One page and no more: the worker's time is up.
    for (const pages of [1, 2, 3]) {
      let left = 1;
      await reindex(deps(), waiting.shift()!, () => left-- > 0);
      const { rebuild, segments } = await manifestNow();
      expect(rebuild).toMatchObject({ done: pages * PAGE, total: IMAGES });
      expect(segments).toEqual(before.segments);
      expect(await found('cat')).toEqual([...names].sort());
    }
    await work();
    const { segments, rebuilt, analysis } = await manifestNow();
    expect(rebuilt).toBeDefined();
    expect(analysis).toEqual({ language: 'en', version: ANALYZER_VERSION, lexicon: '236aa59f' });
    expect(segments.map(({ docs, deleted }) => [docs, deleted])).toEqual(
      [3, 3, 3, 3].map((docs) => [docs, 0]),
    );
    expect(await found('cat')).toEqual([...names].sort());
    await expectTidy();
  });

  it('in pages that fit into memory, however large its documents are', async () => {
    const large = Array.from({ length: 9 }, (_, i) => `large-${i}`);
    // 15,000 words each, of letters alone, and none stands twice: six documents have less than 100,000.
    const word = (i: number) =>
      i
        .toString(26)
        .padStart(4, '0')
        .replace(/[0-9]/g, (digit) => 'qrstuvwxyz'[Number(digit)]!);
    const wordsOf = (document: number) =>
      Array.from({ length: 15_000 }, (_, i) => word(document * 15_000 + i)).join(' ');
    for (const [i, name] of large.entries()) await add(name, wordsOf(i));
    const done: number[] = [];
    const manifests: Manifests = {
      read: (of) => store.deps.manifests.read(of),
      commit(of, next) {
        if (next.rebuild && next.rebuild.done > 0) done.push(next.rebuild.done);
        return store.deps.manifests.commit(of, next);
      },
    };
    await startReindex(deps(), tenant);
    await work({ ...deps(), pageDocs: 1_000, manifests });
    expect(done).toEqual([6, 9]);
    expect(await found(`"${word(3)}"`)).toEqual(['large-0']);
    expect(await found(`"${word(9 * 15_000 - 3)}"`)).toEqual(['large-8']);
  });

  it('when the manifest is gone', async () => {
    await addAll();
    // What their writers had announced has been looked at by now, and was named.
    drops = [];
    await lose('manifest');
    expect(await found('cat')).toEqual([]);
    await again();
    expect(await found('cat')).toEqual([...names].sort());
    // Also what the lost manifest had named is gone in the end.
    await expectTidy();
  });

  it('when all its items are gone, while images come and go', async () => {
    const ids = await addAll();
    await lose('segment');
    await startReindex(deps(), tenant);
    await remove(ids[3]!);
    await add('late.jpg', 'cat');
    await add('photo-5.jpg', 'dog');
    await work();
    const left = names.filter((_, i) => i !== 3 && i !== 5);
    expect(await found('cat')).toEqual([...left, 'late.jpg'].sort());
    expect(await found('dog')).toEqual(['photo-5.jpg']);
    await expectTidy();
  });

  it('when manifest and items are gone', async () => {
    await addAll();
    await lose('segment');
    await lose('manifest');
    await again();
    expect(await found('cat')).toEqual([...names].sort());
    await expectTidy();
  });

  it('of a tenant without images', async () => {
    await again();
    expect(await manifestNow()).toMatchObject({ segments: [] });
    await expectTidy();
  });

  it('twice at once, and is one right index', async () => {
    await addAll();
    const [first, second] = [await startReindex(deps(), tenant), await startReindex(deps(), tenant)];
    expect(second.rebuild!.id).toBe(first.rebuild!.id);
    expect(waiting).toHaveLength(2);
    const both = waiting.splice(0);
    await Promise.all(both.map((message) => reindex(deps(), message, always)));
    await work();
    expect((await manifestNow()).rebuilt).toBe(first.rebuild!.id);
    expect(await found('cat')).toEqual([...names].sort());
    await expectTidy();
  });

  it('from the start where its words so far went through another analyser', async () => {
    await addAll();
    await startReindex(deps(), tenant);
    let left = 2;
    await reindex(deps(), waiting.shift()!, () => left-- > 0);
    const { rebuild, ...manifest } = await manifestNow();
    const older = { ...rebuild!, analysis: { ...rebuild!.analysis, version: 0 } };
    await store.deps.manifests.commit(tenant, { ...manifest, version: manifest.version + 1, rebuild: older });
    await work();
    const { segments, analysis } = await manifestNow();
    expect(analysis?.version).toBe(ANALYZER_VERSION);
    expect(segments.map(({ docs }) => docs)).toEqual([3, 3, 3, 3]);
    await expectTidy();
  });

  describe('from the start where what was made so far has lost items', () => {
    /** Two pages are made, and then lost; the old index stays as it is. */
    async function halfLost(): Promise<ImageId[]> {
      const ids = await addAll();
      await startReindex(deps(), tenant);
      let left = 2;
      await reindex(deps(), waiting.shift()!, () => left-- > 0);
      const made = new Set(
        (await manifestNow()).rebuild!.segments.map(({ id }) => `${tenant}/segment/${id}`),
      );
      expect(made.size).toBe(2);
      for (const Key of await storedKeys())
        if (made.has(Key.pk.S!)) await store.client.send(new DeleteItemCommand({ TableName: 'index', Key }));
      return ids;
    }

    it('and another writer notices first', async () => {
      const ids = await halfLost();
      await remove(ids[1]!);
      expect((await manifestNow()).rebuild).toMatchObject({ done: 0, segments: [] });
      await work();
      expect(await found('cat')).toEqual(names.filter((_, i) => i !== 1).sort());
      await expectTidy();
    });

    it('and another writer notices while a page is made', async () => {
      const ids = await halfLost();
      const at = interrupted(1, () => remove(ids[1]!));
      await work({ ...deps(), manifests: at.manifests }).catch(async (error: unknown) => {
        // The queue delivers the message again.
        expect(error).toMatchObject({ kind: 'corrupt' });
        waiting.push({ tenant, rebuild: (await manifestNow()).rebuild!.id });
        await work();
      });
      expect(await found('cat')).toEqual(names.filter((_, i) => i !== 1).sort());
      await expectTidy();
    });

    it('with the old index, and an import notices right before it takes its place', async () => {
      await addAll();
      await startReindex(deps(), tenant);
      const at = interrupted(COMMITS, async () => {
        await lose('segment');
        await add('late.jpg', 'cat');
      });
      await work({ ...deps(), manifests: at.manifests });
      expect(await found('cat')).toEqual([...names, 'late.jpg'].sort());
      await expectTidy();
    });

    it('and the worker notices', async () => {
      await halfLost();
      const [message] = waiting;
      await expect(work()).rejects.toMatchObject({ kind: 'corrupt' });
      expect((await manifestNow()).rebuild).toMatchObject({ done: 0, segments: [] });
      waiting.push(message!);
      await work();
      expect(await found('cat')).toEqual([...names].sort());
      await expectTidy();
    });
  });

  it('not for a tenant that is being deleted', async () => {
    await addAll();
    await startReindex(deps(), tenant);
    const accounts = dynamoTenants(store.client, 'images');
    const account = await accounts.get(tenant);
    await accounts.put({ ...account!, status: 'deleting', revision: 2 });
    const before = await manifestNow();
    expect(await reindex(deps(), waiting.shift()!, always)).toBe('ended');
    expect((await manifestNow()).version).toBe(before.version);
    await expect(startReindex(deps(), tenant)).rejects.toMatchObject({ code: 'tenant_deleted' });
  });
});

/** The store's manifests, but before the commit with this number `other` runs from start to end. */
function interrupted(
  commit: number,
  other: () => Promise<unknown>,
): { manifests: Manifests; count: () => number } {
  let commits = 0;
  return {
    count: () => commits,
    manifests: {
      read: (of) => store.deps.manifests.read(of),
      async commit(of, next) {
        commits += 1;
        if (commits === commit) await other();
        return store.deps.manifests.commit(of, next);
      },
    },
  };
}

describe('whatever happens right before any commit of it', () => {
  const others: Readonly<Record<string, { happens: (ids: ImageId[]) => Promise<unknown>; cats: string[] }>> =
    {
      'every second image is deleted': {
        happens: async (ids) => {
          for (const [i, id] of ids.entries()) if (i % 2 === 0) await remove(id);
        },
        cats: names.filter((_, i) => i % 2 === 1),
      },
      'every second image gets other words': {
        happens: async () => {
          for (const [i, name] of names.entries()) if (i % 2 === 0) await add(name, 'dog');
        },
        cats: names.filter((_, i) => i % 2 === 1),
      },
      'images come': {
        happens: async () => {
          for (let i = 0; i < 4; i += 1) await add(`late-${i}.jpg`, 'cat');
        },
        cats: [...names, 'late-0.jpg', 'late-1.jpg', 'late-2.jpg', 'late-3.jpg'],
      },
      'an image is deleted and comes again': {
        happens: async (ids) => {
          for (const i of [0, 6, 11]) {
            await remove(ids[i]!);
            await add(names[i]!, 'cat');
          }
        },
        cats: names,
      },
      'the old index is merged': { happens: () => mergeSegments(deps(), tenant), cats: names },
      'another worker makes it': {
        happens: async () => reindex(deps(), { tenant, rebuild: (await manifestNow()).rebuild!.id }, always),
        cats: names,
      },
    };

  for (const [what, { happens, cats }] of Object.entries(others)) {
    it(what, async () => {
      // The first page, a later one, and what puts the index in its place.
      for (const commit of IS_SLICE ? [1, 3, COMMITS] : [1, 2, 3, 4, COMMITS]) {
        const ids = await addAll();
        await startReindex(deps(), tenant);
        const at = interrupted(commit, () => happens(ids));
        await work({ ...deps(), manifests: at.manifests });
        expect(at.count()).toBeGreaterThanOrEqual(commit);
        expect(await found('cat'), `commit ${commit}`).toEqual([...cats].sort());
        await expectTidy();
        const { records } = await store.deps.records.list(tenant, { limit: 100 });
        for (const { imageId } of records) await remove(imageId);
        expect(await found('cat')).toEqual([]);
        drops = [];
      }
    });
  }
});

describe('a worker that dies at any call', () => {
  /** Every port of the worker; its call with this number fails, before or after it did what it should. */
  function dying(at: number, when: 'before' | 'after'): { using: Deps; calls: readonly string[] } {
    /** Of which kind each was: its port and its method. */
    const calls: string[] = [];
    const mortal = <Port extends object>(name: string, port: Port): Port =>
      new Proxy(port, {
        get: (target, method) => {
          const does = (target as Record<string | symbol, unknown>)[method];
          if (typeof does !== 'function') return does;
          return async (...args: unknown[]) => {
            const dies = calls.push(`${name}.${String(method)}`) === at;
            if (dies && when === 'before') throw new Error('the worker is gone');
            const answer: unknown = await (does as (...given: unknown[]) => unknown).apply(target, args);
            if (dies) throw new Error('the worker is gone');
            return answer;
          };
        },
      });
    const { manifests, segments, records, glosses, mergeQueue, reindexQueue, ...rest } = deps();
    return {
      calls,
      using: {
        ...rest,
        manifests: mortal('manifests', manifests),
        segments: mortal('segments', segments),
        records: mortal('records', records),
        glosses: mortal('glosses', glosses),
        pageDocs: 2 * PAGE,
        mergeQueue: mortal('mergeQueue', mergeQueue),
        reindexQueue: mortal('reindexQueue', reindexQueue),
      },
    };
  }

  /** Every call, or of each kind the first and the last. */
  const deathsAmong = (calls: readonly string[]): number[] =>
    calls.flatMap((kind, i) =>
      !IS_SLICE || calls.indexOf(kind) === i || calls.lastIndexOf(kind) === i ? [i + 1] : [],
    );

  for (const when of ['before', 'after'] as const) {
    it(`${when} it was made, leaves what the next delivery goes on with`, async () => {
      await addAll();
      await startReindex(deps(), tenant);
      const whole = dying(0, when);
      await reindex(whole.using, waiting.shift()!, always);
      await work();
      expect(whole.calls.length).toBeGreaterThan(20);
      for (const at of deathsAmong(whole.calls)) {
        drops = [];
        await startReindex(deps(), tenant);
        const [message] = waiting.splice(0);
        const { using, calls } = dying(at, when);
        await expect(reindex(using, message!, always), `call ${at}`).rejects.toThrow('the worker is gone');
        expect(calls[at - 1]).toBe(whole.calls[at - 1]);
        waiting.push(message!);
        await work();
        expect(await found('cat'), `call ${at}`).toEqual([...names].sort());
        await expectTidy();
      }
    });
  }
});
