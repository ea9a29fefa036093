import { beforeEach, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { uploadKey } from '../../lib/domain/object-key.ts';
import { isAbout, type Call } from '../world/call.ts';
import type { World } from '../world/world.ts';
import { openService } from './open-service.ts';
import { bucketOf, drawPictures } from './story.ts';

/** Work that fails for a reason that passes goes on soon. What fails for ever: dead-letters.test.ts. */

const MINUTE_MS = 60_000;

const { small } = await drawPictures();

let opened: Awaited<ReturnType<typeof openService>>;
beforeEach(async () => {
  opened = await openService();
});

/** A tenant with documents, whose index is to be made again. @returns when it was asked for */
async function rebuilding(): Promise<number> {
  const { world, service, operator, ask, makeTenant } = opened;
  const key = await makeTenant('acme');
  const documents = Array.from({ length: 20 }, (_, i) => ({ id: `doc-${i}`, texts: ['a zebra'] }));
  await ask('POST', '/v1/documents', key, { documents });
  await service.settle();
  const startMs = world.time.nowMs();
  expect((await ask('POST', '/v1/tenants/acme/index/rebuild', operator)).status).toBe(202);
  return startMs;
}

/** Until a moment in the life of the service, an event at a time. */
async function workUntil(isThere: () => Promise<boolean> | boolean): Promise<void> {
  const { world, service } = opened;
  const queues = world.topology.mappings.map(({ queueUrl }) => queueUrl.slice(queueUrl.lastIndexOf('/') + 1));
  for (;;) {
    while (await service.runVisible());
    if (await isThere()) return;
    world.time.moveTo(Math.min(...queues.flatMap((name) => world.sqs.nextVisibleMs(name) ?? [])));
  }
}

it('a rebuild goes on within a minute after a call was throttled', async () => {
  const { world, operator, ask } = opened;
  let throttled = 0;
  world.mishapOf = ({ process, operation }) =>
    process.name === 'reindex' && operation === 'BatchGetItem' && (throttled += 1) === 1
      ? 'throttled'
      : undefined;
  const startMs = await rebuilding();
  await workUntil(async () => {
    const { json } = await ask('GET', '/v1/tenants/acme/index', operator);
    return 'rebuilt' in (json as object);
  });
  expect(throttled).toBeGreaterThan(1);
  expect(world.time.nowMs() - startMs).toBeLessThan(MINUTE_MS);
});

it.each([1, 11])(
  'a worker that the work of one tenant ends each time does that of others all the same, %i documents of each',
  async (count) => {
    const { world, service, ask, makeTenant } = opened;
    const keys = [await makeTenant('acme'), await makeTenant('bravo')];
    const documents = Array.from({ length: count }, (_, i) => ({ id: `doc-${i}`, texts: ['an otter'] }));
    for (const key of keys) await ask('POST', '/v1/documents', key, { documents });
    world.mishapOf = (call) =>
      call.process.name === 'index' && call.operation === 'BatchWriteItem' && isAbout(call, 'acme')
        ? 'dies before'
        : undefined;
    await service.settle();
    const found = await Promise.all(keys.map((key) => ask('GET', '/v1/search?q=otter&limit=20', key)));
    expect(found.map(({ json }) => (json as { hits: unknown[] }).hits.length)).toEqual([0, count]);
    expect(deadBodies().map((body) => (JSON.parse(body) as { tenant: string }).tenant)).toEqual(
      Array(count).fill('acme'),
    );
  },
);

const NAMES = Array.from({ length: 21 }, (_, i) => `otter-${i}.jpg`);
const idOf = (name: string) => imageIdOf(parseTenantId('acme'), name);

/** @returns how many images are there once all work is done or has failed for ever */
async function endEachTime(
  worker: string,
  killers: readonly string[],
  begin: (key: string) => Promise<unknown>,
): Promise<number> {
  const { world, service, ask, makeTenant } = opened;
  const key = await makeTenant('acme');
  const words = killers.flatMap((name) => [name, idOf(name)]);
  world.mishapOf = (call) =>
    call.process.name === worker && words.some((word) => isAbout(call, word)) ? 'dies before' : undefined;
  await begin(key);
  await service.settle();
  const { json } = await ask('GET', '/v1/images?limit=100', key);
  return (json as { images: unknown[] }).images.length;
}

const eventsOf = async (happen: (world: World, object: { Bucket: string; Key: string }) => unknown) => {
  const { world } = opened;
  for (const name of NAMES)
    await happen(world, { Bucket: bucketOf(world), Key: uploadKey(parseTenantId('acme'), name) });
};

const uploadAll = () =>
  eventsOf((world, object) => world.s3.PutObject({ ...object, Body: small }, 'ObjectCreated:Put'));
const importAll = (key: string) => {
  const documents = NAMES.map((id) => ({ id, texts: ['an otter'] }));
  return opened.ask('POST', '/v1/documents', key, { documents });
};
const removeAll = async () => {
  await uploadAll();
  await opened.service.settle();
  await eventsOf((world, object) => world.s3.DeleteObject(object));
};

describe.each([[[10]], [[5, 15]], [[0, 20]], [[2, 7, 12, 17]]])('images %j of 21', (killing) => {
  const killers = killing.map((i) => NAMES[i]!);
  it.each([
    ['index', importAll, NAMES.length],
    ['admit', uploadAll, NAMES.length - killers.length],
    ['remove', removeAll, killers.length],
  ] as const)('that end the process of %s each time are alone among the dead letters', async (...given) => {
    const [worker, begin, images] = given;
    expect(await endEachTime(worker, killers, begin)).toBe(images);
    const dead = deadBodies().map((body) =>
      killers.findIndex((name) => body.includes(worker === 'index' ? idOf(name) : name)),
    );
    expect(dead.toSorted((one, other) => one - other)).toEqual([...killers.keys()]);
  });
});

it('images of two tenants that end the process each time take nothing of a third along', async () => {
  const { world, service, ask, makeTenant } = opened;
  const keys = await Promise.all(['acme', 'bravo', 'coral'].map((tenant) => makeTenant(tenant)));
  const killers = ['acme', 'coral'].map((tenant) => imageIdOf(parseTenantId(tenant), 'b'));
  world.mishapOf = (call) =>
    call.process.name === 'index' && killers.some((id) => isAbout(call, id)) ? 'dies before' : undefined;
  for (const key of keys)
    for (const id of ['a', 'b', 'c'])
      await ask('POST', '/v1/documents', key, { documents: [{ id, texts: ['an otter'] }] });
  await service.settle();
  const found = await Promise.all(keys.map((key) => ask('GET', '/v1/search?q=otter', key)));
  expect(found.map(({ json }) => (json as { hits: unknown[] }).hits.length)).toEqual([2, 3, 2]);
  expect(deadBodies()).toHaveLength(2);
});

it('messages that fail each time do not cut up what comes for the first time beside them', async () => {
  const { world, service, ask, makeTenant } = opened;
  const [acme, bravo] = [await makeTenant('acme'), await makeTenant('bravo')];
  const importOf = (key: string, count: number) =>
    ask('POST', '/v1/documents', key, {
      documents: Array.from({ length: count }, (_, i) => ({ id: `doc-${i}`, texts: ['an otter'] })),
    });
  world.mishapOf = (call) =>
    call.process.name === 'index' && isAbout(call, 'acme') ? 'throttled' : undefined;
  await importOf(acme, 11);
  const queue = 'Gloss-BulkIndexQueue';
  const often = 4;
  await workUntil(() => world.sqs.messages(queue).every(({ receives }) => receives === often));
  world.time.moveTo(world.sqs.nextVisibleMs(queue)!);

  await importOf(bravo, 89);
  const batches: number[] = [];
  service.onDelivery = ({ event }) => batches.push(event.Records.length);
  const before = world.calls.length;
  await service.runVisible();
  const commits = world.calls
    .slice(before)
    .filter((call) => call.place === 'index PutItem Index manifest' && isAbout(call, 'bravo'));
  expect(Math.max(...batches)).toBeGreaterThan(89);
  expect(commits).toHaveLength(1);
});

it('units of a tenant whose record cannot be read hold up nobody’s work', async () => {
  const { world, service, ask, makeTenant } = opened;
  const [acme, bravo] = [await makeTenant('acme'), await makeTenant('bravo')];
  const isCommit = (call: Call) => call.place === 'index PutItem Index manifest' && isAbout(call, 'acme');
  world.mishapOf = (call) =>
    call.place === 'index GetItem Tenants _tenant' && isAbout(call, 'acme') && world.calls.some(isCommit)
      ? 'throttled'
      : undefined;
  for (const [key, id] of [
    [acme, 'a'],
    [bravo, 'b'],
  ] as const) {
    await ask('POST', '/v1/documents', key, { documents: [{ id, texts: ['an otter'] }] });
    await service.settle();
  }
  expect(deadBodies().filter((body) => body.includes('bravo'))).toEqual([]);
  const { json } = await ask('GET', '/v1/search?q=otter', bravo);
  expect((json as { hits: unknown[] }).hits).toHaveLength(1);
  world.mishapOf = () => undefined;
  await ask('POST', '/v1/documents', acme, { documents: [{ id: 'c', texts: ['an otter'] }] });
  await service.settle();
  const usage = await ask('GET', '/v1/usage', acme);
  expect((usage.json as { total: { writeUnits: number } }).total.writeUnits).toBeGreaterThan(0);
});

const deadBodies = (): string[] =>
  opened.world.topology.queues
    .filter(({ name }) => name.includes('DeadLetters'))
    .flatMap(({ name }) => opened.world.sqs.bodies(name));
