import { beforeEach, expect, it } from 'vitest';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { uploadKey } from '../../lib/domain/object-key.ts';
import { isAbout } from '../world/call.ts';
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
const KILLER = NAMES[10]!;

/** @returns how many images are there once all work is done or has failed for ever */
async function endEachTime(worker: string, begin: (key: string) => Promise<unknown>): Promise<number> {
  const { world, service, ask, makeTenant } = opened;
  const key = await makeTenant('acme');
  const id = imageIdOf(parseTenantId('acme'), KILLER);
  world.mishapOf = (call) =>
    call.process.name === worker && (isAbout(call, id) || isAbout(call, KILLER)) ? 'dies before' : undefined;
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

it.each([
  [
    'index',
    (key: string) =>
      opened.ask('POST', '/v1/documents', key, {
        documents: NAMES.map((id) => ({ id, texts: ['an otter'] })),
      }),
    21,
  ],
  [
    'admit',
    () => eventsOf((world, object) => world.s3.PutObject({ ...object, Body: small }, 'ObjectCreated:Put')),
    20,
  ],
  [
    'remove',
    async () => {
      await eventsOf((world, object) => world.s3.PutObject({ ...object, Body: small }, 'ObjectCreated:Put'));
      await opened.service.settle();
      await eventsOf((world, object) => world.s3.DeleteObject(object));
    },
    1,
  ],
])('one image that ends the process of %s each time is alone among the dead letters', async (...given) => {
  const [worker, begin, images] = given;
  expect(await endEachTime(worker, begin)).toBe(images);
  expect(deadBodies()).toEqual([
    expect.stringContaining(worker === 'index' ? imageIdOf(parseTenantId('acme'), KILLER) : KILLER),
  ]);
});

const deadBodies = (): string[] =>
  opened.world.topology.queues
    .filter(({ name }) => name.includes('DeadLetters'))
    .flatMap(({ name }) => opened.world.sqs.bodies(name));
