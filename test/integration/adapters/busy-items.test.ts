import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { beforeAll, expect, it } from 'vitest';
import { transact } from '../../../lib/adapters/dynamo-transaction.ts';
import { deleteIf, putIf, revisionIs } from '../../../lib/adapters/own-writes.ts';
import { useDynamoTable } from '../../support/dynamo-table.ts';

/**
 * DynamoDB refuses a write of an item that a transaction has in its hands, and cancels a transaction that meets another one. The SDK leaves the
 * next attempt to its caller, and the embedded server never refuses: here so many writes are told so.
 */

const table = useDynamoTable();
/** How many writes meet a transaction from now on. */
let conflicts = 0;
beforeAll(() => {
  table.client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        if (conflicts === 0) return next(args);
        conflicts -= 1;
        throw commandName === 'TransactWriteItemsCommand'
          ? new TransactionCanceledException({
              message: 'Transaction cancelled',
              CancellationReasons: [{ Code: 'TransactionConflict' }],
              $metadata: {},
            })
          : new TransactionConflictException({ message: 'a transaction is going on', $metadata: {} });
      },
    { step: 'finalizeRequest' },
  );
});

const key = { pk: { S: 'busy' }, sk: { S: 'item' } };

it.each([
  ['put', () => putIf(table.client, 'table', { ...key, revision: { N: '1' } }, revisionIs(0))],
  ['deleted', () => deleteIf(table.client, 'table', key, revisionIs(1))],
])('an item is %s when the transaction has ended', async (_, write) => {
  conflicts = 2;
  expect(await write()).toBe(true);
  expect(conflicts).toBe(0);
  expect(await write()).toBe(false);
});

const putOnce = () =>
  transact(table.client, [
    {
      Put: {
        TableName: 'table',
        Item: { pk: { S: 'busy' }, sk: { S: 'transaction' } },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
  ]);

it('a transaction is done when the other one has ended, and tells what was refused', async () => {
  conflicts = 2;
  expect(await putOnce()).toEqual([]);
  expect(conflicts).toBe(0);
  expect(await putOnce()).toEqual([0]);
});

it('a transaction is given up after ten meetings, as something that can be tried again', async () => {
  conflicts = Infinity;
  await expect(putOnce()).rejects.toMatchObject({ kind: 'throttled', code: 'store_throttled' });
  conflicts = 0;
});
