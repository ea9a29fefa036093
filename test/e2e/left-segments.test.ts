import { DeleteItemCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { parseTenantId, type SegmentId, type TenantId } from '../../lib/domain/ids.ts';
import type { MergeMessage, SweepMessage } from '../../lib/domain/messages.ts';
import { listSegments, sweepSegments } from '../../lib/steps/sweep/sweep-segments.ts';
import { sqsEvent, startService } from '../support/service.ts';
import { sweeper } from '../support/sweeper.ts';

/** What a worker has written that died, and whose drop nobody was told of, goes with the next daily sweep. */

type OfTenant = Extract<SweepMessage, { segmentIds: unknown }>;

let service: Awaited<ReturnType<typeof startService>>;
let dynamo: DynamoDBClient;
let operator: string;
beforeAll(async () => {
  service = await startService();
  dynamo = new DynamoDBClient({});
  operator = await service.keys.createOperator();
});
afterAll(async () => {
  dynamo.destroy();
  await service.close();
});

let tenants = 0;
let tenant: TenantId;
let key: string;
/** The segment that the tenant's index consists of. */
let live: string;
beforeEach(async () => {
  tenant = parseTenantId(`left-${tenants++}`);
  key = await service.keys.create(tenant);
  const documents = [{ id: 'one', texts: ['a wombat'] }];
  expect((await service.request('POST', '/v1/documents', key, { documents })).status).toBe(202);
  await service.indexAll();
  [live = ''] = await segmentsOf(tenant);
});

const indexItems = async () =>
  (await dynamo.send(new ScanCommand({ TableName: process.env['INDEX_TABLE']!, ConsistentRead: true })))
    .Items!;

async function segmentsOf(of: TenantId): Promise<string[]> {
  const prefix = `${of}/segment/`;
  const keys = (await indexItems()).map(({ pk }) => pk!.S!).filter((pk) => pk.startsWith(prefix));
  return [...new Set(keys.map((pk) => pk.slice(prefix.length)))].toSorted();
}

/** The same words under another id, as a worker writes them: the first nine characters are its time, to base 36. */
async function leave(id: string): Promise<string> {
  for (const item of await indexItems())
    if (item['pk']!.S === `${tenant}/segment/${live}`)
      await dynamo.send(
        new PutItemCommand({
          TableName: process.env['INDEX_TABLE']!,
          Item: { ...item, pk: { S: `${tenant}/segment/${id}` } },
        }),
      );
  return id;
}
const begunAgo = (ms: number) => `${(Date.now() - ms).toString(36).padStart(9, '0')}-00000000`;

/** @returns with which delay segments were announced */
async function sweep(): Promise<number[]> {
  const delays: number[] = [];
  const announced: MergeMessage[] = [];
  const deps = {
    ...(await sweeper()),
    mergeQueue: {
      send(messages: readonly MergeMessage[], { delaySec = 0 } = {}) {
        announced.push(...messages);
        delays.push(delaySec);
        return Promise.resolve();
      },
    },
  };
  expect((await service.sweep(sqsEvent({ task: 'segments' }))).batchItemFailures).toEqual([]);
  for (const { body } of (await service.drainSweepQueue()).Records)
    await sweepSegments(deps, JSON.parse(body) as OfTenant);
  for (const message of [...announced, ...announced.map((first) => ({ ...first, again: true }))])
    expect((await service.merge(sqsEvent(message))).batchItemFailures).toEqual([]);
  return delays;
}

const HOUR_MS = 3_600_000;

it('goes, and what the index consists of stays', async () => {
  await leave('000000000-restored');
  await leave(begunAgo(2 * HOUR_MS));
  await leave('not-made-by-a-worker');
  expect(await segmentsOf(tenant)).toHaveLength(4);
  // As after every merge: a search may be reading them.
  expect(await sweep()).toEqual([300]);
  expect(await segmentsOf(tenant)).toEqual([live]);
  const { json } = await service.request('GET', '/v1/search?q=wombat', key);
  expect(json).toMatchObject({ hits: [{ name: 'one' }] });
  expect(await sweep()).toEqual([]);
});

it('stays while somebody may be writing it', async () => {
  const young = await leave(begunAgo(HOUR_MS / 2));
  expect(await sweep()).toEqual([]);
  expect(await segmentsOf(tenant)).toEqual([young, live].toSorted());
});

it('stays while a merge claims it, however old that is', async () => {
  const result = await leave('000000000-result');
  const { manifests } = await sweeper();
  const before = await manifests.read(tenant);
  const sources = [live as SegmentId];
  const claim = { result: result as SegmentId, sources, deletions: [''], expiresAtMs: 1 };
  const next = { ...before, version: before.version + 1, merges: [claim] };
  expect(await manifests.commit(tenant, next)).toBe(true);
  expect(await sweep()).toEqual([]);
  expect(await segmentsOf(tenant)).toEqual([result, live].toSorted());
});

it('stays where the manifest is lost, until the index is made again', async () => {
  await leave('000000000-named');
  const Key = { pk: { S: `${tenant}/manifest` }, sk: { S: 'manifest' } };
  await dynamo.send(new DeleteItemCommand({ TableName: process.env['INDEX_TABLE']!, Key }));
  expect(await sweep()).toEqual([]);
  expect(await segmentsOf(tenant)).toEqual(['000000000-named', live]);
  expect((await service.reindex(await service.drainReindexQueue())).batchItemFailures).toEqual([]);
  const { json } = await service.request('GET', '/v1/search?q=wombat', key);
  expect(json).toMatchObject({ hits: [{ name: 'one' }] });
  expect(await sweep()).toEqual([300]);
  const left = await segmentsOf(tenant);
  expect(left).not.toContain('000000000-named');
});

it('goes of tenants that are there no more, once their purge has ended', async () => {
  expect((await service.request('DELETE', `/v1/tenants/${tenant}`, operator)).status).toBe(202);
  await leave('000000000-left');
  expect(await sweep()).toEqual([]);
  expect(await segmentsOf(tenant)).toContain('000000000-left');
  // A table that was restored holds tenants that nobody knows of.
  tenant = parseTenantId('never-was');
  await dynamo.send(
    new PutItemCommand({
      TableName: process.env['INDEX_TABLE']!,
      Item: {
        pk: { S: 'never-was/segment/000000000-0' },
        sk: { S: 'w' },
        body: { B: Buffer.from('wombat') },
      },
    }),
  );
  expect(await sweep()).toEqual([300]);
  expect(await segmentsOf(tenant)).toEqual([]);
});

it('goes in several invocations, where one has no time for all', async () => {
  const parts = ['one', 'two', 'three'].map((id) => ({ tenant, segmentId: `000000000-${id}` as SegmentId }));
  const sent: SweepMessage[] = [];
  const deps = {
    clock: { nowMs: () => Date.now() },
    sweepQueue: {
      send(messages: readonly SweepMessage[]) {
        sent.push(...messages);
        return Promise.resolve();
      },
    },
    allSegments: {
      listAll(start = '0') {
        const next = Number(start) + 1;
        return Promise.resolve({
          segments: [parts[0]!, parts[Number(start)]!],
          ...(next < parts.length && { next: String(next) }),
        });
      },
    },
  };
  let looks = 0;
  await listSegments(deps, {}, () => (looks += 1) === 2);
  const [one, two, three] = parts.map(({ segmentId }) => segmentId);
  expect(sent.splice(0)).toEqual([
    { task: 'segments', tenant, segmentIds: [one, two] },
    { task: 'segments', after: '2' },
  ]);
  await listSegments(deps, { after: '2' }, () => true);
  expect(sent).toEqual([{ task: 'segments', tenant, segmentIds: [one, three] }]);
});
