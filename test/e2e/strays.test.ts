import { DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { s3ObjectStore } from '../../lib/adapters/s3-object-store.ts';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { STRAY_KEPT_MS } from '../../lib/domain/stray.ts';
import { adoptStrays } from '../../lib/steps/images/adopt-strays.ts';
import { sweepObjects } from '../../lib/steps/sweep/sweep-objects.ts';
import { sweepStrays } from '../../lib/steps/sweep/sweep-strays.ts';
import { sweeper } from '../support/sweeper.ts';
import { fixture, s3Event, sqsEvent, startService } from '../support/service.ts';
import { testerS3 } from '../support/tester-clients.ts';

/** Originals that come for a tenant that is not there are never deleted for want of it, and never inherited. */

let service: Awaited<ReturnType<typeof startService>>;
let operator: string;
let cat: Buffer;
let cup: Buffer;
beforeAll(async () => {
  service = await startService();
  operator = await service.keys.createOperator();
  cat = await fixture('samples/chelsea.jpg');
  cup = await fixture('samples/pikolo.jpg');
});
afterAll(() => service.close());

const count = async (tenant: TenantId) => {
  const { Versions = [], DeleteMarkers = [] } = await testerS3().send(
    new ListObjectVersionsCommand({ Bucket: process.env['BUCKET']!, Prefix: `uploads/${tenant}/` }),
  );
  return Versions.length + DeleteMarkers.length;
};
const come = async (tenant: TenantId, name = 'cat.jpg', sequencer = '01', picture = cat) => {
  const object = `uploads/${tenant}/${name}`;
  await service.upload(object, picture, 'image/jpeg');
  await service.describe(s3Event('Created:Put', object, sequencer, 1, { atMs: Date.now() }));
};
const ask = async (path: string) => (await service.request('GET', path, operator)).json;
const imagesOf = async (key: string) => {
  const { json } = await service.request('GET', '/v1/images', key);
  return (json as { images: { name: string }[] }).images.map(({ name }) => name);
};
/** S3 tells times in whole seconds: what comes in the second of a tenant's birth is its own. */
const nextSecond = () => pause(1_000 - (Date.now() % 1_000) + 5);

it('for a tenant that does not exist: the object stays, and the operator sees it', async () => {
  const tenant = parseTenantId('early');
  await come(tenant);
  expect(await count(tenant)).toBe(1);
  expect(await ask('/v1/strays')).toMatchObject({ tenants: expect.arrayContaining(['early']) as string[] });
  expect(await ask('/v1/strays/early')).toMatchObject({
    strays: [{ name: 'cat.jpg', storedAt: expect.any(String) as string }],
  });
});

it('a tenant made later under the name does not inherit it, by no event', async () => {
  const tenant = parseTenantId('early');
  await nextSecond();
  const key = await service.keys.create(tenant, undefined, { cropPolicy: 'none' });
  const { strays } = (await ask('/v1/strays/early')) as { strays: { storedAt: string }[] };
  const atMs = Date.parse(strays[0]!.storedAt);
  // A redriven event, and one that S3 told twice.
  await service.describe(s3Event('Created:Put', 'uploads/early/cat.jpg', '01', 1, { atMs }));
  await service.sweep(sqsEvent({ task: 'objects', tenant }));
  expect((await service.drainAdmitQueue()).Records).toEqual([]);
  expect(await imagesOf(key)).toEqual([]);
  expect(await count(tenant)).toBe(1);
});

it('the operator gives it to the tenant, whose picture it is from then on', async () => {
  const tenant = parseTenantId('early');
  const key = await service.keys.create(tenant, undefined, { cropPolicy: 'none' });
  expect(await service.request('POST', '/v1/strays/early/adoption', operator, {})).toMatchObject({
    status: 200,
    json: { adopted: 1, refused: [] },
  });
  // Storing it again makes S3 tell of it.
  await service.describe(s3Event('Created:Put', 'uploads/early/cat.jpg', '02', 1, { atMs: Date.now() }));
  await service.index(await service.drainIndexQueue());
  expect(await imagesOf(key)).toEqual(['cat.jpg']);
  expect(await ask('/v1/strays/early')).toMatchObject({ strays: [] });
  expect(await count(tenant)).toBe(1);
});

it('above the quota stays a stray, also of several at once, and is the tenant’s once there is room', async () => {
  const tenant = parseTenantId('full');
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) await come(tenant, name);
  await nextSecond();
  const key = await service.keys.create(tenant, undefined, { limits: { images: 2 } });
  const adopt = async () => (await service.request('POST', '/v1/strays/full/adoption', operator, {})).json;
  expect(await adopt()).toEqual({ adopted: 2, refused: [{ name: 'c.jpg', code: 'quota' }] });
  for (const name of ['a.jpg', 'b.jpg'])
    await service.describe(s3Event('Created:Put', `uploads/full/${name}`, '02', 1, { atMs: Date.now() }));
  expect(await adopt()).toEqual({ adopted: 0, refused: [{ name: 'c.jpg', code: 'quota' }] });
  expect(await ask('/v1/strays/full')).toMatchObject({ strays: [{ name: 'c.jpg' }] });
  expect((await imagesOf(key)).sort()).toEqual(['a.jpg', 'b.jpg']);
  await service.request('PATCH', `/v1/tenants/${tenant}`, operator, { settings: { limits: { images: 3 } } });
  expect(await adopt()).toEqual({ adopted: 1, refused: [] });
});

it('a tenant that is deleted takes its own along and leaves what came before it', async () => {
  const tenant = parseTenantId('older');
  await come(tenant, 'stray.jpg');
  await nextSecond();
  await service.keys.create(tenant, undefined, { cropPolicy: 'none' });
  await come(tenant, 'own.jpg', '03');
  expect(await count(tenant)).toBe(2);
  await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
  await service.purge(await service.drainPurgeQueue());
  expect(await count(tenant)).toBe(1);
  // What comes for a tenant that is deleted goes, as its owner asked, and nothing that lies under it.
  await come(tenant, 'late.jpg', '04');
  await come(tenant, 'stray.jpg', '05');
  expect(await count(tenant)).toBe(1);
  // The stray's own event, which comes again.
  const { strays } = (await ask('/v1/strays/older')) as { strays: { storedAt: string }[] };
  const atMs = Date.parse(strays[0]!.storedAt);
  await service.describe(s3Event('Created:Put', 'uploads/older/stray.jpg', '01', 1, { atMs }));
  expect(await count(tenant)).toBe(1);
  expect(await ask('/v1/strays/older')).toMatchObject({ strays: [{ name: 'stray.jpg' }] });
});

it('of a suspended tenant is described, not lost', async () => {
  const tenant = parseTenantId('asleep');
  const key = await service.keys.create(tenant, undefined, { cropPolicy: 'none' });
  await service.request('PATCH', `/v1/tenants/${tenant}`, operator, { status: 'suspended' });
  await come(tenant);
  expect(await count(tenant)).toBe(1);
  await service.request('PATCH', `/v1/tenants/${tenant}`, operator, { status: 'active' });
  expect(await imagesOf(key)).toEqual(['cat.jpg']);
});

it('goes when its time is over, and what came later under its name stays', async () => {
  const tenant = parseTenantId('expiring');
  await come(tenant, 'old.jpg');
  await come(tenant, 'older.jpg');
  await nextSecond();
  await service.upload(`uploads/${tenant}/old.jpg`, cat, 'image/jpeg');
  // The sweep of all names reaches names of no tenant.
  await service.sweep(sqsEvent({ task: 'strays' }));
  const { Records } = await service.drainSweepQueue();
  expect(Records.map(({ body }) => JSON.parse(body) as object)).toContainEqual({ task: 'strays', tenant });
  const sweepAfter = async (ms: number) =>
    sweepStrays({ ...(await sweeper()), clock: { nowMs: () => Date.now() + ms } }, tenant);
  await sweepAfter(STRAY_KEPT_MS - 60_000);
  expect(await count(tenant)).toBe(3);
  await sweepAfter(STRAY_KEPT_MS + 60_000);
  expect(await count(tenant)).toBe(1);
  expect(await ask('/v1/strays/expiring')).toMatchObject({ strays: [] });
});

describe('whose event was lost', () => {
  const hoursLater = async () => ({
    ...(await sweeper()),
    clock: { nowMs: () => Date.now() + 2 * 3_600_000 },
  });
  const sweep = async (tenant: TenantId) => sweepObjects(await hoursLater(), { tenant }, () => false);

  it('under a name of no tenant, is found and listed, once', async () => {
    const tenant = parseTenantId('unheard-of');
    for (const name of ['a.jpg', 'b.jpg']) await service.upload(`uploads/${tenant}/${name}`, cat);
    for (const loose of ['uploads/loose.jpg', 'uploads/Unheard/a.jpg']) await service.upload(loose, cat);
    await come(tenant, 'b.jpg');
    await service.sweep(sqsEvent({ task: 'objects' }));
    const { Records } = await service.drainSweepQueue();
    expect(Records.map(({ body }) => JSON.parse(body) as object)).toContainEqual({ task: 'objects', tenant });
    expect(await sweep(tenant)).toMatchObject({ sent: 1 });
    await service.describe(await service.drainAdmitQueue());
    expect(await ask(`/v1/strays/${tenant}`)).toMatchObject({
      strays: [{ name: 'a.jpg' }, { name: 'b.jpg' }],
    });
    expect(await sweep(tenant)).toMatchObject({ sent: 0 });
    expect(await count(tenant)).toBe(3);
  });

  it('of a tenant that is deleted for good, goes if it came before that, and is a stray if after', async () => {
    const tenant = parseTenantId('ended');
    await service.keys.create(tenant, undefined, { cropPolicy: 'none' });
    await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
    await service.purge(sqsEvent({ tenant, final: true }));
    await service.upload(`uploads/${tenant}/early.jpg`, cat);
    await service.upload(`uploads/${tenant}/both.jpg`, cat);
    await nextSecond();
    // As if the deletion had ended here, and had not seen them.
    const ended = (await service.tenants.get(tenant))!;
    const deletion = { ...ended.deletion!, provenAtMs: Date.now() };
    await service.tenants.put({ ...ended, deletion, revision: ended.revision + 1 });
    await nextSecond();
    await service.upload(`uploads/${tenant}/both.jpg`, cup);
    await service.upload(`uploads/${tenant}/late.jpg`, cup);
    expect(await sweep(tenant)).toMatchObject({ sent: 3 });
    await service.describe(await service.drainAdmitQueue());
    expect(await ask(`/v1/strays/${tenant}`)).toMatchObject({
      strays: [{ name: 'both.jpg' }, { name: 'late.jpg' }],
    });
    expect((await service.sizesUnder(`uploads/${tenant}/`)).size).toBe(2);
    // An event of the older version, told late.
    const atMs = deletion.provenAtMs - 1_000;
    await service.describe(s3Event('Created:Put', `uploads/${tenant}/both.jpg`, '01', 1, { atMs }));
    expect(await count(tenant)).toBe(2);
    expect(await sweep(tenant)).toMatchObject({ sent: 0 });
    const clock = { nowMs: () => Date.now() + STRAY_KEPT_MS + 60_000 };
    expect(await sweepStrays({ ...(await sweeper()), clock }, tenant)).toEqual({ expired: 2 });
    expect(await count(tenant)).toBe(0);
  });
});

it('is none of those of a tenant whose item is lost: they stay, and are there again when it is restored', async () => {
  const tenant = parseTenantId('lost-item');
  const key = await service.keys.create(tenant, undefined, { cropPolicy: 'none' });
  await come(tenant);
  const dynamo = new DynamoDBClient({});
  const Key = { pk: { S: `_tenant/${tenant}` }, sk: { S: 'tenant' } };
  const TableName = process.env['TENANTS_TABLE']!;
  const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key }));
  expect(Item).toBeDefined();
  await dynamo.send(new DeleteItemCommand({ TableName, Key }));

  await come(tenant, 'late.jpg', '02', cup);
  const noted: string[] = [];
  const deps = {
    ...(await sweeper()),
    noteLost: (lost: TenantId) => void noted.push(lost),
    clock: { nowMs: () => Date.now() + STRAY_KEPT_MS + 60_000 },
  };
  expect(await sweepObjects(deps, { tenant }, () => false)).toEqual({ sent: 0, counted: 0 });
  expect(await sweepStrays(deps, tenant)).toEqual({ expired: 0 });
  expect(noted).toEqual([tenant, tenant]);
  expect(await count(tenant)).toBe(2);
  expect(await service.request('POST', '/v1/tenants', operator, { tenant })).toMatchObject({
    status: 409,
    json: { code: 'tenant_exists', detail: expect.stringContaining('is lost: restore that') as string },
  });

  await dynamo.send(new PutItemCommand({ TableName, Item: Item! }));
  dynamo.destroy();
  await sweepStrays(deps, tenant);
  expect(await count(tenant)).toBe(2);
  expect(await imagesOf(key)).toEqual(['cat.jpg']);
  expect(noted).toHaveLength(2);
});

it('is listed as it came last, whatever order its events have, and goes with all that came before it', async () => {
  const tenant = parseTenantId('disorder');
  const object = `uploads/${tenant}/cat.jpg`;
  const tell = (sequencer: string, atMs: number) =>
    service.describe(s3Event('Created:Put', object, sequencer, 1, { atMs }));
  await service.upload(object, cat, 'image/jpeg');
  const firstMs = Date.now();
  await nextSecond();
  await service.upload(object, cup, 'image/jpeg');
  const lastMs = Date.now();
  await tell('02', lastMs);
  const deps = { ...(await sweeper()), clock: { nowMs: () => Date.now() + STRAY_KEPT_MS + 60_000 } };
  const seen = (await deps.strays.list(tenant, { limit: 10 })).strays;
  for (const sequencer of ['01', '01']) await tell(sequencer, firstMs);
  expect((await deps.strays.list(tenant, { limit: 10 })).strays).toEqual(seen);
  expect(seen).toMatchObject([{ storedAtMs: lastMs }]);
  expect(await sweepStrays(deps, tenant)).toEqual({ expired: 1 });
  expect(await count(tenant)).toBe(0);
  expect(await ask(`/v1/strays/${tenant}`)).toMatchObject({ strays: [] });
});

it('that comes while an older one of its name goes keeps its place in the list', async () => {
  const tenant = parseTenantId('relay');
  await come(tenant);
  await nextSecond();
  const deps = { ...(await sweeper()), clock: { nowMs: () => Date.now() + STRAY_KEPT_MS + 60_000 } };
  const removeFromBefore: typeof deps.objects.removeFromBefore = async (...old) => {
    await come(tenant, 'cat.jpg', '02', cup);
    await deps.objects.removeFromBefore(...old);
  };
  const objects = { removeFromBefore } as typeof deps.objects;
  await sweepStrays({ ...deps, objects }, tenant);
  expect(await count(tenant)).toBe(1);
  expect(await ask(`/v1/strays/${tenant}`)).toMatchObject({ strays: [{ name: 'cat.jpg' }] });
});

it("of the second in which its tenant is made is the tenant's, and no sweep takes it", async () => {
  const tenant = parseTenantId('twin');
  await come(tenant);
  const { strays } = (await ask('/v1/strays/twin')) as { strays: { storedAt: string }[] };
  const second = Math.floor(Date.parse(strays[0]!.storedAt) / 1_000);
  const sweepOf = async (createdAtMs: number) => {
    const tenants = { get: () => Promise.resolve({ id: tenant, createdAtMs } as never) };
    const clock = { nowMs: () => Date.now() + STRAY_KEPT_MS + 60_000 };
    return sweepStrays({ ...(await sweeper()), tenants, clock }, tenant);
  };
  expect(await sweepOf(second * 1_000 + 999)).toEqual({ expired: 1 });
  expect(await count(tenant)).toBe(1);
  await service.describe(s3Event('Created:Put', `uploads/${tenant}/cat.jpg`, '01'));
  expect(await sweepOf((second + 60) * 1_000)).toEqual({ expired: 1 });
  expect(await count(tenant)).toBe(0);
});

it('and its late events remove nothing of the tenant', async () => {
  const tenant = parseTenantId('heir');
  const key = await service.keys.create(tenant, undefined, { cropPolicy: 'none' });
  await come(tenant, 'cat.jpg', '05');
  const { createdAtMs } = (await service.tenants.get(tenant))!;
  const remove = (sequencer: string, atMs: number) =>
    service.remove(s3Event('Removed:Delete', `uploads/${tenant}/cat.jpg`, sequencer, 1, { atMs }));
  await remove('06', createdAtMs - 5_000);
  expect(await imagesOf(key)).toEqual(['cat.jpg']);
  await service.removeObject(`uploads/${tenant}/cat.jpg`);
  await remove('07', Date.now());
  expect(await imagesOf(key)).toEqual([]);
});

describe('under a picture of the tenant', () => {
  const tenant = parseTenantId('shadow');
  const object = `uploads/${tenant}/cat.jpg`;
  const id = imageIdOf(tenant, 'cat.jpg');
  let key: string;
  beforeAll(async () => {
    await come(tenant);
    await nextSecond();
    key = await service.keys.create(tenant, undefined, { cropPolicy: 'none' });
  });
  const bucket = () => ({ Bucket: process.env['BUCKET']!, Key: object });
  const versions = async () => {
    const { Bucket } = bucket();
    const { Versions = [] } = await testerS3().send(
      new ListObjectVersionsCommand({ Bucket, Prefix: object }),
    );
    return Versions;
  };
  const shown = async () => (await service.request('GET', `/v1/images/${id}`, key)).json as { url: string };
  const bytesAt = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

  it('is never shown nor described when that is deleted in S3', async () => {
    await come(tenant, 'cat.jpg', '02', cup);
    await service.index(await service.drainIndexQueue());
    expect((await bytesAt((await shown()).url)).equals(cup)).toBe(true);
    const [own] = await versions();
    await testerS3().send(new DeleteObjectCommand({ ...bucket(), VersionId: own!.VersionId }));
    // Nobody was told yet.
    expect((await bytesAt((await shown()).url)).equals(cat)).toBe(false);
    await service.describe(s3Event('Created:Put', object, '03', 1, { atMs: Date.now() }));
    expect((await service.drainIndexQueue()).Records).toEqual([]);
    expect(await shown()).toMatchObject({ sequencer: '02'.padEnd(32, '0') });
    const gone = { versionId: own!.VersionId!, atMs: Date.now() };
    await service.remove(s3Event('Removed:Delete', object, '04', 1, gone));
    expect(await imagesOf(key)).toEqual([]);
  });

  it('stays when its owner deletes that by the API', async () => {
    await come(tenant, 'cat.jpg', '05', cup);
    await come(tenant, 'cat.jpg', '06', cup);
    expect(await versions()).toHaveLength(3);
    expect(await service.request('DELETE', `/v1/images/${id}`, key)).toMatchObject({ status: 204 });
    expect(await versions()).toHaveLength(1);
    expect(await service.request('GET', `/v1/images/${id}`, key)).toMatchObject({ status: 404 });
    expect(await ask(`/v1/strays/${tenant}`)).toMatchObject({ strays: [{ name: 'cat.jpg' }] });
  });
});

describe('given to a tenant', () => {
  const tenant = parseTenantId('heirs');
  const adopt = async () =>
    (await service.request('POST', `/v1/strays/${tenant}/adoption`, operator, {})).json as object;
  const bytesOf = async (name: string) => {
    const Key = `uploads/${tenant}/${name}`;
    const { Body } = await testerS3().send(new GetObjectCommand({ Bucket: process.env['BUCKET']!, Key }));
    return Buffer.from(await Body!.transformToByteArray());
  };

  it('takes the place of nothing that the tenant has, and is not lost', async () => {
    const names = ['deleted.jpg', 'free.jpg', 'own.jpg', 'unheard.jpg', 'words.jpg'];
    for (const name of names) await come(tenant, name);
    await nextSecond();
    const key = await service.keys.create(tenant, undefined, { cropPolicy: 'none' });
    await service.removeObject(`uploads/${tenant}/deleted.jpg`);
    await come(tenant, 'own.jpg', '02', cup);
    await service.upload(`uploads/${tenant}/unheard.jpg`, cup, 'image/jpeg');
    await service.request('POST', '/v1/documents', key, {
      documents: [{ id: 'words.jpg', texts: ['some words'] }],
    });
    const refused = [
      { name: 'deleted.jpg', code: 'deleted' },
      { name: 'own.jpg', code: 'own_image' },
      { name: 'unheard.jpg', code: 'own_image' },
      { name: 'words.jpg', code: 'own_image' },
    ];
    expect(await adopt()).toEqual({ adopted: 1, refused });
    for (const name of ['own.jpg', 'unheard.jpg']) expect((await bytesOf(name)).equals(cup)).toBe(true);
    expect(await ask(`/v1/strays/${tenant}`)).toMatchObject({
      strays: refused.map(({ name }) => ({ name })),
    });
    await service.request('DELETE', `/v1/images/${imageIdOf(tenant, 'own.jpg')}`, key);
    expect(await adopt()).toEqual({ adopted: 1, refused: refused.filter(({ name }) => name !== 'own.jpg') });
    expect((await bytesOf('own.jpg')).equals(cat)).toBe(true);
  });

  it('is given, too, if it came in the second in which the tenant was made', async () => {
    const twin = parseTenantId('siblings');
    await come(twin);
    const { strays } = (await ask(`/v1/strays/${twin}`)) as { strays: { storedAt: string }[] };
    const { apiDeps } = await import('../../functions/deps/api-deps.ts');
    const TENANT_ROLE_ARN = 'arn:aws:iam::000000000000:role/Gloss-ApiTenantRole';
    const deps = apiDeps({ ...process.env, ...service.environmentOf('api'), TENANT_ROLE_ARN });
    const createdAtMs = Date.parse(strays[0]!.storedAt);
    const settings = { limits: { images: 9, bytes: 1e9 } };
    const account = { id: twin, status: 'active', createdAtMs, settings };
    const tenants = { get: () => Promise.resolve(account as never) };
    expect(await adoptStrays({ ...deps, tenants }, twin, undefined)).toEqual({ adopted: 1, refused: [] });
  });

  it('does not supersede what comes at the same time', async () => {
    const objects = s3ObjectStore(testerS3(), process.env['BUCKET']!, { nowMs: () => Date.now() });
    const key = `uploads/${tenant}/unheard.jpg`;
    await expect(objects.replace(tenant, key, '"0"', cat, 'image/jpeg')).rejects.toMatchObject({
      kind: 'conflict',
      code: 'object_changed',
    });
    await expect(objects.replace(tenant, `${key}.not`, '"0"', cat, 'image/jpeg')).rejects.toMatchObject({
      code: 'object_changed',
    });
    expect((await bytesOf('unheard.jpg')).equals(cup)).toBe(true);
  });
});

it('is of the operator alone', async () => {
  const key = await service.keys.create(parseTenantId('curious'));
  for (const path of ['/v1/strays', '/v1/strays/older'])
    expect(await service.request('GET', path, key)).toMatchObject({ status: 403 });
  expect(await service.request('POST', '/v1/strays/nobody/adoption', operator, {})).toMatchObject({
    status: 404,
  });
  expect(await service.request('POST', '/v1/strays/older/adoption', operator, {})).toMatchObject({
    status: 409,
  });
});
