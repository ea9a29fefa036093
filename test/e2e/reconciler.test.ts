import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { sweepImages } from '../../lib/steps/sweep/sweep-images.ts';
import { fixture, s3Event, startService } from '../support/service.ts';
import { sweeper } from '../support/sweeper.ts';

/** What the daily sweep mends of what other workers left: lost messages, and sums that are not those of the records. */

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
  return { tenant, key: await service.keys.create(tenant, undefined, { limits }) };
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

  it.each([
    ['quota', { images: 0 }],
    ['budget', { modelUsdPerMonth: 0 }],
  ])('when there is %s for it by now', async (_what, limits) => {
    const { tenant, key } = await newTenant(limits);
    await service.describe(await uploaded(tenant, 'a.jpg'));
    expect(await statusOf(tenant, key, 'a.jpg')).toBe('failed');
    await sweep(tenant);
    await goOn();
    expect(await statusOf(tenant, key, 'a.jpg')).toBe('failed');
    const raised = { settings: { limits: { images: 10, modelUsdPerMonth: 10 } } };
    expect((await service.request('PATCH', `/v1/tenants/${tenant}`, operator, raised)).status).toBe(200);
    await sweep(tenant);
    await goOn();
    expect(await statusOf(tenant, key, 'a.jpg')).toBe('searchable');
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

describe('sums', () => {
  const add = (tenant: TenantId, images: number) =>
    new DynamoDBClient({}).send(
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
    expect(await stored(key)).toEqual({ images: 1 + drift, bytes: cat.length });
    expect(await sweep(tenant)).toMatchObject({ corrected: true });
    expect(await stored(key)).toEqual({ images: 1, bytes: cat.length });
    expect(await sweep(tenant)).toMatchObject({ corrected: false });
  });

  it('are left alone where they moved while the records were counted, and are counted over several workers', async () => {
    const { tenant, key } = await newTenant();
    const documents = Array.from({ length: 100 }, (_, i) => ({ id: `${i}`, texts: ['a zebra'] }));
    await service.request('POST', '/v1/documents', key, { documents });
    await service.request('POST', '/v1/documents', key, {
      documents: [{ id: 'one more', texts: ['a yak'] }],
    });
    await service.indexAll();
    await add(tenant, 5);
    const deps = await sweeper();
    await sweepImages(deps, { tenant }, () => true);
    const { Records } = await service.drainSweepQueue();
    const next = JSON.parse(Records[0]!.body) as Parameters<typeof sweepImages>[1];
    const kept = await deps.records.totals(tenant);
    expect(next).toMatchObject({ counted: { images: 100, kept: { images: 106, moves: kept.moves } } });
    expect(await deps.records.correctTotals(tenant, { ...kept, moves: kept.moves - 1 }, kept)).toBe(false);
    expect(await sweepImages(deps, next, () => false)).toMatchObject({ corrected: true });
    expect(await stored(key)).toEqual({ images: 101, bytes: 0 });
  });
});
