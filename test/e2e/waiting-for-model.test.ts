import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { QUOTA_OF_THE_DAY, THROTTLED, UNAVAILABLE } from '../support/model-gate.ts';
import { fixture } from '../support/service.ts';
import { startWaitingService } from '../support/waiting-service.ts';

/** Pictures wait for a model that is busy, has a quota that is used up, or does not answer; what it answered is not asked again. */

const VIEWS = 5;
const START_MS = Date.now();
const MINUTE_MS = 60_000;
let service: Awaited<ReturnType<typeof startWaitingService>>;
let cat: Uint8Array;
/** Thumbnails that were stored. */
const stored: string[] = [];

beforeAll(async () => {
  service = await startWaitingService({
    onWish: (action) => action === 's3:PutObject' && stored.push(action),
  });
  cat = await fixture('samples/chelsea.jpg');
});
afterAll(() => service.close());
beforeEach(() => service.moveTo(START_MS));
// What waits would be woken by the next test.
afterEach(async () => {
  service.model.refuse = undefined;
  service.moveTo(START_MS + 120 * MINUTE_MS);
  await service.wake();
  await service.describeAll();
});

const tenantOf = async (name: string) => {
  const tenant = parseTenantId(name);
  return { tenant, key: await service.keys.create(tenant) };
};
async function arrive(tenant: TenantId, ...names: string[]): Promise<void> {
  for (const name of names) await service.arrive(`uploads/${tenant}/${name}`, cat, '01');
  stored.length = 0;
  service.model.calls = service.model.answered = 0;
}
const imageOf = async (tenant: TenantId, key: string, name: string) =>
  (await service.request('GET', `/v1/images/${imageIdOf(tenant, name)}`, key)).json as {
    readonly status: string;
    readonly waiting?: { readonly code: string; readonly until: string };
  };
const usageOf = async (key: string) =>
  (await service.request('GET', '/v1/usage', key)).json as {
    readonly total: { readonly images: number; readonly views: number };
  };

describe('a model that is busy', () => {
  it('has a picture wait after few calls, and describes it later, once', async () => {
    const { tenant, key } = await tenantOf('busy');
    await arrive(tenant, 'cat.jpg');
    service.model.refuse = () => THROTTLED;
    expect(await service.describeAll()).toEqual([]);
    expect(await imageOf(tenant, key, 'cat.jpg')).toMatchObject({
      status: 'waiting',
      waiting: { code: 'model_throttled' },
    });
    expect(service.model.calls).toBeLessThanOrEqual(2 * VIEWS);
    expect(stored).toHaveLength(VIEWS);

    service.moveTo(START_MS + 4 * MINUTE_MS);
    await service.wake();
    expect((await service.drainDescribeQueue()).Records).toEqual([]);
    service.moveTo(START_MS + 6 * MINUTE_MS);
    service.model.calls = 0;
    await service.wake();
    await service.describeAll();
    // This instance asks about one view at once by now, twice, and the others are refused with it.
    expect(service.model.calls).toBe(2);
    expect(stored).toHaveLength(VIEWS);

    service.model.refuse = undefined;
    service.moveTo(START_MS + 20 * MINUTE_MS);
    await service.wake();
    await service.describeAll();
    expect(await imageOf(tenant, key, 'cat.jpg')).toMatchObject({ status: 'described' });
    expect(service.model.answered).toBe(VIEWS);
    expect(stored).toHaveLength(VIEWS);
    expect((await usageOf(key)).total).toMatchObject({ images: 1, views: VIEWS });
  });

  it('is asked about no view again that it has answered', async () => {
    const { tenant, key } = await tenantOf('half');
    await arrive(tenant, 'cat.jpg');
    service.model.refuse = (call) => (call > 2 ? THROTTLED : undefined);
    await service.describeAll();
    const { answered } = service.model;
    expect(answered).toBeGreaterThan(0);
    expect(answered).toBeLessThan(VIEWS);
    expect((await usageOf(key)).total).toMatchObject({ images: 0, views: answered });
    service.model.refuse = undefined;
    service.moveTo(START_MS + 6 * MINUTE_MS);
    await service.wake();
    await service.describeAll();
    expect(service.model.answered).toBe(VIEWS);
    expect((await usageOf(key)).total).toMatchObject({ images: 1, views: VIEWS });
  });

  it('has its answers kept for as long as their picture waits for a budget after that', async () => {
    const { tenant, key } = await tenantOf('both');
    await arrive(tenant, 'cat.jpg');
    service.model.refuse = (call) => (call > 2 ? THROTTLED : undefined);
    await service.describeAll();
    service.model.refuse = undefined;
    const operator = await service.keys.createOperator();
    const setBudget = (modelUsdPerMonth: number) =>
      service.request('PATCH', `/v1/tenants/${tenant}`, operator, {
        settings: { limits: { modelUsdPerMonth } },
      });
    await setBudget(0);
    service.moveTo(START_MS + 6 * MINUTE_MS);
    await service.wake();
    await service.describeAll();
    const { waiting } = await imageOf(tenant, key, 'cat.jpg');
    expect(waiting).toMatchObject({ code: 'budget_used_up' });
    const { Items = [] } = await new DynamoDBClient({}).send(
      new QueryCommand({
        TableName: process.env['IMAGES_TABLE']!,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :answers)',
        ExpressionAttributeValues: {
          ':pk': { S: `${tenant}/gloss/${imageIdOf(tenant, 'cat.jpg')}` },
          ':answers': { S: 'answer/' },
        },
      }),
    );
    expect(Items).toHaveLength(service.model.answered);
    for (const { expiresAtSec } of Items)
      expect(Number(expiresAtSec!.N) * 1_000).toBeGreaterThanOrEqual(Date.parse(waiting!.until));
    await setBudget(100);
    await service.wake();
    await service.describeAll();
    expect(await imageOf(tenant, key, 'cat.jpg')).toMatchObject({ status: 'described' });
    expect(service.model.answered).toBe(VIEWS);
  });

  it('that says so of a quota of the day is asked again in an hour', async () => {
    const { tenant, key } = await tenantOf('quota');
    await arrive(tenant, 'cat.jpg');
    service.model.refuse = () => QUOTA_OF_THE_DAY;
    await service.describeAll();
    const { status, waiting } = await imageOf(tenant, key, 'cat.jpg');
    expect({ status, code: waiting?.code }).toEqual({ status: 'waiting', code: 'model_quota' });
    const waitMs = Date.parse(waiting!.until) - service.clock.nowMs();
    expect(waitMs).toBeGreaterThan(59 * MINUTE_MS);
    expect(waitMs).toBeLessThanOrEqual(60 * MINUTE_MS);
  });

  it('is tried with few pictures at first, while others begin to wait', async () => {
    const { tenant } = await tenantOf('trial');
    const { waiting, waitingTenants } = service.sweeping;
    const parkedAtMs = START_MS - 60 * MINUTE_MS;
    const listed = (name: string, changes: { sinceMs: number; parkedAtMs: number; untilMs: number }) =>
      waiting.add(tenant, {
        lane: 'model',
        code: 'model_throttled',
        imageId: imageIdOf(tenant, name),
        name,
        bytes: 1,
        storedAtMs: parkedAtMs,
        sequencer: '01'.padStart(32, '0') as never,
        ...changes,
      });
    const old = { sinceMs: parkedAtMs, parkedAtMs, untilMs: START_MS - 1 };
    for (let i = 0; i < 45; i += 1) await listed(`${i}.jpg`, old);
    const fresh = { sinceMs: START_MS, parkedAtMs: START_MS, untilMs: START_MS + 5 * MINUTE_MS };
    await listed('fresh.jpg', fresh);
    await waitingTenants.addName(tenant);
    const woken = async () => {
      await service.wake();
      return (await service.drainDescribeQueue()).Records.length;
    };
    expect(await woken()).toBe(20);
    service.moveTo(START_MS + 10 * MINUTE_MS);
    expect(await woken()).toBe(26);
    expect(await woken()).toBe(0);
  });
});

describe('a model that does not answer', () => {
  it('has a picture wait that it has said nothing about', async () => {
    const { tenant, key } = await tenantOf('silent');
    await arrive(tenant, 'cat.jpg');
    service.model.refuse = () => UNAVAILABLE;
    expect(await service.describeAll()).toEqual([]);
    expect(await imageOf(tenant, key, 'cat.jpg')).toMatchObject({
      status: 'waiting',
      waiting: { code: 'model_unavailable' },
    });
  });
});

describe('a worker that dies while it has a picture wait', () => {
  const died = () => Promise.reject(new Error('killed'));

  it.each(['its list', 'its record'] as const)('before it writes %s', async (what) => {
    const { tenant, key } = await tenantOf(`killed-${what.slice(4)}`);
    await arrive(tenant, 'cat.jpg');
    service.model.refuse = (call) => (call > 2 ? THROTTLED : undefined);
    const { Records } = await service.drainDescribeQueue();
    const { waiting, records } = service.describing;
    let writes = 0;
    const killed =
      what === 'its list'
        ? { ...service.describing, waiting: { ...waiting, add: died } }
        : {
            ...service.describing,
            // The first write counts the answers.
            records: {
              ...records,
              put: (...put: Parameters<typeof records.put>) => (++writes > 1 ? died() : records.put(...put)),
            },
          };
    expect((await service.describeWith(killed, { Records })).batchItemFailures).toHaveLength(1);
    service.model.refuse = undefined;
    // The message comes again, and the schedule too.
    await service.describeWith(service.describing, { Records });
    service.moveTo(START_MS + 6 * MINUTE_MS);
    await service.wake();
    await service.describeAll();
    expect(await imageOf(tenant, key, 'cat.jpg')).toMatchObject({ status: 'described' });
    expect(service.model.answered).toBe(VIEWS);
    expect((await usageOf(key)).total).toMatchObject({ images: 1, views: VIEWS });
  });
});

it('what is woken while it is replaced is described as it is now', async () => {
  const { tenant, key } = await tenantOf('race');
  await arrive(tenant, 'cat.jpg');
  service.model.refuse = () => THROTTLED;
  await service.describeAll();
  service.model.refuse = undefined;
  service.moveTo(START_MS + 6 * MINUTE_MS);
  await service.wake(); // its message is in the queue
  await new S3Client({}).send(
    new PutObjectCommand({ Bucket: process.env['BUCKET']!, Key: `uploads/${tenant}/cat.jpg`, Body: cat }),
  );
  await service.arrive(`uploads/${tenant}/cat.jpg`, cat, '02');
  await service.describeAll();
  expect(await imageOf(tenant, key, 'cat.jpg')).toMatchObject({ status: 'described' });
  expect((await usageOf(key)).total).toMatchObject({ images: 1, views: VIEWS });
});
