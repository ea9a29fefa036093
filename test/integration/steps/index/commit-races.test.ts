import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTemporaryIndex, type TemporaryIndex } from '../../../../infra/local/temporary-index.ts';
import { parseTenantId, type ImageId, type SegmentId, type TenantId } from '../../../../lib/domain/ids.ts';
import type { Gloss } from '../../../../lib/domain/gloss.ts';
import { thumbnailKey } from '../../../../lib/domain/object-key.ts';
import type { MergeMessage } from '../../../../lib/domain/messages.ts';
import type { Manifests } from '../../../../lib/ports/manifests.ts';
import type { MessageQueue } from '../../../../lib/ports/message-queue.ts';
import type { ObjectStore } from '../../../../lib/ports/object-store.ts';
import { plainQuery } from '../../../../lib/query/syntax/parse-query.ts';
import { importDocuments } from '../../../../lib/steps/images/import-documents.ts';
import { indexGlosses } from '../../../../lib/steps/index/index-glosses.ts';
import { mergeSegments } from '../../../../lib/steps/index/merge-segments.ts';
import { deleteImage } from '../../../../lib/steps/images/delete-images.ts';
import { search } from '../../../../lib/steps/search/search.ts';
import { noObjects } from '../../../support/no-objects.ts';

/** Another writer gets in right before a commit; what each has done must both hold afterwards. */

let store: TemporaryIndex;
let tenant: TenantId;
let tenants = 0;
beforeAll(async () => {
  store = await openTemporaryIndex();
});
afterAll(() => store.close());
beforeEach(() => {
  tenant = parseTenantId(`race-${tenants++}`);
});

/** The store's manifests, but before the first commit (or the one that is named) `other` runs from start to end. */
function interrupted(other: () => Promise<unknown>, commit = 1): Manifests {
  let commits = 0;
  return {
    read: (of) => store.deps.manifests.read(of),
    async commit(of, next) {
      commits += 1;
      if (commits === commit) await other();
      return store.deps.manifests.commit(of, next);
    },
  };
}

async function describeWords(name: string, words: string): Promise<ImageId> {
  const [image] = await importDocuments(store.deps, { id: tenant, createdAtMs: 0 }, [
    { id: name, texts: [words] },
  ]);
  return image!.id;
}

async function add(name: string, words: string): Promise<ImageId> {
  const id = await describeWords(name, words);
  await indexGlosses(store.deps, tenant, [id]);
  return id;
}

const remove = (id: ImageId) =>
  deleteImage({ ...store.deps, objects: noObjects }, { id: tenant, createdAtMs: 0 }, id);

async function found(word: string): Promise<string[]> {
  const { hits, total } = await search(store.deps, tenant, { query: plainQuery(word), limit: 100 });
  expect(total).toBe(hits.length);
  return hits.map(({ card }) => card.name);
}

describe('indexing, interrupted', () => {
  it('by the deletion of the image leaves no trace of it', async () => {
    const id = await describeWords('cat.jpg', 'cat');
    await indexGlosses({ ...store.deps, manifests: interrupted(() => remove(id)) }, tenant, [id]);
    expect(await found('cat')).toEqual([]);
  });

  it('by the same message adds the document once', async () => {
    const id = await describeWords('cat.jpg', 'cat');
    const manifests = interrupted(() => indexGlosses(store.deps, tenant, [id]));
    expect(await indexGlosses({ ...store.deps, manifests }, tenant, [id])).toEqual({ added: 0 });
    expect(await found('cat')).toEqual(['cat.jpg']);
  });

  it('by new words for the image keeps the new ones alone', async () => {
    const id = await describeWords('pet.jpg', 'cat');
    const manifests = interrupted(() => add('pet.jpg', 'dog'));
    await indexGlosses({ ...store.deps, manifests }, tenant, [id]);
    expect(await found('cat')).toEqual([]);
    expect(await found('dog')).toEqual(['pet.jpg']);
  });

  it('by another image keeps both', async () => {
    const id = await describeWords('one.jpg', 'cat');
    await indexGlosses({ ...store.deps, manifests: interrupted(() => add('two.jpg', 'cat')) }, tenant, [id]);
    expect(await found('cat')).toEqual(['two.jpg', 'one.jpg']);
  });
});

describe('indexing, by a worker that dies before its commit', () => {
  it('leaves no segment whose drop was not announced before', async () => {
    const id = await describeWords('cat.jpg', 'cat');
    const announced: SegmentId[] = [];
    const mergeQueue: MessageQueue<MergeMessage> = {
      send(messages) {
        for (const message of messages) if (message.task === 'drop') announced.push(...message.segmentIds);
        return Promise.resolve();
      },
    };
    const manifests = interrupted(() => Promise.reject(new Error('died')));
    await expect(indexGlosses({ ...store.deps, manifests, mergeQueue }, tenant, [id])).rejects.toThrow(
      'died',
    );
    const { Items = [] } = await store.client.send(new ScanCommand({ TableName: 'index' }));
    const left = Items.map(({ pk }) => pk!.S!.split('/')).filter(
      ([of, kind]) => of === tenant && kind === 'segment',
    );
    expect(left.length).toBeGreaterThan(0);
    expect(new Set(left.map(([, , segment]) => segment))).toEqual(new Set(announced));
  });
});

describe('deleting, interrupted', () => {
  it('by another deletion in the same segment takes both out', async () => {
    const first = await describeWords('one.jpg', 'cat');
    const second = await describeWords('two.jpg', 'cat');
    await indexGlosses(store.deps, tenant, [first, second]);
    const manifests = interrupted(() => remove(second));
    await deleteImage(
      { ...store.deps, manifests, objects: noObjects },
      { id: tenant, createdAtMs: 0 },
      first,
    );
    expect(await found('cat')).toEqual([]);
  });

  it('by a new upload of the name keeps the new words, and what belongs to them', async () => {
    const id = await add('pet.jpg', 'cat');
    const stateNow = async () => (await store.deps.glosses.getMany(tenant, [id])).get(id) as Gloss;
    const before = await stateNow();
    const manifests = interrupted(() => add('pet.jpg', 'dog'));
    const goes: boolean[] = [];
    const objects: ObjectStore = {
      ...noObjects,
      async removeUnder(_tenant, prefix, isGoing) {
        const states = [undefined, before.sequencer, (await stateNow()).sequencer];
        const keys = states.map((state) => thumbnailKey(tenant, id, state));
        expect(keys.every((key) => key.startsWith(prefix))).toBe(true);
        goes.push(...keys.map((key) => isGoing(key)));
      },
    };
    await deleteImage({ ...store.deps, manifests, objects }, { id: tenant, createdAtMs: 0 }, id);
    expect(await found('cat')).toEqual([]);
    expect(await found('dog')).toEqual(['pet.jpg']);
    // Thumbnails of before keys named their state, of the old state, and of the new one.
    expect(goes).toEqual([true, true, false]);
  });
});

/** A merge commits its claim first. */
const RESULT = 2;

describe('merging, interrupted', () => {
  const names = Array.from({ length: 10 }, (_, i) => `photo-${i}.jpg`);

  it('by a deletion does not bring the image back', async () => {
    const ids: ImageId[] = [];
    for (const name of names) ids.push(await add(name, 'cat'));
    const manifests = interrupted(() => remove(ids[3]!), RESULT);
    expect(await mergeSegments({ ...store.deps, manifests }, tenant)).toEqual({ merged: 10 });
    expect(await found('cat')).toEqual(names.filter((_, i) => i !== 3));
  });

  it('by an image that comes keeps it', async () => {
    for (const name of names) await add(name, 'cat');
    const manifests = interrupted(() => add('late.jpg', 'cat'), RESULT);
    expect(await mergeSegments({ ...store.deps, manifests }, tenant)).toEqual({ merged: 10 });
    expect(await found('cat')).toEqual([...names, 'late.jpg']);
    expect((await store.deps.manifests.read(tenant)).segments.map(({ docs }) => docs)).toEqual([10, 1]);
  });

  it('by another merge of the same segments, has nothing left to do', async () => {
    for (const name of names) await add(name, 'cat');
    const manifests = interrupted(() => mergeSegments(store.deps, tenant));
    expect(await mergeSegments({ ...store.deps, manifests }, tenant)).toEqual({ merged: 0 });
    expect(await found('cat')).toEqual(names);
  });

  it('by a merge that comes while it works, is the only one to merge its segments', async () => {
    for (const name of names) await add(name, 'cat');
    const others: unknown[] = [];
    const manifests = interrupted(async () => others.push(await mergeSegments(store.deps, tenant)), RESULT);
    expect(await mergeSegments({ ...store.deps, manifests }, tenant)).toEqual({ merged: 10 });
    expect(others).toEqual([{ merged: 0 }]);
    expect(await found('cat')).toEqual(names);
  });

  it('by an image that comes before it can ask what became of its claim, takes it for its own', async () => {
    for (const name of names) await add(name, 'cat');
    let isFirst = true;
    const manifests: Manifests = {
      read: (of) => store.deps.manifests.read(of),
      async commit(of, next) {
        const isWritten = await store.deps.manifests.commit(of, next);
        if (!isFirst) return isWritten;
        isFirst = false;
        await add('late.jpg', 'cat');
        // The answer is lost; asked again, the store has a later version.
        return false;
      },
    };
    expect(await mergeSegments({ ...store.deps, manifests }, tenant)).toEqual({ merged: 10 });
    expect(await found('cat')).toEqual([...names, 'late.jpg']);
    expect((await store.deps.manifests.read(tenant)).merges).toEqual([]);
  });

  it('by a merge that finds its claim expired, gives up its own result', async () => {
    for (const name of names) await add(name, 'cat');
    const later = { ...store.deps, clock: { nowMs: () => Date.now() + 17 * 60_000 } };
    const others: unknown[] = [];
    const manifests = interrupted(async () => others.push(await mergeSegments(later, tenant)), RESULT);
    expect(await mergeSegments({ ...store.deps, manifests }, tenant)).toEqual({ merged: 0 });
    expect(others).toEqual([{ merged: 10 }]);
    expect(await found('cat')).toEqual(names);
    expect((await store.deps.manifests.read(tenant)).merges).toEqual([]);
  });
});

describe('merging, cut off in the middle', () => {
  /** Words enough for a dozen items. */
  const words = (i: number) =>
    Array.from({ length: 400 }, (_, w) => `word${(w * 7 + i * 13) % 1_500}`).join(' ');
  const later = (minutes: number) => ({
    ...store.deps,
    clock: { nowMs: () => Date.now() + minutes * 60_000 },
  });

  /** The store's segments, of which a merge writes no more than so many items, and what was written. */
  function breakingAfter(items: number) {
    const written: string[] = [];
    const segments: typeof store.deps.segments = {
      ...store.deps.segments,
      async write(of, id, all) {
        const batch = [...all];
        await store.deps.segments.write(of, id, batch.slice(0, items));
        written.push(...batch.slice(0, items).map(({ sk }) => sk));
        if (batch.length > items) throw new Error('the worker is gone');
      },
    };
    return { segments, written };
  }

  const itemsOf = async () => {
    const { segments } = await store.deps.manifests.read(tenant);
    expect(segments).toHaveLength(1);
    return store.deps.segments.readAll(tenant, segments[0]!.id);
  };

  it('is gone on with where it stopped, whatever has been deleted since', async () => {
    const ids: ImageId[] = [];
    for (let i = 0; i < 10; i += 1) ids.push(await add(`photo-${i}.jpg`, words(i)));
    await remove(ids[2]!);
    const broken = breakingAfter(5);
    await expect(mergeSegments({ ...store.deps, segments: broken.segments }, tenant)).rejects.toThrow(
      'the worker is gone',
    );
    expect(await mergeSegments(store.deps, tenant)).toEqual({ merged: 0 });
    await remove(ids[7]!);
    // As a worker leaves them that dies between carrying deletions over and its commit.
    const [claim] = (await store.deps.manifests.read(tenant)).merges;
    await store.deps.segments.write(tenant, claim!.result, [{ sk: 'x/left', body: Uint8Array.of(1) }]);
    const rest = breakingAfter(Infinity);
    expect(await mergeSegments({ ...later(17), segments: rest.segments }, tenant)).toEqual({ merged: 10 });
    const items = await itemsOf();
    const [again, missing] = [new Set(broken.written), rest.written.filter((sk) => !sk.startsWith('x/'))];
    expect(again.size).toBe(5);
    expect(missing.filter((sk) => again.has(sk))).toEqual([]);
    expect([...broken.written, ...rest.written, 'x/left'].sort()).toEqual([...items.keys()].sort());
    const names = (await found('word13')).sort();
    expect(names.length).toBeGreaterThan(0);
    expect(names).toEqual(
      ids.flatMap((_, i) =>
        i !== 2 && i !== 7 && words(i).split(' ').includes('word13') ? [`photo-${i}.jpg`] : [],
      ),
    );
  });

  it('begins anew where what was written is not what would be written now', async () => {
    for (let i = 0; i < 10; i += 1) await add(`photo-${i}.jpg`, words(i));
    const broken = breakingAfter(5);
    await expect(mergeSegments({ ...store.deps, segments: broken.segments }, tenant)).rejects.toThrow(
      'the worker is gone',
    );
    const { merges } = await store.deps.manifests.read(tenant);
    const strange = { sk: 'l/strange/0', body: Uint8Array.of(1) };
    await store.deps.segments.write(tenant, merges[0]!.result, [strange]);
    expect(await mergeSegments(later(17), tenant)).toEqual({ merged: 0 });
    expect(await mergeSegments(later(17), tenant)).toEqual({ merged: 10 });
    expect([...(await itemsOf()).keys()]).not.toContain(strange.sk);
  });
});
