import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  waitUntilTableExists,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemTableRequest } from '../../infra/local/item-table-request.ts';
import { startDynamoDb } from '../../infra/local/servers/dynamodb-server.ts';
import { startScript } from '../support/start-node.ts';
import { ending, type Asked } from '../support/asked.ts';
import { attached, bareWorld } from '../world/bare-world.ts';

/** What Gloss needs of DynamoDB, asked by the real SDK. */

const TABLE = 'items';

const connect = (endpoint: string) =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });

async function createTable(of: DynamoDBClient): Promise<void> {
  await of.send(itemTableRequest(TABLE));
  await waitUntilTableExists({ client: of, maxWaitTime: 10, minDelay: 1 }, { TableName: TABLE });
}

const keyOf = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });
const putIn = (of: DynamoDBClient, pk: string, sk: string, body: Uint8Array) =>
  of.send(new PutItemCommand({ TableName: TABLE, Item: { ...keyOf(pk, sk), body: { B: body } } }));
const getFrom = async (of: DynamoDBClient, pk: string, sk: string) =>
  (await of.send(new GetItemCommand({ TableName: TABLE, Key: keyOf(pk, sk), ConsistentRead: true }))).Item;

type Server = Asked<DynamoDBClient>;

async function openEmbedded(): Promise<Server> {
  const server = await startDynamoDb();
  const client = connect(server.endpoint);
  await createTable(client);
  return { client, close: ending(client, server) };
}

function openWorld(): Promise<Server> {
  const world = bareWorld();
  world.dynamoDb.createTable(TABLE);
  const client = attached(connect('http://localhost'), world);
  return Promise.resolve({ client, close: ending(client) });
}

describe.each([
  ['the embedded DynamoDB', openEmbedded],
  ['the DynamoDB of a world', openWorld],
])('%s', (_name, open) => {
  let server: Server;
  let client: DynamoDBClient;
  let partitions = 0;

  beforeAll(async () => {
    server = await open();
    client = server.client;
  });
  afterAll(() => server.close());

  const freshPartition = () => `partition-${partitions++}`;
  const put = (pk: string, sk: string, body: Uint8Array) => putIn(client, pk, sk, body);
  const get = (pk: string, sk: string) => getFrom(client, pk, sk);

  describe('a conditional write', () => {
    it('puts an item once', async () => {
      const pk = freshPartition();
      const create = (owner: string) =>
        client.send(
          new PutItemCommand({
            TableName: TABLE,
            Item: { ...keyOf(pk, 'a'), owner: { S: owner } },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
      await create('first');
      await expect(create('second')).rejects.toThrow(ConditionalCheckFailedException);
      expect((await get(pk, 'a'))?.['owner']).toEqual({ S: 'first' });
    });

    it('updates the revision that was read, and no other', async () => {
      const pk = freshPartition();
      await client.send(
        new PutItemCommand({ TableName: TABLE, Item: { ...keyOf(pk, 'a'), revision: { N: '1' } } }),
      );
      const advance = (from: number) =>
        client.send(
          new UpdateItemCommand({
            TableName: TABLE,
            Key: keyOf(pk, 'a'),
            UpdateExpression: 'SET #revision = :next ADD #changes :one',
            ConditionExpression: '#revision = :from',
            ExpressionAttributeNames: { '#revision': 'revision', '#changes': 'changes' },
            ExpressionAttributeValues: {
              ':from': { N: String(from) },
              ':next': { N: String(from + 1) },
              ':one': { N: '1' },
            },
            ReturnValues: 'ALL_NEW',
          }),
        );
      expect((await advance(1)).Attributes).toMatchObject({ revision: { N: '2' }, changes: { N: '1' } });
      await expect(advance(1)).rejects.toThrow(ConditionalCheckFailedException);
    });

    it('lets one of many writers at once through', async () => {
      const pk = freshPartition();
      const attempts = Array.from({ length: 20 }, (_, writer) =>
        client.send(
          new PutItemCommand({
            TableName: TABLE,
            Item: { ...keyOf(pk, 'a'), writer: { N: String(writer) } },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
      const outcomes = await Promise.allSettled(attempts);
      const winners = outcomes.flatMap(({ status }, writer) => (status === 'fulfilled' ? [writer] : []));
      expect(winners).toHaveLength(1);
      expect((await get(pk, 'a'))?.['writer']).toEqual({ N: String(winners[0]) });
    });
  });

  describe('batches', () => {
    it('write, delete and read items, those that are missing left out', async () => {
      const pk = freshPartition();
      const sks = Array.from({ length: 25 }, (_, i) => `item-${i}`);
      const writes = sks.map((sk) => ({
        PutRequest: { Item: { ...keyOf(pk, sk), body: { B: Buffer.from(sk) } } },
      }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [TABLE]: writes } }));
      const deletes = ['item-3', 'item-24'].map((sk) => ({ DeleteRequest: { Key: keyOf(pk, sk) } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [TABLE]: deletes } }));

      const { Responses } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [TABLE]: { Keys: sks.map((sk) => keyOf(pk, sk)) } } }),
      );
      const bodies = Responses![TABLE]!.map(
        ({ sk, body }) => [sk!.S!, Buffer.from(body!.B!).toString()] as const,
      );
      const left = sks.filter((sk) => sk !== 'item-3' && sk !== 'item-24');
      expect(new Map(bodies)).toEqual(new Map(left.map((sk) => [sk, sk])));
    });
  });

  describe('a query', () => {
    const pk = 'a partition of its own';
    /** In the order of their UTF-8 bytes. */
    const SORTED = ['d#', 'd#A', 'd#a', 'd#ab', 'd#b', 'd#é', 'd#猫', 'e#a'];

    beforeAll(async () => {
      for (const sk of [...SORTED].reverse()) await put(pk, sk, Buffer.from(sk));
    });

    const query = async (
      KeyConditionExpression: string,
      values: Record<string, string>,
      more: Partial<QueryCommandInput> = {},
    ) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: TABLE,
          KeyConditionExpression: `pk = :pk AND ${KeyConditionExpression}`,
          ExpressionAttributeValues: Object.fromEntries(
            Object.entries({ ':pk': pk, ...values }).map(([name, S]) => [name, { S }]),
          ),
          ...more,
        }),
      );
      return Items.map(({ sk }) => sk!.S!);
    };

    it('finds the last key of a range: the directory item that holds a term', async () => {
      const last = (term: string) =>
        query('sk BETWEEN :a AND :b', { ':a': 'd#', ':b': term }, { ScanIndexForward: false, Limit: 1 });
      expect(await last('d#aa')).toEqual(['d#a']);
      expect(await last('d#ab')).toEqual(['d#ab']);
      expect(await last('d#zebra')).toEqual(['d#b']);
      expect(await last('d#!')).toEqual(['d#']);
    });

    it('takes both ends of a range, in the order of the bytes', async () => {
      expect(await query('sk BETWEEN :a AND :b', { ':a': 'd#A', ':b': 'd#é' })).toEqual(SORTED.slice(1, 6));
    });

    it('finds keys by how they begin', async () => {
      expect(await query('begins_with(sk, :a)', { ':a': 'd#a' })).toEqual(['d#a', 'd#ab']);
      expect(await query('begins_with(sk, :a)', { ':a': 'd#' })).toEqual(SORTED.slice(0, 7));
    });

    it('pages through more than a megabyte without loss or repetition', async () => {
      const big = freshPartition();
      const sks = Array.from({ length: 12 }, (_, i) => `item-${String(i).padStart(2, '0')}`);
      for (const sk of sks) await put(big, sk, randomBytes(200_000));
      const pages = [];
      const input = {
        TableName: TABLE,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: big } },
      };
      for await (const { Items = [] } of paginateQuery({ client }, input))
        pages.push(Items.map(({ sk }) => sk!.S!));
      expect(pages.length).toBeGreaterThan(1);
      expect(pages.flat()).toEqual(sks);
    });
  });

  describe('binary attributes', () => {
    it('of 300 KB come back byte for byte', async () => {
      const pk = freshPartition();
      const body = randomBytes(300 * 1024);
      await put(pk, 'a', body);
      expect(Buffer.from((await get(pk, 'a'))!['body']!.B!).equals(body)).toBe(true);
    });

    it('cannot make an item larger than 400 KB', async () => {
      await expect(put(freshPartition(), 'a', randomBytes(400 * 1024))).rejects.toThrow(/size/i);
    });
  });

  /**
   * An item's size is that of its names and values: pk (2 + 1) + sk (2 + 1) + body (4 + its bytes), so 10 bytes above the
   * body ("DynamoDB item sizes and formats", Amazon DynamoDB Developer Guide). A read unit is 4 KB read consistently.
   */
  describe('consumed capacity', () => {
    const OVERHEAD = 10;
    const PK = 'u';

    async function read(sk: string, ConsistentRead: boolean): Promise<number> {
      const { ConsumedCapacity } = await client.send(
        new GetItemCommand({
          TableName: TABLE,
          Key: keyOf(PK, sk),
          ConsistentRead,
          ReturnConsumedCapacity: 'TOTAL',
        }),
      );
      return ConsumedCapacity!.CapacityUnits!;
    }

    beforeAll(async () => {
      await put(PK, 's', randomBytes(4096 - OVERHEAD));
      await put(PK, 't', randomBytes(4096 - OVERHEAD + 1));
    });

    it('of a read steps up with each 4 KB, and halves without consistency', async () => {
      expect([await read('s', true), await read('s', false)]).toEqual([1, 0.5]);
      expect([await read('t', true), await read('t', false)]).toEqual([2, 1]);
    });

    it('of a batch rounds each item up, of a query their sum', async () => {
      const { ConsumedCapacity: batch } = await client.send(
        new BatchGetItemCommand({
          RequestItems: { [TABLE]: { Keys: [keyOf(PK, 's'), keyOf(PK, 't')], ConsistentRead: true } },
          ReturnConsumedCapacity: 'TOTAL',
        }),
      );
      expect(batch![0]!.CapacityUnits).toBe(1 + 2);
      const { ConsumedCapacity: query } = await client.send(
        new QueryCommand({
          TableName: TABLE,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: PK } },
          ConsistentRead: true,
          ReturnConsumedCapacity: 'TOTAL',
        }),
      );
      // 4,096 and 4,097 bytes: 8,193 are three units begun.
      expect(query!.CapacityUnits).toBe(3);
    });

    it('of a write is one for each kilobyte begun', async () => {
      const write = async (bytes: number) => {
        const { ConsumedCapacity } = await client.send(
          new PutItemCommand({
            TableName: TABLE,
            Item: { ...keyOf(freshPartition(), 'a'), body: { B: randomBytes(bytes) } },
            ReturnConsumedCapacity: 'TOTAL',
          }),
        );
        return ConsumedCapacity!.CapacityUnits!;
      };
      expect(await write(500)).toBe(1);
      expect(await write(2500)).toBe(3);
    });
  });
});

describe('a data folder', () => {
  it('has the items when it is opened again', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'gloss-dynamodb-'));
    try {
      const first = await startDynamoDb({ dataDir });
      const writer = connect(first.endpoint);
      await createTable(writer);
      await putIn(writer, 'p', 'a', Buffer.from('kept'));
      writer.destroy();
      await first.close();

      const second = await startDynamoDb({ dataDir });
      const reader = connect(second.endpoint);
      expect((await getFrom(reader, 'p', 'a'))?.['body']?.B).toEqual(new Uint8Array(Buffer.from('kept')));
      reader.destroy();
      await second.close();
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });

  it('has every acknowledged item after the server was killed in the middle of puts', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'gloss-dynamodb-'));
    const script = `
      import { startDynamoDb } from '${new URL('../../infra/local/servers/dynamodb-server.ts', import.meta.url).href}';
      console.log((await startDynamoDb({ dataDir: ${JSON.stringify(dataDir)} })).endpoint);`;
    const { child, line } = await startScript(script);
    try {
      const writer = connect(line);
      await createTable(writer);
      const acknowledged: string[] = [];
      const writing = Array.from({ length: 4 }, async (_, lane) => {
        for (let i = 0; ; i += 1) {
          const sk = `${lane}-${i}`;
          await putIn(writer, 'p', sk, Buffer.from(sk.repeat(200)));
          acknowledged.push(sk);
          if (acknowledged.length === 60) child.kill('SIGKILL');
        }
      });
      await Promise.allSettled(writing);
      writer.destroy();
      expect(acknowledged.length).toBeGreaterThanOrEqual(60);

      const after = await startDynamoDb({ dataDir });
      const reader = connect(after.endpoint);
      for (const sk of acknowledged) {
        const body = (await getFrom(reader, 'p', sk))?.['body']?.B ?? new Uint8Array();
        expect(Buffer.from(body).toString()).toBe(sk.repeat(200));
      }
      reader.destroy();
      await after.close();
    } finally {
      child.kill('SIGKILL');
      await rm(dataDir, { recursive: true });
    }
  });
});
