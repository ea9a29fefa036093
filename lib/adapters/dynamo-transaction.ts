import {
  TransactionCanceledException,
  TransactionInProgressException,
  TransactWriteItemsCommand,
  type DynamoDBClient,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { randomUUID } from 'node:crypto';
import { GlossError } from '../domain/errors.ts';
import { dynamo } from './dynamo-errors.ts';
import { patiently } from './patiently.ts';

/** Limits of one transaction: Amazon DynamoDB Developer Guide, "Quotas". */
export const MAX_TRANSACTION_ITEMS = 100;
/** Of 4 MB, with room for keys and names. */
export const MAX_TRANSACTION_BYTES = 3_500_000;

/** Another request has an item of this transaction in its hands. */
class Busy extends Error {}
const BUSY_CODES = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Writes all of some items or none. A transaction whose answer was lost is not written twice: it has a token
 * (ClientRequestToken), by which DynamoDB knows the SDK's second attempt.
 * @returns positions of the items whose condition did not hold; none where all is written
 * @throws GlossError `throttled` when other writers had the same items ten times
 */
export async function transact(
  client: DynamoDBClient,
  items: readonly TransactWriteItem[],
): Promise<readonly number[]> {
  let token = randomUUID();
  try {
    return await patiently(Busy, async () => {
      const request = new TransactWriteItemsCommand({ TransactItems: [...items], ClientRequestToken: token });
      try {
        await client.send(request);
        return [];
      } catch (error) {
        // The first attempt goes on: it is asked for by its token.
        if (error instanceof TransactionInProgressException) throw new Busy('met another', { cause: error });
        if (!(error instanceof TransactionCanceledException)) return dynamo(Promise.reject(error as Error));
        const codes = (error.CancellationReasons ?? []).map(({ Code = 'None' }) => Code);
        const refused = codes.flatMap((code, i) => (code === 'ConditionalCheckFailed' ? [i] : []));
        if (refused.length > 0) return refused;
        if (!codes.some((code) => BUSY_CODES.has(code)))
          throw new GlossError('corrupt', 'store_refused', 'the store refused a request of ours', {
            cause: error,
          });
        token = randomUUID();
        throw new Busy('met another', { cause: error });
      }
    });
  } catch (error) {
    if (error instanceof Busy)
      throw new GlossError('throttled', 'store_throttled', 'the store is busy', { cause: error });
    throw error;
  }
}
