import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GlossError } from '../domain/errors.ts';

const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

/** Runs a DynamoDB request and translates its errors to GlossError. The SDK has retried already. */
export async function dynamo<Result>(request: Promise<Result>): Promise<Result> {
  try {
    return await request;
  } catch (cause) {
    if (cause instanceof ConditionalCheckFailedException) throw cause;
    const name = cause instanceof Error ? cause.name : '';
    if (THROTTLED.has(name))
      throw new GlossError('throttled', 'store_throttled', 'the store is busy', { cause });
    if (name === 'ValidationException') {
      throw new GlossError('corrupt', 'store_refused', 'the store refused a request of ours', { cause });
    }
    throw new GlossError('unavailable', 'store_unavailable', 'the store did not answer', { cause });
  }
}

/** Whether a conditional write was done; false if its condition did not hold. */
export async function conditionally(request: Promise<unknown>): Promise<boolean> {
  try {
    await dynamo(request);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
