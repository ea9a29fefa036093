import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { logger } from './telemetry.ts';

/** Ends messages whose work is done while their batch is still in work. */
export type Acknowledge = (records: readonly SQSRecord[]) => Promise<void>;

/** Lambda ends the messages of a batch when the function answers. A worker that may not come so far ends them itself. */
export function acknowledge(...queueUrls: readonly string[]): Acknowledge {
  let client: SQSClient | undefined;
  const urlOf = ({ eventSourceARN }: SQSRecord) =>
    queueUrls.find((url) => url.slice(url.lastIndexOf('/') + 1) === eventSourceARN.split(':').at(-1));
  return async (records) => {
    try {
      const { end, sqs } = await import('../late/sqs.ts');
      for (const [url, some] of Map.groupBy(records, urlOf))
        if (url !== undefined)
          await end(
            (client ??= sqs()),
            url,
            some.map(({ receiptHandle }) => receiptHandle),
          );
    } catch (error) {
      // They are ended with the batch, or done again.
      logger.warn('messages stay in work', { messages: records.length, error: error as Error });
    }
  };
}
