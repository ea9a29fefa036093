import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { logger } from './telemetry.ts';

/** Has messages come back later than the rest of their batch, and so without it, if the process ends now. */
export type KeepApart = (records: readonly SQSRecord[]) => Promise<void>;

/** So much later: longer than a batch gathers, however late its worker is. */
const APART_SEC = 120;

/** @param visibilitySec for which the queues hide a message that they have delivered */
export function keepApart(
  queueUrls: readonly string[],
  { visibilitySec }: { readonly visibilitySec: number },
): KeepApart {
  let client: SQSClient | undefined;
  return async (records) => {
    try {
      const { hide, sqs } = await import('../late/sqs.ts');
      const queues = (client ??= sqs());
      await Promise.all(
        records.map((record) =>
          hide(queues, urlOf(record, queueUrls), record.receiptHandle, visibilitySec + APART_SEC),
        ),
      );
    } catch (error) {
      // They come back together with the others.
      logger.warn('messages are not kept apart', { messages: records.length, error: error as Error });
    }
  };
}

/** Of the queue that a record was delivered from. */
function urlOf({ eventSourceARN }: SQSRecord, queueUrls: readonly string[]): string {
  const name = eventSourceARN.slice(eventSourceARN.lastIndexOf(':') + 1);
  const found = queueUrls.find((url) => url.slice(url.lastIndexOf('/') + 1) === name);
  if (found === undefined) throw new Error(`this function does not know the queue ${name}`);
  return found;
}
