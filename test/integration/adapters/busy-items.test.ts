import { DynamoDBClient, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { itemTableRequest } from '../../../infra/local/item-table-request.ts';
import { startDynamoDb } from '../../../infra/local/servers/dynamodb-server.ts';
import { deleteIf, putIf, revisionIs, updateIf } from '../../../lib/adapters/own-writes.ts';

/** DynamoDB refuses a write of an item that a transaction has in its hands, and the SDK leaves the next attempt to its caller. */

let server: Awaited<ReturnType<typeof startDynamoDb>>;
let client: DynamoDBClient;
/** How many writes meet a transaction from now on. */
let conflicts = 0;
beforeAll(async () => {
  server = await startDynamoDb({});
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  client = new DynamoDBClient({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  await client.send(itemTableRequest('table'));
  client.middlewareStack.add(
    (next) => (args) => {
      if (conflicts === 0) return next(args);
      conflicts -= 1;
      throw new TransactionConflictException({ message: 'a transaction is going on', $metadata: {} });
    },
    { step: 'finalizeRequest' },
  );
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

const key = { pk: { S: 'busy' }, sk: { S: 'item' } };

it.each([
  ['put', () => putIf(client, 'table', { ...key, revision: { N: '1' } }, revisionIs(0))],
  [
    'updated',
    () =>
      updateIf(client, (writer) => ({
        TableName: 'table',
        Key: key,
        UpdateExpression: 'SET writer = :writer, updated = :writer',
        ConditionExpression: 'attribute_not_exists(updated)',
        ExpressionAttributeValues: { ':writer': writer },
      })),
  ],
  ['deleted', () => deleteIf(client, 'table', key, revisionIs(1))],
])('is %s when the transaction has ended', async (_, write) => {
  conflicts = 2;
  expect(await write()).toBe(true);
  expect(conflicts).toBe(0);
  expect(await write()).toBe(false);
});
