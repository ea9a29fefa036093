import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DynamoDBClient,
  GetItemCommand,
  IdempotentParameterMismatchException,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  waitUntilTableExists,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemTableRequest } from '../../infra/local/item-table-request.ts';
import { startDynamoDb } from '../../infra/local/servers/dynamodb-server.ts';
import { attached, bareWorld } from '../world/bare-world.ts';

/** What Gloss needs of DynamoDB's transactions, asked by the real SDK. */

const TABLE = 'items';
let client: DynamoDBClient;
let partitions = 0;

function connected(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  return new DynamoDBClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
}

async function createTable(of: DynamoDBClient): Promise<void> {
  await of.send(itemTableRequest(TABLE));
  await waitUntilTableExists({ client: of, maxWaitTime: 10, minDelay: 1 }, { TableName: TABLE });
}

interface Server {
  readonly client: DynamoDBClient;
  close(): Promise<void>;
}

async function openEmbedded(): Promise<Server> {
  const server = await startDynamoDb();
  const of = connected(server.endpoint);
  await createTable(of);
  return { client: of, close: () => server.close() };
}

function openWorld(): Promise<Server> {
  const world = bareWorld();
  world.dynamoDb.createTable(TABLE);
  const of = attached(connected('http://localhost'), world);
  return Promise.resolve({ client: of, close: () => Promise.resolve() });
}

const freshPartition = () => `partition-${partitions++}`;
const keyOf = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });
const get = async (pk: string, sk: string, from = client) =>
  (await from.send(new GetItemCommand({ TableName: TABLE, Key: keyOf(pk, sk), ConsistentRead: true }))).Item;
const put = (pk: string, sk: string, n: number, ConditionExpression?: string): TransactWriteItem => ({
  Put: { TableName: TABLE, Item: { ...keyOf(pk, sk), n: { N: String(n) } }, ConditionExpression },
});
const add = (pk: string, sk: string, n: number): TransactWriteItem => ({
  Update: {
    TableName: TABLE,
    Key: keyOf(pk, sk),
    UpdateExpression: 'ADD n :n',
    ExpressionAttributeValues: { ':n': { N: String(n) } },
  },
});
const remove = (pk: string, sk: string): TransactWriteItem => ({
  Delete: { TableName: TABLE, Key: keyOf(pk, sk), ConditionExpression: 'attribute_exists(pk)' },
});
const write = (items: readonly TransactWriteItem[], ClientRequestToken?: string) =>
  client.send(
    new TransactWriteItemsCommand({
      TransactItems: [...items],
      ReturnConsumedCapacity: 'TOTAL',
      ...(ClientRequestToken !== undefined && { ClientRequestToken }),
    }),
  );
const reasonsOf = (error: unknown) =>
  (error as TransactionCanceledException).CancellationReasons?.map(({ Code }) => Code);

describe.each([
  ['the embedded DynamoDB', openEmbedded],
  ['the DynamoDB of a world', openWorld],
] as const)('%s', (_name, open) => {
  let server: Server;
  beforeAll(async () => {
    server = await open();
    client = server.client;
  });
  afterAll(async () => {
    client.destroy();
    await server.close();
  });

  describe('a transaction', () => {
    it('writes all of its items, for twice the units', async () => {
      const pk = freshPartition();
      await write([put(pk, 'gone', 1)]);
      const { ConsumedCapacity } = await write([put(pk, 'a', 1), add(pk, 'b', 5), remove(pk, 'gone')]);
      expect((await get(pk, 'a'))?.['n']).toEqual({ N: '1' });
      expect((await get(pk, 'b'))?.['n']).toEqual({ N: '5' });
      expect(await get(pk, 'gone')).toBeUndefined();
      expect(ConsumedCapacity).toMatchObject([{ TableName: TABLE, CapacityUnits: 6 }]);
    });

    it('writes none where one condition does not hold, and says which', async () => {
      const pk = freshPartition();
      await write([put(pk, 'there', 1), add(pk, 'sum', 3)]);
      const refused = write([
        put(pk, 'new', 1),
        put(pk, 'there', 2, 'attribute_not_exists(pk)'),
        add(pk, 'sum', 4),
        remove(pk, 'missing'),
      ]);
      const error = await refused.catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(TransactionCanceledException);
      expect(reasonsOf(error)).toEqual(['None', 'ConditionalCheckFailed', 'None', 'ConditionalCheckFailed']);
      expect(await get(pk, 'new')).toBeUndefined();
      expect((await get(pk, 'there'))?.['n']).toEqual({ N: '1' });
      expect((await get(pk, 'sum'))?.['n']).toEqual({ N: '3' });
    });

    it('gives the item back that did not fulfil the condition, where that is asked', async () => {
      const pk = freshPartition();
      await write([put(pk, 'a', 7)]);
      const again = put(pk, 'a', 8, 'attribute_not_exists(pk)');
      const refused = write([{ Put: { ...again.Put!, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } }]);
      const error = await refused.catch((cause: unknown) => cause);
      expect((error as TransactionCanceledException).CancellationReasons?.[0]?.Item?.['n']).toEqual({
        N: '7',
      });
    });

    it('is written once when it comes again with its token, and refuses the token for another', async () => {
      const pk = freshPartition();
      await write([add(pk, 'sum', 3)], 'a-token');
      await write([add(pk, 'sum', 3)], 'a-token');
      expect((await get(pk, 'sum'))?.['n']).toEqual({ N: '3' });
      await expect(write([add(pk, 'sum', 4)], 'a-token')).rejects.toThrow(
        IdempotentParameterMismatchException,
      );
    });

    it('that was refused may succeed later with the same token', async () => {
      const pk = freshPartition();
      await write([put(pk, 'a', 1)]);
      await expect(write([remove(pk, 'b')], 'again')).rejects.toThrow(TransactionCanceledException);
      await write([put(pk, 'b', 1)]);
      await write([remove(pk, 'b')], 'again');
      expect(await get(pk, 'b')).toBeUndefined();
    });

    it('takes a hundred items, each once', async () => {
      const pk = freshPartition();
      const many = Array.from({ length: 100 }, (_, i) => put(pk, String(i), i));
      await write(many);
      expect((await get(pk, '99'))?.['n']).toEqual({ N: '99' });
      await expect(write([...many, put(pk, '100', 1)])).rejects.toThrow(/100/);
      await expect(write([put(pk, 'a', 1), add(pk, 'a', 1)])).rejects.toThrow(/one item/);
    });

    it('loses no addition beside others and beside single writes', async () => {
      const pk = freshPartition();
      const single = () =>
        client.send(
          new UpdateItemCommand({
            TableName: TABLE,
            Key: keyOf(pk, 'sum'),
            UpdateExpression: 'ADD n :n',
            ExpressionAttributeValues: { ':n': { N: '1' } },
          }),
        );
      const both = (i: number) => write([add(pk, 'sum', 1), put(pk, `item-${i}`, i)]);
      await Promise.all(Array.from({ length: 30 }, (_, i) => (i % 2 ? both(i) : single())));
      expect((await get(pk, 'sum'))?.['n']).toEqual({ N: '30' });
    });
  });
});

describe('the DynamoDB of a world', () => {
  it('forgets a token after ten minutes', async () => {
    const world = bareWorld();
    world.dynamoDb.createTable(TABLE);
    client = attached(connected('http://localhost'), world);
    const pk = freshPartition();
    await write([add(pk, 'sum', 1)], 'a-token');
    world.time.moveTo(world.time.nowMs() + 10 * 60_000);
    await write([add(pk, 'sum', 1)], 'a-token');
    expect((await get(pk, 'sum'))?.['n']).toEqual({ N: '2' });
    client.destroy();
  });
});

describe('the embedded server', () => {
  it('takes back at its start what a killed process had begun', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'gloss-transactions-'));
    try {
      const first = await startDynamoDb({ dataDir });
      const before = connected(first.endpoint);
      await createTable(before);
      await before.send(
        new PutItemCommand({ TableName: TABLE, Item: { ...keyOf('p', 'a'), n: { N: '2' } } }),
      );
      await before.send(
        new PutItemCommand({ TableName: TABLE, Item: { ...keyOf('p', 'b'), n: { N: '2' } } }),
      );
      await first.close();
      // As a process leaves it that is killed when both are written: "a" had been 1, "b" had not been there.
      const journal = [
        { table: TABLE, key: keyOf('p', 'a'), item: { ...keyOf('p', 'a'), n: { N: '1' } } },
        { table: TABLE, key: keyOf('p', 'b') },
      ];
      await writeFile(join(dataDir, 'transaction.json'), JSON.stringify(journal));
      const second = await startDynamoDb({ dataDir });
      const after = connected(second.endpoint);
      expect((await get('p', 'a', after))?.['n']).toEqual({ N: '1' });
      expect(await get('p', 'b', after)).toBeUndefined();
      for (const each of [before, after]) each.destroy();
      await second.close();
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });
});
