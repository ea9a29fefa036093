import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { STRAY_KEPT_MS } from '../../lib/domain/stray.ts';
import { sweepStrays } from '../../lib/steps/sweep/sweep-strays.ts';
import { sweeper } from '../support/sweeper.ts';
import { fixture, s3Event, sqsEvent, startService } from '../support/service.ts';

/** Originals that come for a tenant that is not there are never deleted for want of it, and never inherited. */

let service: Awaited<ReturnType<typeof startService>>;
let operator: string;
let cat: Buffer;
beforeAll(async () => {
  service = await startService();
  operator = await service.keys.createOperator();
  cat = await fixture('samples/chelsea.jpg');
});
afterAll(() => service.close());

const count = async (tenant: TenantId) => {
  const { Versions = [], DeleteMarkers = [] } = await new S3Client({}).send(
    new ListObjectVersionsCommand({ Bucket: process.env['BUCKET']!, Prefix: `uploads/${tenant}/` }),
  );
  return Versions.length + DeleteMarkers.length;
};
const come = async (tenant: TenantId, name = 'cat.jpg', sequencer = '01') => {
  const object = `uploads/${tenant}/${name}`;
  await service.upload(object, cat, 'image/jpeg');
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
  const key = await service.keys.create(tenant);
  const { strays } = (await ask('/v1/strays/early')) as { strays: { storedAt: string }[] };
  const atMs = Date.parse(strays[0]!.storedAt);
  // A redriven event, and one that S3 told twice.
  await service.describe(s3Event('Created:Put', 'uploads/early/cat.jpg', '01', 1, { atMs }));
  await service.sweep(sqsEvent({ task: 'objects', tenant }));
  expect((await service.drainDescribeQueue()).Records).toEqual([]);
  expect(await imagesOf(key)).toEqual([]);
  expect(await count(tenant)).toBe(1);
});

it('the operator gives it to the tenant, whose picture it is from then on', async () => {
  const tenant = parseTenantId('early');
  const key = await service.keys.create(tenant);
  expect(await service.request('POST', '/v1/strays/early/adoption', operator, {})).toMatchObject({
    status: 200,
    json: { adopted: 1 },
  });
  // Storing it again makes S3 tell of it.
  await service.describe(s3Event('Created:Put', 'uploads/early/cat.jpg', '02', 1, { atMs: Date.now() }));
  await service.index(await service.drainIndexQueue());
  expect(await imagesOf(key)).toEqual(['cat.jpg']);
  expect(await ask('/v1/strays/early')).toMatchObject({ strays: [] });
  expect(await count(tenant)).toBe(1);
});

it('a tenant that is deleted takes its own along and leaves what came before it', async () => {
  const tenant = parseTenantId('older');
  await come(tenant, 'stray.jpg');
  await nextSecond();
  await service.keys.create(tenant);
  await come(tenant, 'own.jpg', '03');
  expect(await count(tenant)).toBe(2);
  await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
  await service.purge(await service.drainPurgeQueue());
  expect(await count(tenant)).toBe(1);
  // What comes for a tenant that is deleted goes, as its owner asked.
  await come(tenant, 'late.jpg', '04');
  expect(await count(tenant)).toBe(1);
  expect(await ask('/v1/strays/older')).toMatchObject({ strays: [{ name: 'stray.jpg' }] });
});

it('of a suspended tenant is described, not lost', async () => {
  const tenant = parseTenantId('asleep');
  const key = await service.keys.create(tenant);
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
