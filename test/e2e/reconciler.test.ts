import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { sweepDocuments } from '../../lib/steps/sweep/sweep-documents.ts';
import { sweepImages } from '../../lib/steps/sweep/sweep-images.ts';
import { sweepThumbnails } from '../../lib/steps/sweep/sweep-thumbnails.ts';
import { fixture, s3Event, startService } from '../support/service.ts';
import { sweeper } from '../support/sweeper.ts';
import { testerDynamo } from '../support/tester-clients.ts';

/** What sweeps mend of what other workers left: lost messages and events, thumbnails of no state, and sums that are wrong. */

let service: Awaited<ReturnType<typeof startService>>;
let operator: string;
let cat: Buffer;
beforeAll(async () => {
  service = await startService();
  operator = await service.keys.createOperator();
  cat = await fixture('samples/chelsea.jpg');
});
afterAll(() => service.close());

let names = 0;
async function newTenant(limits: { images?: number; modelUsdPerMonth?: number } = {}) {
  const tenant = parseTenantId(`mended-${names++}`);
  return { tenant, key: await service.keys.create(tenant, undefined, { cropPolicy: 'none', limits }) };
}
async function uploaded(tenant: TenantId, name: string) {
  const key = `uploads/${tenant}/${name}`;
  await service.upload(key, cat, 'image/jpeg');
  return s3Event('Created:Put', key, '0055AED6DCD901', 1, { size: cat.length });
}
const HOURS_2 = 2 * 3_600_000;
async function sweep(tenant: TenantId, laterMs = HOURS_2) {
  const deps = { ...(await sweeper()), clock: { nowMs: () => Date.now() + laterMs } };
  return sweepImages(deps, { tenant }, () => false);
}
async function goOn(): Promise<void> {
  await service.describe(await service.drainAdmitQueue());
  await service.indexAll();
}
const statusOf = async (tenant: TenantId, key: string, name: string) => {
  const ids = [imageIdOf(tenant, name)];
  const { json } = await service.request('POST', '/v1/images/status', key, { ids });
  return (json as { images: { status: string }[] }).images[0]!.status;
};

describe('an image is sent on', () => {
  it('to be described, when its message was lost, and not before an hour', async () => {
    const { tenant, key } = await newTenant();
    await service.admit(await uploaded(tenant, 'a.jpg'));
    await service.drainDescribeQueue();
    expect(await sweep(tenant, 0)).toMatchObject({ resumed: 0 });
    expect(await sweep(tenant)).toMatchObject({ resumed: 1 });
    await goOn();
    expect(await statusOf(tenant, key, 'a.jpg')).toBe('searchable');
    expect(await sweep(tenant)).toMatchObject({ resumed: 0, corrected: false });
  });

  it('to be indexed, when its message was lost', async () => {
    const { tenant, key } = await newTenant();
    const documents = [{ id: 'words', texts: ['a zebra'] }];
    await service.request('POST', '/v1/documents', key, { documents });
    await service.drainIndexQueue();
    expect(await sweep(tenant)).toMatchObject({ resumed: 1 });
    await goOn();
    expect(await statusOf(tenant, key, 'words')).toBe('searchable');
  });

  it('when there is quota for it by now', async () => {
    const { tenant, key } = await newTenant({ images: 0 });
    await service.describe(await uploaded(tenant, 'a.jpg'));
    expect(await statusOf(tenant, key, 'a.jpg')).toBe('failed');
    await sweep(tenant);
    await goOn();
    expect(await statusOf(tenant, key, 'a.jpg')).toBe('failed');
    const raised = { settings: { limits: { images: 10 } } };
    expect((await service.request('PATCH', `/v1/tenants/${tenant}`, operator, raised)).status).toBe(200);
    await sweep(tenant);
    await goOn();
    expect(await statusOf(tenant, key, 'a.jpg')).toBe('searchable');
  });

  it('when it waited for a budget, and what should have woken it is lost', async () => {
    const DAYS_40 = 40 * 24 * 3_600_000;
    const { tenant, key } = await newTenant({ modelUsdPerMonth: 0 });
    await service.describe(await uploaded(tenant, 'a.jpg'));
    expect(await statusOf(tenant, key, 'a.jpg')).toBe('waiting');
    const { waiting } = await sweeper();
    await waiting.remove(tenant, await waiting.list(tenant, 'budget', { limit: 10 }));
    const raised = { settings: { limits: { modelUsdPerMonth: 10 } } };
    await service.request('PATCH', `/v1/tenants/${tenant}`, operator, raised);
    expect(await sweep(tenant)).toMatchObject({ resumed: 0 });
    expect(await sweep(tenant, DAYS_40)).toMatchObject({ resumed: 1 });
    const admitted = await service.admit(await service.drainAdmitQueue());
    expect(admitted.batchItemFailures).toEqual([]);
    expect((await service.drainDescribeQueue()).Records).toHaveLength(1);
  });

  it('when it waits, and its tenant is lost in the list of those that have some', async () => {
    const { tenant } = await newTenant({ modelUsdPerMonth: 0 });
    await service.describe(await uploaded(tenant, 'a.jpg'));
    const { waitingTenants } = await sweeper();
    await waitingTenants.removeName(tenant);
    await sweep(tenant, 0);
    expect((await waitingTenants.names({ limit: 100 })).names).toContain(tenant);
  });

  it('out of the list, when its object is gone and nobody was told', async () => {
    const { tenant, key } = await newTenant();
    await service.admit(await uploaded(tenant, 'a.jpg'));
    await service.drainDescribeQueue();
    await service.removeObject(`uploads/${tenant}/a.jpg`);
    await sweep(tenant);
    expect(await statusOf(tenant, key, 'a.jpg')).toBe('removed');
    expect((await service.drainAdmitQueue()).Records).toEqual([]);
  });
});

describe('the bucket', () => {
  const DAY_MS = 24 * 3_600_000;
  /** Each image has its turn once in a month. */
  const sweepForAMonth = async (tenant: TenantId) => {
    let lost = 0;
    for (let day = 1; day <= 30; day += 1) lost += (await sweep(tenant, day * DAY_MS)).lost;
    return lost;
  };
  const searchable = async (names: readonly string[]) => {
    const { tenant, key } = await newTenant();
    for (const name of names) await service.describe(await uploaded(tenant, name));
    await service.indexAll();
    return { tenant, key };
  };
  const keysUnder = async (prefix: string) => [...(await service.sizesUnder(prefix)).keys()];
  const found = async (key: string) => {
    const { json } = await service.request('GET', '/v1/search?q=cat', key);
    return (json as { hits: { name: string }[] }).hits.map(({ name }) => name);
  };
  const sweepThumbnailsOf = async (tenant: TenantId, laterMs: number) => {
    const deps = { ...(await sweeper()), clock: { nowMs: () => Date.now() + laterMs } };
    return sweepThumbnails(deps, { tenant }, () => false);
  };
  const differencesOf = async (tenant: TenantId) => {
    const { json } = await service.request('GET', `/v1/tenants/${tenant}/index/check`, operator);
    return (json as { differences: object[] }).differences;
  };

  it('has lost a picture without a word: the image goes within a month, and no other', async () => {
    const { tenant, key } = await searchable(['a.jpg', 'b.jpg', 'c.jpg']);
    expect(await differencesOf(tenant)).toEqual([]);
    await service.removeObject(`uploads/${tenant}/b.jpg`);
    expect(await differencesOf(tenant)).toEqual([
      { what: 'no_original', image: imageIdOf(tenant, 'b.jpg'), name: 'b.jpg' },
    ]);
    expect(await sweepForAMonth(tenant)).toBe(1);
    expect((await found(key)).sort()).toEqual(['a.jpg', 'c.jpg']);
    expect(await statusOf(tenant, key, 'b.jpg')).toBe('removed');
    expect(await differencesOf(tenant)).toEqual([]);
  });

  it('has lost a picture that people gave other words, and one that could not be described: both go', async () => {
    const { tenant, key } = await searchable(['a.jpg']);
    await service.request('POST', '/v1/documents', key, { documents: [{ id: 'a.jpg', texts: ['a cat'] }] });
    await service.indexAll();
    await service.upload(`uploads/${tenant}/broken.jpg`, Buffer.from('no picture'), 'image/jpeg');
    const event = s3Event('Created:Put', `uploads/${tenant}/broken.jpg`, '0055AED6DCD902', 1, { size: 10 });
    await service.describe(event);
    expect(await statusOf(tenant, key, 'broken.jpg')).toBe('failed');
    for (const name of ['a.jpg', 'broken.jpg']) await service.removeObject(`uploads/${tenant}/${name}`);
    expect(await sweepForAMonth(tenant)).toBe(2);
    expect(await found(key)).toEqual([]);
    expect(await statusOf(tenant, key, 'broken.jpg')).toBe('removed');
  });

  it('has thumbnails that nothing shows: they go after a day, and no others', async () => {
    const { tenant } = await searchable(['a.jpg', 'b.jpg']);
    const folder = `thumbnails/${tenant}/`;
    const shown = await keysUnder(folder);
    expect(shown).toHaveLength(2);
    const [a, nobody] = [imageIdOf(tenant, 'a.jpg'), imageIdOf(tenant, 'never.jpg')];
    const unshown = [
      `${folder}${a}/0055AED6DCD900/0.jpg`,
      `${folder}${nobody}/0055/0.jpg`,
      `${folder}${nobody}.jpg`,
    ];
    for (const name of unshown) await service.upload(name, cat, 'image/jpeg');
    expect(await sweepThumbnailsOf(tenant, DAY_MS / 2)).toEqual({ images: 0 });
    expect(await keysUnder(folder)).toHaveLength(shown.length + unshown.length);
    expect(await sweepThumbnailsOf(tenant, 2 * DAY_MS)).toEqual({ images: 2 });
    expect(await keysUnder(folder)).toEqual(shown);
    expect(await sweepThumbnailsOf(tenant, 2 * DAY_MS)).toEqual({ images: 0 });
  });

  it('has a picture whose words are lost: it is described again, once, and takes up no more room', async () => {
    const { tenant, key } = await searchable(['a.jpg', 'b.jpg']);
    const documents = [{ id: 'words', texts: ['a cat'] }];
    await service.request('POST', '/v1/documents', key, { documents });
    await service.indexAll();
    const stored = async () => (await service.request('GET', '/v1/usage', key)).json;
    const before = (await stored()) as { stored: object };
    const lost = ['b.jpg', 'words'].map((name) => imageIdOf(tenant, name));
    for (const imageId of lost) {
      const Key = { pk: { S: `${tenant}/gloss/${imageId}` }, sk: { S: 'gloss' } };
      const { Attributes } = await testerDynamo().send(
        new DeleteItemCommand({ TableName: process.env['IMAGES_TABLE']!, Key, ReturnValues: 'ALL_OLD' }),
      );
      expect(Attributes).toBeDefined();
    }
    expect(await differencesOf(tenant)).toHaveLength(2);
    let resumed = 0;
    for (let day = 1; day <= 60; day += 1) {
      const swept = await sweep(tenant, day * DAY_MS);
      resumed += swept.resumed;
      if (swept.resumed > 0) {
        await goOn();
        expect(((await stored()) as { stored: object }).stored).toEqual(before.stored);
      }
    }
    expect(resumed).toBe(1);
    expect((await found(key)).sort()).toEqual(['a.jpg', 'b.jpg']);
    // What people wrote cannot be made again.
    expect(await differencesOf(tenant)).toMatchObject([{ image: imageIdOf(tenant, 'words') }]);
    expect(((await stored()) as { stored: object }).stored).toEqual(before.stored);
  });

  it('has lost a thumbnail: a check says so', async () => {
    const { tenant } = await searchable(['a.jpg']);
    const [first] = await keysUnder(`thumbnails/${tenant}/`);
    await service.removeObject(first!);
    expect(await differencesOf(tenant)).toEqual([
      { what: 'no_thumbnail', image: imageIdOf(tenant, 'a.jpg'), name: 'a.jpg' },
    ]);
  });
});

describe('the index', () => {
  const DAY_MS = 24 * 3_600_000;
  const imported = async (names: readonly string[]) => {
    const { tenant, key } = await newTenant();
    const documents = names.map((id) => ({ id, texts: ['a zebra'] }));
    await service.request('POST', '/v1/documents', key, { documents });
    await service.indexAll();
    return { tenant, key };
  };
  const zebras = async (key: string) => {
    const { json } = await service.request('GET', '/v1/search?q=zebra&limit=100', key);
    return (json as { hits: { name: string }[] }).hits.map(({ name }) => name).sort();
  };
  const TableName = () => process.env['INDEX_TABLE']!;
  /** All items that the index table has of a tenant. */
  const itemsOf = async (tenant: TenantId) => {
    const { Items = [] } = await testerDynamo().send(new ScanCommand({ TableName: TableName() }));
    return Items.filter(({ pk }) => pk!.S!.startsWith(`${tenant}/`));
  };
  const removeItems = async (tenant: TenantId, kind = '') => {
    for (const { pk, sk } of await itemsOf(tenant))
      if (pk!.S!.startsWith(`${tenant}/${kind}`))
        await testerDynamo().send(
          new DeleteItemCommand({ TableName: TableName(), Key: { pk: pk!, sk: sk! } }),
        );
  };
  const rebuild = async () => {
    const event = await service.drainReindexQueue();
    if (event.Records.length > 0) await service.reindex(event);
    return event.Records.length;
  };
  /** Each image has its turn once in a month. */
  const sweepForAMonth = async (tenant: TenantId) => {
    const seen: string[] = [];
    for (let day = 4; day <= 34; day += 1) {
      const { index } = await sweep(tenant, day * DAY_MS);
      if (index !== 'right') seen.push(index);
      await rebuild();
    }
    return seen;
  };

  /** Each worker has time for one page. @returns how many images each has deleted */
  const sweepDocumentsInParts = async (tenant: TenantId, day: number) => {
    const deps = { ...(await sweeper()), clock: { nowMs: () => Date.now() + day * DAY_MS } };
    const parts: number[] = [];
    let message: Parameters<typeof sweepDocuments>[1] | undefined = { tenant };
    while (message) {
      let looks = 0;
      parts.push((await sweepDocuments(deps, message, () => (looks += 1) > 1)).deleted);
      const { Records } = await service.drainSweepQueue();
      message = Records[0] && (JSON.parse(Records[0].body) as typeof message);
    }
    return parts;
  };

  it('has lost its manifest: the next sweep says so and has it made again, and what it named stays', async () => {
    const { tenant, key } = await imported(['a', 'b']);
    expect(await sweep(tenant)).toMatchObject({ index: 'right' });
    const segments = async () =>
      new Set((await itemsOf(tenant)).map(({ pk }) => pk!.S!).filter((pk) => pk.includes('/segment/')));
    const before = await segments();
    const drops = await service.drainMergeQueue();
    await removeItems(tenant, 'manifest');
    await service.merge(drops);
    expect(await segments()).toEqual(before);
    expect(await zebras(key)).toEqual([]);
    expect(await sweep(tenant)).toMatchObject({ index: 'lost' });
    expect(await rebuild()).toBe(1);
    expect(await zebras(key)).toEqual(['a', 'b']);
    expect(await sweep(tenant)).toMatchObject({ index: 'right' });
  });

  it('has lost its manifest and got another one since: it is made again within a month', async () => {
    const { tenant, key } = await imported(['a', 'b']);
    await removeItems(tenant, 'manifest');
    await service.request('POST', '/v1/documents', key, { documents: [{ id: 'c', texts: ['a zebra'] }] });
    await service.indexAll();
    expect(await zebras(key)).toEqual(['c']);
    expect(await sweepForAMonth(tenant)).toEqual(['lost']);
    expect(await zebras(key)).toEqual(['a', 'b', 'c']);
  });

  it('was restored to before a deletion of long ago: the words go again, and no others', async () => {
    const { tenant, key } = await imported(['a', 'b', 'c']);
    const documents = [{ id: 'd', texts: ['a zebra'] }];
    await service.request('POST', '/v1/documents', key, { documents });
    await service.indexAll();
    const before = await itemsOf(tenant);
    await service.request('DELETE', `/v1/images/${imageIdOf(tenant, 'b')}`, key);
    expect(await zebras(key)).toEqual(['a', 'c', 'd']);
    await removeItems(tenant);
    for (const Item of before)
      await testerDynamo().send(new PutItemCommand({ TableName: TableName(), Item }));
    const live = async () => {
      const { json } = await service.request('GET', `/v1/tenants/${tenant}/index`, operator);
      return (json as { documents: number }).documents;
    };
    expect(await live()).toBe(4);
    expect(await sweepForAMonth(tenant)).toEqual([]);
    const parts: number[] = [];
    for (let day = 4; day <= 34; day += 1) parts.push(...(await sweepDocumentsInParts(tenant, day)));
    // Of each day there are as many as segments.
    expect(parts.length).toBeGreaterThan(31);
    expect(parts.filter((deleted) => deleted > 0)).toEqual([1]);
    expect(await live()).toBe(3);
    expect(await zebras(key)).toEqual(['a', 'c', 'd']);
  });

  it('lacks an image whose words are lost: it is not made again for that', async () => {
    const { tenant } = await imported(['a']);
    await removeItems(tenant, 'manifest');
    const Key = { pk: { S: `${tenant}/gloss/${imageIdOf(tenant, 'a')}` }, sk: { S: 'gloss' } };
    await testerDynamo().send(new DeleteItemCommand({ TableName: process.env['IMAGES_TABLE']!, Key }));
    expect(await sweepForAMonth(tenant)).toEqual([]);
  });
});

describe('sums', () => {
  const add = (tenant: TenantId, images: number) =>
    testerDynamo().send(
      new UpdateItemCommand({
        TableName: process.env['IMAGES_TABLE']!,
        Key: { pk: { S: `${tenant}/totals` }, sk: { S: 'totals' } },
        UpdateExpression: 'ADD images :images',
        ExpressionAttributeValues: { ':images': { N: String(images) } },
      }),
    );
  const stored = async (key: string) =>
    ((await service.request('GET', '/v1/usage', key)).json as { stored: object }).stored;

  it.each([-180, 87])('that are off by %d are those of the records again', async (drift) => {
    const { tenant, key } = await newTenant();
    await service.describe(await uploaded(tenant, 'a.jpg'));
    await service.indexAll();
    await add(tenant, drift);
    expect(await stored(key)).toEqual({ images: Math.max(0, 1 + drift), bytes: cat.length });
    expect(await sweep(tenant)).toMatchObject({ corrected: true });
    expect(await stored(key)).toEqual({ images: 1, bytes: cat.length });
    expect(await sweep(tenant)).toMatchObject({ corrected: false });
  });

  it('are those of the records again although the sweep itself removes images', async () => {
    const { tenant, key } = await newTenant();
    await service.describe(await uploaded(tenant, 'old.jpg'));
    await service.indexAll();
    await add(tenant, -3);
    const settings = { retentionDays: 1 };
    await service.request('PATCH', `/v1/tenants/${tenant}`, operator, { settings });
    const later = { ...(await sweeper()), clock: { nowMs: () => Date.now() + 3 * 24 * 3_600_000 } };
    expect(await sweepImages(later, { tenant }, () => false)).toMatchObject({ removed: 1, corrected: true });
    expect(await stored(key)).toEqual({ images: 0, bytes: 0 });
    expect((await service.drainSweepQueue()).Records).toEqual([]);
  });

  it('are counted over several workers, while images come', async () => {
    const { tenant, key } = await newTenant();
    const imported = async (ids: readonly string[]) => {
      const documents = ids.map((id) => ({ id, texts: ['a zebra'] }));
      await service.request('POST', '/v1/documents', key, { documents });
    };
    await imported(Array.from({ length: 100 }, (_, i) => `${i}`));
    await imported(['one more']);
    await service.indexAll();
    await add(tenant, 5);
    const deps = await sweeper();
    await sweepImages(deps, { tenant }, () => true);
    const message = (await service.drainSweepQueue()).Records[0]!;
    expect(JSON.parse(message.body)).toMatchObject({ sums: { ofParts: { length: 16 } } });
    await imported(['another', 'a third']);
    expect((await service.sweep({ Records: [message] })).batchItemFailures).toEqual([]);
    expect(await stored(key)).toEqual({ images: 103, bytes: 0 });
    expect(await sweepImages(deps, { tenant }, () => false)).toMatchObject({ corrected: false });
  });

  it.each([
    [{ images: { S: 'many' } }],
    [{ moves: { N: '-7' } }],
    [{ moves: { N: '0.5' } }],
    [{ bytes: { N: '1.5' }, images0: { S: 'some' }, moves7: { BOOL: true } }],
  ])('are those of the records again where their item has %o', async (damage) => {
    const { tenant, key } = await newTenant();
    await service.describe(await uploaded(tenant, 'a.jpg'));
    await service.indexAll();
    const TableName = process.env['IMAGES_TABLE']!;
    const Key = { pk: { S: `${tenant}/totals` }, sk: { S: 'totals' } };
    const dynamo = testerDynamo();
    const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    await dynamo.send(new PutItemCommand({ TableName, Item: { ...Item, ...damage } }));
    expect(await sweep(tenant)).toMatchObject({ corrected: true });
    expect(await stored(key)).toEqual({ images: 1, bytes: cat.length });
    await service.describe(await uploaded(tenant, 'b.jpg'));
    expect(await stored(key)).toEqual({ images: 2, bytes: 2 * cat.length });
    expect(await sweep(tenant)).toMatchObject({ corrected: false });
  });
});
