import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { fixture } from '../support/service.ts';
import { startWaitingService } from '../support/waiting-service.ts';

/** Pictures whose tenant has used up its budget wait, say so, and are described by themselves once there is room again. */

let service: Awaited<ReturnType<typeof startWaitingService>>;
let operator: string;
let cat: Uint8Array;
const START_MS = Date.now();
const MINUTE_MS = 60_000;

beforeAll(async () => {
  service = await startWaitingService();
  operator = await service.keys.createOperator();
  cat = await fixture('samples/chelsea.jpg');
});
afterAll(() => service.close());

interface ImageAnswer {
  readonly name: string;
  readonly status: string;
  readonly waiting?: {
    readonly code: string;
    readonly reason: string;
    readonly since: string;
    readonly until: string;
  };
}

const tenantOf = async (name: string) => {
  const tenant = parseTenantId(name);
  const key = await service.keys.create(tenant, undefined, { cropPolicy: 'none' });
  return { tenant, key };
};
const arrive = (tenant: TenantId, name: string, sequencer = '01') =>
  service.arrive(`uploads/${tenant}/${name}`, cat, sequencer);
const statusOf = async (key: string, ...names: string[]) =>
  ((await service.request('POST', '/v1/images/status', key, { names })).json as { images: ImageAnswer[] })
    .images;
const statesOf = async (key: string, ...names: string[]) =>
  (await statusOf(key, ...names)).map(({ status }) => status);
const usageOf = async (key: string) =>
  (await service.request('GET', '/v1/usage?from=2000-01-01&to=2999-12-31', key)).json as {
    readonly total: {
      readonly images: number;
      readonly views: number;
      readonly usd: { readonly model: number };
    };
  };
async function setBudget(tenant: TenantId, modelUsdPerMonth: number): Promise<void> {
  const { status } = await service.request('PATCH', `/v1/tenants/${tenant}`, operator, {
    settings: { limits: { modelUsdPerMonth } },
  });
  expect(status).toBe(200);
}

/** A tenant whose budget is used up by so many pictures as are described here, each in one view. */
async function withBudgetFor(name: string, pictures: number) {
  const { tenant, key } = await tenantOf(name);
  await arrive(tenant, 'first.jpg');
  await service.describeAll();
  const usd = (await usageOf(key)).total.usd.model;
  expect(usd).toBeGreaterThan(0);
  await setBudget(tenant, usd * (pictures - 0.5));
  return { tenant, key, usd };
}
const startOfNextMonth = () => {
  const now = new Date(service.clock.nowMs());
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
};

describe('a budget that is used up at the third of six pictures', () => {
  const names = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e.jpg'];
  let tenant: TenantId;
  let key: string;

  beforeAll(async () => {
    ({ tenant, key } = await withBudgetFor('third', 3));
    for (const name of names) await arrive(tenant, name);
    service.model.calls = 0;
    expect(await service.describeAll()).toEqual([]);
  });

  it('leaves the other three waiting, and they say why and until when', async () => {
    const states = ['described', 'described', 'waiting', 'waiting', 'waiting'];
    expect(await statesOf(key, ...names)).toEqual(states);
    expect(service.model.calls).toBe(2);
    const [, , waits] = await statusOf(key, ...names);
    expect(waits).toMatchObject({
      waiting: {
        code: 'budget_used_up',
        reason: expect.stringMatching(/^the month's budget of [\d.e-]+ dollars .* is used up$/) as string,
        until: new Date(startOfNextMonth()).toISOString(),
      },
    });
    expect(waits).not.toHaveProperty('failure');
    const listed = await service.request('GET', '/v1/images?status=waiting', key);
    expect((listed.json as { images: ImageAnswer[] }).images.map(({ name }) => name).sort()).toEqual([
      'c.jpg',
      'd.jpg',
      'e.jpg',
    ]);
  });

  it('is asked nothing while it lasts, however often the schedule and the event come', async () => {
    await service.wake();
    expect((await service.drainDescribeQueue()).Records).toEqual([]);
    await arrive(tenant, 'c.jpg'); // the event once more
    await service.describeAll();
    expect(await statesOf(key, 'c.jpg')).toEqual(['waiting']);
    expect(service.model.calls).toBe(2);
  });

  it('is anew in the next month: they are described by themselves, each once', async () => {
    service.moveTo(startOfNextMonth() + MINUTE_MS);
    await service.wake();
    await service.describeAll();
    expect(await statesOf(key, ...names)).toEqual(names.map(() => 'described'));
    expect(service.model.calls).toBe(5);
    expect((await usageOf(key)).total).toMatchObject({ images: 6, views: 6 });
    await service.wake();
    expect((await service.drainDescribeQueue()).Records).toEqual([]);
    await service.indexAll();
    expect(await statesOf(key, ...names)).toEqual(names.map(() => 'searchable'));
    service.moveTo(START_MS);
  });
});

describe('a picture that waits', () => {
  it('goes on within minutes when the budget is raised', async () => {
    const { tenant, key } = await withBudgetFor('raised', 1);
    await arrive(tenant, 'soon.jpg');
    await service.describeAll();
    await service.wake();
    expect(await statesOf(key, 'soon.jpg')).toEqual(['waiting']);
    await setBudget(tenant, 100);
    await service.wake();
    await service.describeAll();
    expect(await statesOf(key, 'soon.jpg')).toEqual(['described']);
  });

  it('is gone when it is deleted, and comes not back', async () => {
    const { tenant, key } = await withBudgetFor('deleted', 1);
    await arrive(tenant, 'gone.jpg');
    await service.describeAll();
    const id = imageIdOf(tenant, 'gone.jpg');
    expect((await service.request('DELETE', `/v1/images/${id}`, key)).status).toBe(204);
    await setBudget(tenant, 100);
    service.model.calls = 0;
    await service.wake();
    await service.describeAll();
    expect(await statesOf(key, 'gone.jpg')).toEqual(['removed']);
    expect(service.model.calls).toBe(0);
    expect((await service.sizesUnder(`thumbnails/${tenant}/${id}`)).size).toBe(0);
  });

  it('is described once when it is uploaded again meanwhile', async () => {
    const { tenant, key } = await withBudgetFor('replaced', 1);
    await arrive(tenant, 'twice.jpg', '01');
    await service.describeAll();
    await arrive(tenant, 'twice.jpg', '02');
    await service.describeAll();
    expect(await statesOf(key, 'twice.jpg')).toEqual(['waiting']);
    await setBudget(tenant, 100);
    service.model.calls = 0;
    await service.wake();
    await service.describeAll();
    expect(await statesOf(key, 'twice.jpg')).toEqual(['described']);
    expect(service.model.calls).toBe(1);
    expect((await usageOf(key)).total).toMatchObject({ images: 2, views: 2 });
  });

  it('is not tried by hand: that would pay for it twice', async () => {
    const { tenant, key } = await withBudgetFor('impatient', 1);
    await arrive(tenant, 'wait.jpg');
    await service.describeAll();
    const id = imageIdOf(tenant, 'wait.jpg');
    expect(await service.request('POST', `/v1/images/${id}/retry`, key)).toMatchObject({
      status: 409,
      json: { code: 'still_waiting', detail: expect.stringContaining('by itself') as string },
    });
  });

  it('does not answer for the picture that it takes the place of', async () => {
    const { tenant, key } = await withBudgetFor('before', 2);
    await arrive(tenant, 'cat.jpg', '01');
    await service.describeAll();
    await service.indexAll();
    const found = async () =>
      ((await service.request('GET', '/v1/search?q=cat', key)).json as { hits: { name: string }[] }).hits.map(
        ({ name }) => name,
      );
    expect(await found()).toContain('cat.jpg');
    await arrive(tenant, 'cat.jpg', '02');
    await service.describeAll();
    expect(await statesOf(key, 'cat.jpg')).toEqual(['waiting']);
    expect(await found()).not.toContain('cat.jpg');
  });
});
