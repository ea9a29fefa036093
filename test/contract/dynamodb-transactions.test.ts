import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  IdempotentParameterMismatchException,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type TransactWriteItem,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attached, bareWorld } from '../world/bare-world.ts';

/**
 * Transactions as "Managing complex workflows with DynamoDB transactions" of the Amazon DynamoDB Developer Guide has them.
 * The embedded DynamoDB has none yet: its row belongs beside the world's.
 */

const TABLE = 'items';

interface Server {
  readonly client: DynamoDBClient;
  readonly advance: (ms: number) => void;
  close(): Promise<void>;
}

function openWorld(): Promise<Server> {
  const world = bareWorld();
  world.dynamoDb.createTable(TABLE);
  const client = attached(new DynamoDBClient({ maxAttempts: 1 }), world);
  return Promise.resolve({
    client,
    advance: (ms) => world.time.moveTo(world.time.nowMs() + ms),
    close() {
      client.destroy();
      return Promise.resolve();
    },
  });
}

describe.each([['the DynamoDB of a world', openWorld]] as const)('%s', (_name, open) => {
  let server: Server;
  let partitions = 0;

  beforeAll(async () => {
    server = await open();
  });
  afterAll(() => server.close());

  const freshPartition = () => `partition-${partitions++}`;
  const keyOf = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });
  const get = async (pk: string, sk: string) => {
    const request = new GetItemCommand({ TableName: TABLE, Key: keyOf(pk, sk), ConsistentRead: true });
    return (await server.client.send(request)).Item;
  };
  const put = (pk: string, sk: string, revision: number) =>
    server.client.send(
      new PutItemCommand({ TableName: TABLE, Item: { ...keyOf(pk, sk), revision: { N: String(revision) } } }),
    );
  const transact = (TransactItems: TransactWriteItem[], more: Partial<TransactWriteItemsCommandInput> = {}) =>
    server.client.send(new TransactWriteItemsCommand({ TransactItems, ...more }));
  const putIfNew = (pk: string, sk: string): TransactWriteItem => ({
    Put: { TableName: TABLE, Item: keyOf(pk, sk), ConditionExpression: 'attribute_not_exists(pk)' },
  });
  const count = (pk: string, sk: string): TransactWriteItem => ({
    Update: {
      TableName: TABLE,
      Key: keyOf(pk, sk),
      UpdateExpression: 'ADD #count :one',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
    },
  });

  it('writes, changes, deletes and checks items together', async () => {
    const pk = freshPartition();
    await put(pk, 'old', 1);
    await put(pk, 'checked', 7);
    await transact([
      putIfNew(pk, 'new'),
      count(pk, 'sum'),
      { Delete: { TableName: TABLE, Key: keyOf(pk, 'old') } },
      {
        ConditionCheck: {
          TableName: TABLE,
          Key: keyOf(pk, 'checked'),
          ConditionExpression: 'revision = :seven',
          ExpressionAttributeValues: { ':seven': { N: '7' } },
        },
      },
    ]);
    expect(await get(pk, 'new')).toEqual(keyOf(pk, 'new'));
    expect((await get(pk, 'sum'))?.['count']).toEqual({ N: '1' });
    expect(await get(pk, 'old')).toBeUndefined();
    expect((await get(pk, 'checked'))?.['revision']).toEqual({ N: '7' });
  });

  it('does nothing where one condition does not hold, and says which', async () => {
    const pk = freshPartition();
    await put(pk, 'there', 3);
    const refused = transact([
      count(pk, 'sum'),
      {
        Put: {
          TableName: TABLE,
          Item: keyOf(pk, 'there'),
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ]);
    await expect(refused).rejects.toThrow(TransactionCanceledException);
    const { CancellationReasons } = (await refused.catch(
      (error: unknown) => error as TransactionCanceledException,
    )) as TransactionCanceledException;
    expect(CancellationReasons!.map(({ Code }) => Code)).toEqual(['None', 'ConditionalCheckFailed']);
    expect(CancellationReasons![1]!.Item).toEqual({ ...keyOf(pk, 'there'), revision: { N: '3' } });
    expect(await get(pk, 'sum')).toBeUndefined();
  });

  it('is done once for a token, also when it is sent again', async () => {
    const pk = freshPartition();
    const ClientRequestToken = `token-of-${pk}`;
    await transact([count(pk, 'sum')], { ClientRequestToken });
    await transact([count(pk, 'sum')], { ClientRequestToken });
    expect((await get(pk, 'sum'))?.['count']).toEqual({ N: '1' });
    const other = transact([count(pk, 'other sum')], { ClientRequestToken });
    await expect(other).rejects.toThrow(IdempotentParameterMismatchException);
  });

  it('forgets a token after ten minutes', async () => {
    const pk = freshPartition();
    const ClientRequestToken = `token-of-${pk}`;
    await transact([count(pk, 'sum')], { ClientRequestToken });
    server.advance(10 * 60_000);
    await transact([count(pk, 'sum')], { ClientRequestToken });
    expect((await get(pk, 'sum'))?.['count']).toEqual({ N: '2' });
  });

  it('takes no two actions on one item, nor more than a hundred', async () => {
    const pk = freshPartition();
    await expect(transact([count(pk, 'sum'), putIfNew(pk, 'sum')])).rejects.toMatchObject({
      name: 'ValidationException',
    });
    const many = Array.from({ length: 101 }, (_, i) => putIfNew(pk, String(i)));
    await expect(transact(many)).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await get(pk, '0')).toBeUndefined();
  });

  it('lets one of two through that want the same', async () => {
    const pk = freshPartition();
    const outcomes = await Promise.allSettled([transact([putIfNew(pk, 'a')]), transact([putIfNew(pk, 'a')])]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('costs two units for each kilobyte begun', async () => {
    const pk = freshPartition();
    const { ConsumedCapacity } = await transact([putIfNew(pk, 'a'), putIfNew(pk, 'b')], {
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(ConsumedCapacity).toMatchObject([{ TableName: TABLE, CapacityUnits: 4 }]);
  });

  it('reads items together, in the order in which they are asked for', async () => {
    const pk = freshPartition();
    await put(pk, 'a', 1);
    await put(pk, 'c', 3);
    const { Responses } = await server.client.send(
      new TransactGetItemsCommand({
        TransactItems: ['c', 'b', 'a'].map((sk) => ({ Get: { TableName: TABLE, Key: keyOf(pk, sk) } })),
      }),
    );
    expect(Responses!.map(({ Item }) => Item?.['revision']?.N)).toEqual(['3', undefined, '1']);
  });

  it('shows the item that refused a single write, where it was asked to', async () => {
    const pk = freshPartition();
    await put(pk, 'there', 5);
    const refused = server.client.send(
      new PutItemCommand({
        TableName: TABLE,
        Item: keyOf(pk, 'there'),
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    await expect(refused).rejects.toThrow(ConditionalCheckFailedException);
    await expect(refused).rejects.toMatchObject({ Item: { revision: { N: '5' } } });
  });
});
