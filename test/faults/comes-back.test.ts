import { beforeEach, expect, it } from 'vitest';
import { join } from 'node:path';
import { localTemplate } from '../../infra/local/local-template.ts';
import { readTopology } from '../../infra/local/topology.ts';
import { installWorld } from '../world/install.ts';
import { Service } from '../world/service.ts';
import { SQS_ENDPOINT, World } from '../world/world.ts';
import { prepare } from './story.ts';

/** Work that fails for a reason that passes goes on soon, and what fails for ever is a dead letter soon. */

const PROJECT = join(import.meta.dirname, '../..');
const MINUTE_MS = 60_000;

let world: World;
let service: Service;
let operator: string;
beforeEach(async () => {
  installWorld();
  const template = await localTemplate(PROJECT, { onProgress: () => undefined });
  const site = { stackName: 'Gloss', sqsEndpoint: SQS_ENDPOINT, apiUrl: 'http://localhost' };
  world = new World(readTopology(template, site), 1);
  ({ operatorKey: operator } = await prepare(world));
  service = new Service(world);
});

const ask = (method: string, path: string, key: string, body?: unknown) =>
  service.request({ method, path, key, ...(body !== undefined && { body }) });

/** A tenant with documents, whose index is to be made again. @returns when it was asked for */
async function rebuilding(): Promise<number> {
  await ask('POST', '/v1/tenants', operator, { tenant: 'acme' });
  const made = await ask('POST', '/v1/tenants/acme/keys', operator, { name: 'app' });
  const { key } = made.json as { key: string };
  const documents = Array.from({ length: 20 }, (_, i) => ({ id: `doc-${i}`, texts: ['a zebra'] }));
  await ask('POST', '/v1/documents', key, { documents });
  await service.settle();
  const startMs = world.time.nowMs();
  expect((await ask('POST', '/v1/tenants/acme/index/rebuild', operator)).status).toBe(202);
  return startMs;
}

const deadLetters = () =>
  world.topology.queues
    .filter(({ name }) => name.includes('DeadLetters'))
    .flatMap(({ name }) => world.sqs.bodies(name));

/** Until a moment in the life of the service, an event at a time. */
async function workUntil(isThere: () => Promise<boolean> | boolean): Promise<void> {
  const queues = world.topology.mappings.map(({ queueUrl }) => queueUrl.slice(queueUrl.lastIndexOf('/') + 1));
  for (;;) {
    while (await service.runVisible());
    if (await isThere()) return;
    world.time.moveTo(Math.min(...queues.flatMap((name) => world.sqs.nextVisibleMs(name) ?? [])));
  }
}

it('a rebuild goes on within a minute after a call was throttled', async () => {
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

it('a rebuild that never gets further is a dead letter within an hour', async () => {
  world.mishapOf = ({ process, operation }) =>
    process.name === 'reindex' && operation === 'BatchGetItem' ? 'throttled' : undefined;
  const startMs = await rebuilding();
  await workUntil(() => deadLetters().length > 0);
  expect(deadLetters()).toHaveLength(1);
  expect(world.time.nowMs() - startMs).toBeLessThan(60 * MINUTE_MS);
});
