import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { itemTableRequest } from '../../../infra/local/item-table-request.ts';
import { startDynamoDb } from '../../../infra/local/servers/dynamodb-server.ts';
import { transact } from '../../../lib/adapters/dynamo-transaction.ts';

/** DynamoDB cancels a transaction that meets another one, which the embedded server never does: here every so many are told so. */

let server: Awaited<ReturnType<typeof startDynamoDb>>;
let client: DynamoDBClient;
/** How many transactions meet another one from now on. */
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
      throw new TransactionCanceledException({
        message: 'Transaction cancelled',
        CancellationReasons: [{ Code: 'TransactionConflict' }],
        $metadata: {},
      });
    },
    { step: 'finalizeRequest' },
  );
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

const putOnce = () =>
  transact(client, [
    {
      Put: {
        TableName: 'table',
        Item: { pk: { S: 'busy' }, sk: { S: 'item' } },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
  ]);

it('is done when the other one has ended, and tells what was refused', async () => {
  conflicts = 2;
  expect(await putOnce()).toEqual([]);
  expect(conflicts).toBe(0);
  expect(await putOnce()).toEqual([0]);
});

it('is given up after ten meetings, as something that can be tried again', async () => {
  conflicts = Infinity;
  await expect(putOnce()).rejects.toMatchObject({ kind: 'throttled', code: 'store_throttled' });
  conflicts = 0;
});
