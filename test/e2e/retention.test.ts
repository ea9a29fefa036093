import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectVersionsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import type { MergeMessage, SweepMessage } from '../../lib/domain/messages.ts';
import { readable } from '../../lib/domain/unreadable.ts';
import { dropSegments } from '../../lib/steps/index/drop-segments.ts';
import { rewriteStale } from '../../lib/steps/index/rewrite-stale.ts';
import { sweepImages } from '../../lib/steps/sweep/sweep-images.ts';
import { sweepPostings } from '../../lib/steps/sweep/sweep-postings.ts';
import { fixture, s3Event, sqsEvent, startService } from '../support/service.ts';
import { sweeper } from '../support/sweeper.ts';
import { testerDynamo, testerS3 } from '../support/tester-clients.ts';

/** What goes because time passes: the steps of the sweep, as its function is made, on a clock that runs ahead. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let service: Awaited<ReturnType<typeof startService>>;
let operator: string;
let cat: Buffer;
let deps: Awaited<ReturnType<typeof sweeperAhead>>;
let aheadMs = 0;
const again: SweepMessage[] = [];
const merges: MergeMessage[] = [];

const collectInto = <Message>(messages: Message[]) => ({
  send(sent: readonly Message[]) {
    messages.push(...sent);
    return Promise.resolve();
  },
});
async function sweeperAhead() {
  return {
    ...(await sweeper()),
    sweepQueue: collectInto(again),
    mergeQueue: collectInto(merges),
    clock: { nowMs: () => Date.now() + aheadMs },
  };
}

beforeAll(async () => {
  service = await startService();
  operator = await service.keys.createOperator();
  cat = await fixture('samples/chelsea.jpg');
  deps = await sweeperAhead();
});
afterAll(() => service.close());

async function sweep(tenant: TenantId) {
  const { removed, forgotten } = await sweepImages(deps, { tenant }, () => false);
  return { removed, forgotten };
}
/** What the merging worker does, with the drops that it sends itself later. */
async function work(tenant: TenantId): Promise<void> {
  for (let message = merges.shift(); message; message = merges.shift()) {
    if (message.task === 'rewrite') await rewriteStale(deps, tenant);
    if (message.task === 'drop') await dropSegments(deps, message);
  }
}

/** Everything of a tenant in any table and in the bucket, read past the code under test. */
async function remains(tenant: string): Promise<{ readonly keys: string[]; readonly bytes: string }> {
  const dynamo = testerDynamo();
  const keys: string[] = [];
  const bytes: string[] = [];
  for (const name of ['IMAGES_TABLE', 'INDEX_TABLE']) {
    const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: process.env[name]! }));
    for (const item of Items.filter(({ pk }) => pk!.S!.startsWith(`${tenant}/`))) {
      keys.push(`${item['pk']!.S!} ${item['sk']!.S!}`);
      for (const { S, B } of Object.values(item)) bytes.push(S ?? Buffer.from(B ?? []).toString('latin1'));
    }
  }
  const list = new ListObjectsV2Command({ Bucket: process.env['BUCKET'] });
  const { Contents = [] } = await testerS3().send(list);
  keys.push(...Contents.map(({ Key }) => Key!).filter((key) => key.split('/')[1] === tenant));
  return { keys, bytes: bytes.join('\n') };
}

async function upload(tenant: TenantId, name: string, sequencer = '01'): Promise<void> {
  await service.upload(`uploads/${tenant}/${name}`, cat);
  await service.describe(s3Event('Created:Put', `uploads/${tenant}/${name}`, sequencer));
  await service.index(await service.drainIndexQueue());
}
async function importing(key: string, ...documents: object[]): Promise<void> {
  await service.request('POST', '/v1/documents', key, { documents });
  await service.index(await service.drainIndexQueue());
}
/** Writes down that an image came so much later. */
async function postpone(tenant: TenantId, name: string, ms: number): Promise<void> {
  const record = readable(await deps.records.get(tenant, imageIdOf(tenant, name)))!;
  const later = { ...record, arrivedAtMs: record.arrivedAtMs! + ms, revision: record.revision + 1 };
  expect(await deps.records.put(tenant, [{ before: record, after: later }])).toEqual(['written']);
}
async function names(key: string, query: string): Promise<string[]> {
  const { json } = await service.request('GET', `/v1/search?q=${encodeURIComponent(query)}&limit=100`, key);
  return (json as { hits: { name: string }[] }).hits.map(({ name }) => name).toSorted();
}

beforeEach(() => {
  aheadMs = 0;
});

describe('a retention of 30 days', () => {
  it('takes older images with all they have, and nothing of anybody else', async () => {
    const tenant = parseTenantId('kept');
    const key = await service.keys.create(tenant, undefined, { cropPolicy: 'none', retentionDays: 30 });
    const forever = await service.keys.create(parseTenantId('forever'));
    await upload(parseTenantId('forever'), 'old.jpg');
    for (const name of ['old.jpg', 'young.jpg']) await upload(tenant, name);
    await importing(
      key,
      { id: 'old-words', texts: ['a zebra'] },
      { id: 'young-words', texts: ['a giraffe'] },
    );
    for (const name of ['young.jpg', 'young-words']) await postpone(tenant, name, 20 * DAY_MS);
    aheadMs = 29 * DAY_MS;
    expect(await sweep(tenant)).toEqual({ removed: 0, forgotten: 0 });

    aheadMs = 31 * DAY_MS;
    const others = await remains('forever');
    expect(await sweep(tenant)).toEqual({ removed: 2, forgotten: 0 });
    expect(await names(key, 'cat zebra giraffe')).toEqual(['young-words', 'young.jpg']);
    const gone = ['old.jpg', 'old-words'].map((name) => imageIdOf(tenant, name));
    const left = await remains('kept');
    // Each record says that its image is removed, so that a late event cannot bring it back.
    expect(left.keys.filter((one) => gone.some((id) => one.includes(id))).toSorted()).toEqual(
      gone.map((id) => `kept/images ${id}`).toSorted(),
    );
    expect(left.keys).not.toContain('uploads/kept/old.jpg');
    expect(left.keys).toContain('uploads/kept/young.jpg');
    expect(await sweep(parseTenantId('forever'))).toEqual({ removed: 0, forgotten: 0 });
    expect(await names(forever, 'cat')).toEqual(['old.jpg']);
    expect(await remains('forever')).toEqual(others);

    aheadMs += 13 * HOUR_MS;
    expect(await sweepPostings(deps, tenant)).toBe('to be rewritten');
    await work(tenant);
    expect((await remains('kept')).bytes.includes('zebra')).toBe(false);
    expect((await remains('kept')).bytes.includes('giraff')).toBe(true);
    expect(await sweepPostings(deps, tenant)).toBe('nothing to do');

    aheadMs += 20 * DAY_MS;
    expect(await sweep(tenant)).toEqual({ removed: 2, forgotten: 0 });
    aheadMs += 31 * DAY_MS;
    expect(await sweep(tenant)).toEqual({ removed: 0, forgotten: 4 });
    expect((await remains('kept')).keys.filter((one) => one.startsWith('kept/images'))).toEqual([]);
  });

  it('spares a picture that was uploaded again and whose event is still under way', async () => {
    const tenant = parseTenantId('again');
    const key = await service.keys.create(tenant, undefined, { cropPolicy: 'none', retentionDays: 30 });
    await upload(tenant, 'a.jpg');
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // S3 knows seconds
    await service.upload('uploads/again/a.jpg', cat);
    aheadMs = 31 * DAY_MS;
    expect(await sweep(tenant)).toEqual({ removed: 0, forgotten: 0 });
    await service.describe(s3Event('Created:Put', 'uploads/again/a.jpg', '02'));
    await service.index(await service.drainIndexQueue());
    expect(await names(key, 'cat')).toEqual(['a.jpg']);
  });

  it('spares what is uploaded while the sweep removes what it saw, in the same second too', async () => {
    const tenant = parseTenantId('meanwhile');
    const key = await service.keys.create(tenant, undefined, { cropPolicy: 'none', retentionDays: 30 });
    const object = 'uploads/meanwhile/a.jpg';
    await upload(tenant, 'a.jpg');
    await upload(tenant, 'a.jpg', '02');
    const cup = await fixture('samples/pikolo.jpg');
    let looked = 0;
    /** The last look is over, and nothing is removed yet. */
    const removeSeen: typeof deps.objects.removeSeen = async (...seen) => {
      looked += 1;
      await service.upload(object, cup);
      await deps.objects.removeSeen(...seen);
    };
    const removeUnder: typeof deps.objects.removeUnder = (...of) => deps.objects.removeUnder(...of);
    const objects = { removeSeen, removeUnder } as typeof deps.objects;
    aheadMs = 31 * DAY_MS;
    expect(await sweepImages({ ...deps, objects }, { tenant }, () => false)).toMatchObject({ removed: 1 });
    expect(looked).toBe(1);
    const { Versions = [] } = await testerS3().send(
      new ListObjectVersionsCommand({ Bucket: process.env['BUCKET']!, Prefix: object }),
    );
    expect(Versions.map(({ Size }) => Size)).toEqual([cup.length]);
    await service.describe(s3Event('Created:Put', object, '03'));
    await service.index(await service.drainIndexQueue());
    expect(await names(key, 'cup')).toEqual(['a.jpg']);
  });

  it('goes on where an invocation ran out of time, and does no harm when it comes again', async () => {
    const tenant = parseTenantId('many');
    const key = await service.keys.create(tenant, undefined, { retentionDays: 1 });
    const documents = Array.from({ length: 250 }, (_, i) => ({ id: `d${i}`, texts: ['a walrus'] }));
    for (let at = 0; at < documents.length; at += 100) await importing(key, ...documents.slice(at, at + 100));
    aheadMs = 2 * DAY_MS;
    const removed: number[] = [];
    let after: string | undefined;
    do {
      const message = { tenant, ...(after && { after: after as ReturnType<typeof imageIdOf> }) };
      removed.push((await sweepImages(deps, message, () => true)).removed);
      const next = again.shift();
      after = next?.task === 'images' ? next.after : undefined;
    } while (after);
    expect(removed).toEqual([100, 100, 50]);
    expect(await names(key, 'walrus')).toEqual([]);
    const before = await remains('many');
    expect(before.keys.filter((one) => one.includes('/gloss/'))).toEqual([]);
    expect(await sweep(tenant)).toEqual({ removed: 0, forgotten: 0 });
    expect(await remains('many')).toEqual(before);
  });

  it('is set by days, and taken back by null', async () => {
    const change = (retentionDays: unknown) =>
      service.request('PATCH', '/v1/tenants/many', operator, { settings: { retentionDays } });
    expect(await change(7)).toMatchObject({ json: { settings: { retentionDays: 7 } } });
    expect(await change(null)).toMatchObject({ json: { settings: { retentionDays: null } } });
    for (const wrong of [0, 1.5, '7', 40_000])
      expect(await change(wrong)).toMatchObject({ status: 400, json: { field: 'settings.retentionDays' } });
  });
});

it('a schedule’s message becomes one of every tenant, and the sweep of each is done', async () => {
  const first = await service.sweep(sqsEvent({ task: 'images' }));
  const fannedOut = await service.drainSweepQueue();
  const { json } = await service.request('GET', '/v1/tenants', operator);
  const tenants = (json as { tenants: { tenant: string }[] }).tenants.map(({ tenant }) => tenant);
  expect(fannedOut.Records.map(({ body }) => JSON.parse(body) as unknown)).toEqual(
    expect.arrayContaining(tenants.map((tenant) => ({ task: 'images', tenant }))),
  );
  const answers = [
    first,
    await service.sweep(fannedOut),
    await service.sweep(sqsEvent({ task: 'postings' })),
  ];
  answers.push(await service.sweep(await service.drainSweepQueue()));
  for (const { batchItemFailures } of answers) expect(batchItemFailures).toEqual([]);
});

describe('a removal that somebody died of', () => {
  it('is finished by a later sweep', async () => {
    const tenant = parseTenantId('halfway');
    const key = await service.keys.create(tenant);
    await upload(tenant, 'cat.jpg');
    const record = readable(await deps.records.get(tenant, imageIdOf(tenant, 'cat.jpg')))!;
    // The record is the first that a removal writes, which its owner asked for.
    const removed = {
      ...record,
      status: 'removed',
      deletesObject: true,
      revision: record.revision + 1,
    } as const;
    await deps.records.put(tenant, [{ before: record, after: removed }]);
    aheadMs = 2 * HOUR_MS;
    await sweep(tenant);
    const { keys } = await remains('halfway');
    expect(keys.filter((one) => /\/gloss\/|^uploads|^thumbnails/.test(one))).toEqual([]);
    expect(await names(key, 'cat')).toEqual([]);
    aheadMs = 13 * HOUR_MS + 2 * HOUR_MS;
    await sweepPostings(deps, tenant);
    await work(tenant);
    expect((await remains('halfway')).keys.filter((one) => one.includes('/segment/'))).toEqual([]);
  });
});

describe('postings of deleted images', () => {
  it('are rewritten out of their segments within a day, by sweeps every six hours', async () => {
    const tenant = parseTenantId('purged');
    const key = await service.keys.create(tenant);
    await importing(key, { id: 'secret', texts: ['a quokka'] }, { id: 'rest', texts: ['a meerkat'] });
    await service.request('DELETE', `/v1/images/${imageIdOf(tenant, 'secret')}`, key);
    expect(await names(key, 'quokka')).toEqual([]);
    expect((await remains('purged')).bytes.includes('quokka')).toBe(true);
    for (aheadMs = 5 * HOUR_MS; (await remains('purged')).bytes.includes('quokka'); aheadMs += 6 * HOUR_MS) {
      expect(aheadMs).toBeLessThan(DAY_MS);
      await sweepPostings(deps, tenant);
      await work(tenant);
    }
    expect(aheadMs).toBeGreaterThan(12 * HOUR_MS); // until then they wait for a merge that comes anyway
    expect(await names(key, 'meerkat')).toEqual(['rest']);
    // A later deletion in the same segment does not make the older one young again.
    await importing(
      key,
      { id: 'b', texts: ['a bat'] },
      { id: 'c', texts: ['a crow'] },
      { id: 'd', texts: ['a dove'] },
    );
    aheadMs = 0;
    await service.request('DELETE', `/v1/images/${imageIdOf(tenant, 'b')}`, key);
    const { segments } = await deps.manifests.read(tenant);
    await service.request('DELETE', `/v1/images/${imageIdOf(tenant, 'c')}`, key);
    const after = (await deps.manifests.read(tenant)).segments;
    expect(after.at(-1)!.deleted).toBe(2);
    expect(after.at(-1)!.deletions.split('-')[0]).toBe(segments.at(-1)!.deletions.split('-')[0]);
  });
});
