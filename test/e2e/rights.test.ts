import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { fixture, s3Event, sqsEvent, startService } from '../support/service.ts';
import { sweeper } from '../support/sweeper.ts';

/** Each worker does a batch of several messages of each of two tenants, in a process of its own with the rights of its roles. */

const TENANTS = ['rights-a', 'rights-b'].map((name) => parseTenantId(name));
const PICTURES = ['one.jpg', 'two.jpg', 'three.jpg'];
const IMAGES = TENANTS.flatMap((tenant) => PICTURES.map((name) => ({ tenant, name })));
const objectOf = ({ tenant, name }: (typeof IMAGES)[number]) => `uploads/${tenant}/${name}`;

let service: Awaited<ReturnType<typeof startService>>;
let operator: string;
const keys: string[] = [];
const receiver = createServer((_, response) => response.writeHead(204).end());
const tried = new Set<string>();
let told = 0;
receiver.on('request', () => (told += 1));

beforeAll(async () => {
  service = await startService();
  operator = await service.keys.createOperator();
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const cat = await fixture('samples/chelsea.jpg');
  for (const tenant of TENANTS) {
    const key = await service.keys.create(tenant);
    expect((await service.request('PUT', '/v1/webhook', key, { url })).status).toBe(200);
    keys.push(key);
  }
  for (const image of IMAGES) await service.upload(objectOf(image), cat, 'image/jpeg');
});
afterAll(async () => {
  receiver.close();
  await service.close();
});
// Asked for an object that is missing, S3 refuses to say so (lib/adapters/s3-refusals.ts).
const unexpected = () => service.refusals.filter((refusal) => !refusal.includes('s3:ListBucket'));
afterEach(() => expect(unexpected()).toEqual([]));

const batch = (events: readonly SQSEvent[]): SQSEvent => ({
  Records: events.flatMap(({ Records }) => Records),
});
const perTenant = (...messages: readonly object[]) =>
  sqsEvent(...TENANTS.flatMap((tenant) => messages.map((message) => ({ tenant, ...message }))));

/** Has a worker do one batch. */
async function work(name: string, event: SQSEvent): Promise<void> {
  expect(event.Records.length).toBeGreaterThanOrEqual(2);
  tried.add(name);
  const { batchItemFailures } = (await service.apart(name)(event)) as SQSBatchResponse;
  expect(batchItemFailures).toEqual([]);
}

const found = () =>
  Promise.all(
    keys.map(async (key) => {
      const { json } = await service.request('GET', '/v1/search?q=cat&limit=100', key);
      return (json as { hits: { name: string }[] }).hits.map(({ name }) => name).sort();
    }),
  );

it('uploads are admitted, described, indexed and told of', async () => {
  await work('admit', batch(IMAGES.map((image) => s3Event('Created:Put', objectOf(image), '01'))));
  await work('describe', await service.drainDescribeQueue());
  await work('index', await service.drainIndexQueue());
  expect(await found()).toEqual(TENANTS.map(() => [...PICTURES].sort()));
  await work(
    'notify',
    sqsEvent(...IMAGES.map(({ tenant, name }) => ({ tenant, imageId: imageIdOf(tenant, name) }))),
  );
  // One call to a receiver at a time; the others wait in the queue.
  expect(told).toBeGreaterThanOrEqual(TENANTS.length);
});

it('segments are merged, rewritten and dropped, and indexes made again', async () => {
  for (let i = 0; i < 6; i += 1) {
    for (const key of keys)
      await service.request('POST', '/v1/documents', key, { documents: [{ id: `${i}`, texts: ['dog'] }] });
    await service.indexAll();
  }
  const { manifests } = await sweeper();
  const segmentsOf = async () =>
    Promise.all(TENANTS.map(async (tenant) => (await manifests.read(tenant)).segments.map(({ id }) => id)));
  const before = await segmentsOf();
  await work('merge', perTenant({ task: 'merge' }, { task: 'rewrite' }));
  const after = await segmentsOf();
  const replaced = TENANTS.map((tenant, i) => ({
    tenant,
    task: 'drop',
    again: true,
    segmentIds: before[i]!.filter((id) => !after[i]!.includes(id)),
  }));
  for (const { segmentIds } of replaced) expect(segmentIds.length).toBeGreaterThan(1);
  await work('merge', sqsEvent(...replaced));

  for (const tenant of TENANTS)
    await service.request('POST', `/v1/tenants/${tenant}/index/rebuild`, operator);
  await work('reindex', await service.drainReindexQueue());
  expect(await found()).toEqual(TENANTS.map(() => [...PICTURES].sort()));
});

it('what left the bucket leaves the index', async () => {
  const removed = IMAGES.filter(({ name }) => name !== 'one.jpg');
  for (const image of removed) await service.removeObject(objectOf(image));
  await work(
    'remove',
    batch(removed.map((image) => s3Event('Removed:DeleteMarkerCreated', objectOf(image), '02'))),
  );
  expect(await found()).toEqual(TENANTS.map(() => ['one.jpg']));
});

it('sweeps find the tenants and what they have', async () => {
  const tasks = ['images', 'objects', 'postings', 'strays'].map((task) => ({ task }));
  await work('sweep', sqsEvent(...tasks, { task: 'keys' }));
  await work('sweep', perTenant(...tasks));
});

it('deleted tenants lose all', async () => {
  for (const tenant of TENANTS)
    expect((await service.request('DELETE', `/v1/tenants/${tenant}`, operator)).status).toBe(202);
  await work('purge', await service.drainPurgeQueue());
  expect(await service.sizesUnder('')).toEqual(new Map());
});

it('these are all workers', () => {
  expect([...tried].sort()).toEqual(service.workers.toSorted());
});
