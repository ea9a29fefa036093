import { DeleteItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTemporaryIndex, type TemporaryIndex } from '../../../../infra/local/temporary-index.ts';
import { dynamoStoredSegments } from '../../../../lib/adapters/dynamo-stored-segments.ts';
import {
  parseSequencer,
  parseTenantId,
  type ImageId,
  type SegmentId,
  type TenantId,
} from '../../../../lib/domain/ids.ts';
import type { ImageRecord } from '../../../../lib/domain/image.ts';
import { readable } from '../../../../lib/domain/unreadable.ts';
import { importDocuments } from '../../../../lib/steps/images/import-documents.ts';
import { deleteImage } from '../../../../lib/steps/images/delete-images.ts';
import { checkTenant, type CheckPlace, type Difference } from '../../../../lib/steps/index/check-tenant.ts';
import { checkNumbered } from '../../../../lib/steps/index/check/check-segment-items.ts';
import { indexGlosses } from '../../../../lib/steps/index/index-glosses.ts';
import { IndexWriter } from '../../../../lib/steps/index/index-writer.ts';
import { noObjects } from '../../../support/no-objects.ts';
import { segmentOf } from '../../../support/segments.ts';

/** What differs between records, glosses and index is named, and nothing else is. */

let store: TemporaryIndex;
let tenant: TenantId;
let tenants = 0;
let ids: ImageId[];
beforeAll(async () => {
  store = await openTemporaryIndex();
});
afterAll(() => store.close());
beforeEach(async () => {
  tenant = parseTenantId(`checked-${tenants++}`);
  const documents = Array.from({ length: 4 }, (_, i) => ({ id: `photo-${i}.jpg`, texts: ['a cat'] }));
  ids = (await importDocuments(store.deps, { id: tenant, createdAtMs: 0 }, documents)).map(({ id }) => id);
  await indexGlosses(store.deps, tenant, ids);
});

/** As it is some minutes later, when nothing waits to be dropped. */
const differences = async (): Promise<readonly Difference[]> => (await checked(MINUTES_25)).differences;
const MINUTES_25 = 25 * 60_000;

async function checked(afterMs: number) {
  const clock = { nowMs: () => store.deps.clock.nowMs() + afterMs };
  // Words alone: no picture is looked for. test/e2e/reconciler.test.ts has pictures.
  const pictures = { tenants: { get: () => Promise.resolve(undefined) }, objects: noObjects };
  const storedSegments = dynamoStoredSegments(store.client, 'index');
  const deps = { ...store.deps, ...pictures, clock, storedSegments };
  const before = await store.deps.manifests.read(tenant);
  const found: Difference[] = [];
  let [waiting, images, documents] = [0, 0, 0];
  let place: CheckPlace | undefined;
  do {
    const page = await checkTenant(deps, tenant, place);
    found.push(...page.differences);
    waiting += page.waiting;
    images += page.images;
    documents += page.documents;
    place = page.next;
  } while (place);
  expect(await store.deps.manifests.read(tenant)).toEqual(before);
  return { differences: found, waiting, images, documents };
}

const recordKey = (imageId: ImageId) => ({ pk: { S: `${tenant}/images` }, sk: { S: imageId } });
const lose = (TableName: string, Key: { pk: { S: string }; sk: { S: string } }) =>
  store.client.send(new DeleteItemCommand({ TableName, Key }));

describe('a tenant', () => {
  it('of which everything agrees has no differences', async () => {
    const [removed] = ids;
    await deleteImage({ ...store.deps, objects: noObjects }, { id: tenant, createdAtMs: 0 }, removed!);
    expect(await checked(MINUTES_25)).toMatchObject({ differences: [], images: 3, documents: 3 });
  });

  it('with a new picture that is not indexed yet has none either', async () => {
    await importDocuments(store.deps, { id: tenant, createdAtMs: 0 }, [
      { id: 'photo-1.jpg', texts: ['a dog'] },
    ]);
    expect(await differences()).toEqual([]);
  });

  it('misses what the index does not have', async () => {
    await new IndexWriter(store.deps, tenant).delete([
      { imageId: ids[2]!, sequencer: parseSequencer('F'.repeat(32)) },
    ]);
    expect(await differences()).toEqual([{ what: 'not_indexed', imageId: ids[2], name: 'photo-2.jpg' }]);
  });

  it('misses words that are lost', async () => {
    await lose('images', { pk: { S: `${tenant}/gloss/${ids[1]!}` }, sk: { S: 'gloss' } });
    expect(await differences()).toEqual([{ what: 'no_gloss', imageId: ids[1], name: 'photo-1.jpg' }]);
  });

  it('names documents without an image, and sums that differ', async () => {
    await lose('images', recordKey(ids[3]!));
    expect((await differences()).map(({ what, imageId }) => [what, imageId])).toEqual([
      ['totals', undefined],
      ['no_record', ids[3]],
    ]);
  });

  it('names documents of images that were removed, and of another state', async () => {
    const [left, other] = [
      readable(await store.deps.records.get(tenant, ids[0]!))!,
      readable(await store.deps.records.get(tenant, ids[1]!))!,
    ];
    const put = (record: Pick<ImageRecord, 'imageId'>) =>
      store.client.send(
        new PutItemCommand({
          TableName: 'images',
          Item: { ...recordKey(record.imageId), revision: { N: '9' }, record: { S: JSON.stringify(record) } },
        }),
      );
    const removed: ImageRecord = { ...left, status: 'removed', mayBeIndexed: false, revision: 9 };
    await put(removed);
    const changed: ImageRecord = { ...other, sequencer: parseSequencer('E'.repeat(32)), revision: 9 };
    await put(changed);
    const found = await differences();
    expect(found).toContainEqual({ what: 'left_in_index', imageId: ids[0], name: 'photo-0.jpg' });
    expect(found).toContainEqual({ what: 'other_state', imageId: ids[1], name: 'photo-1.jpg' });
    expect(found.map(({ what }) => what).sort()).toEqual([
      'left_in_index',
      'no_gloss',
      'other_state',
      'totals',
    ]);
  });

  it('has none in segments that wait to be dropped, and names those that stay', async () => {
    const replaced = 'replaced' as SegmentId;
    await store.deps.segments.write(tenant, replaced, [{ sk: 'w', body: Uint8Array.of(1) }]);
    expect(await checked(0)).toMatchObject({ differences: [], waiting: 1 });
    expect(await checked(MINUTES_25)).toMatchObject({
      differences: [{ what: 'unnamed', segmentId: replaced }],
      waiting: 0,
    });
  });

  it('names segments that cannot be read, and those that no manifest names', async () => {
    const { segments } = await store.deps.manifests.read(tenant);
    const strange = 'strange' as SegmentId;
    await store.deps.segments.write(tenant, strange, [{ sk: 'w', body: Uint8Array.of(1) }]);
    expect(await differences()).toEqual([{ what: 'unnamed', segmentId: strange }]);
    await store.deps.segments.drop(tenant, segments[0]!.id);
    const found = await differences();
    expect(found.map(({ what, segmentId }) => [what, segmentId])).toEqual([
      ['corrupt', undefined],
      ['corrupt', segments[0]!.id],
      ['corrupt', segments[0]!.id],
      ['unnamed', strange],
    ]);
    expect(found[0]!.detail).toContain(segments[0]!.id);
  });
});

describe('a large segment', () => {
  /** One word of all of them does not fit into a directory. */
  const MANY = 1_200;
  /** Uneven, so that its list has more to say. */
  const wordsOf = (i: number) => `${'cat '.repeat(1 + (i % 7))} ${'dog '.repeat((i * 31) % 57)} w${i}`;

  it('is read whole: every item that is lost or damaged is named', async () => {
    const documents = Array.from({ length: MANY }, (_, i) => ({ id: `many-${i}`, texts: [wordsOf(i)] }));
    const all: ImageId[] = [];
    for (let i = 0; i < MANY; i += 100) {
      const batch = documents.slice(i, i + 100);
      const images = await importDocuments(store.deps, { id: tenant, createdAtMs: 0 }, batch);
      all.push(...images.map(({ id }) => id));
    }
    await indexGlosses(store.deps, tenant, all);
    expect(await differences()).toEqual([]);
    const { segments } = await store.deps.manifests.read(tenant);
    const { id } = segments.find(({ docs }) => docs === MANY)!;
    const pk = { S: `${tenant}/segment/${id}` };
    const { Items = [] } = await store.client.send(
      new QueryCommand({
        TableName: 'index',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
      }),
    );
    const ofKind = (start: string) => Items.filter(({ sk }) => sk!.S!.startsWith(start));
    const directories = ofKind('d/');
    expect(directories.length).toBeGreaterThan(2);
    const some = [ofKind('c/')[0]!, directories[0]!, directories.at(-1)!, ofKind('i/')[1]!, ofKind('n/')[3]!];
    const put = (Item: (typeof some)[number]) =>
      store.client.send(new PutItemCommand({ TableName: 'index', Item }));
    for (const item of some) {
      const sk = item['sk']!.S!;
      await lose('index', { pk, sk: { S: sk } });
      // Of a directory that is lost nobody knows but the word that it began with.
      const named = sk.startsWith('d/') ? `no directory for "${sk.slice(2)}"` : sk;
      expect((await differences()).map(detailOf).join()).toContain(named);
      const B = Uint8Array.from(item['body']!.B!);
      B[B.length - 1]! ^= 1;
      await put({ ...item, body: { B } });
      expect((await differences()).map(detailOf).join()).toContain(`item ${sk}`);
      await put(item);
    }
    expect(await differences()).toEqual([]);
  });

  it('is read with its associations', async () => {
    const words = Array.from({ length: 4_100 }, (_, i) => ['cat', `w${i % 7}`]);
    const { items, entry } = segmentOf(words);
    const lost = 'a/00000003';
    for (const [sk, body] of items)
      if (sk !== lost) await store.deps.segments.write(tenant, entry.id, [{ sk, body }]);
    const lies: string[] = [];
    let at: number | undefined = 0;
    while (at !== undefined) {
      const checked = await checkNumbered(store.deps.segments, tenant, entry, at);
      lies.push(...checked.lies);
      at = checked.next;
    }
    expect(lies).toEqual([`segment ${entry.id}: item ${lost} is missing`]);
  });
});

const detailOf = ({ detail }: Difference) => detail;
