import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { logger } from './telemetry.ts';

/** What a worker tells a queue of messages while their batch is still in work. What fails is logged: the messages come back as others do. */
export interface Deliveries {
  /** Their work is done. Lambda ends messages when the function answers, and this one may not come so far. */
  end(records: readonly SQSRecord[]): Promise<void>;
  /** If the process ends now, they come back later than the rest of the batch, and so without it. */
  keepApart(records: readonly SQSRecord[]): Promise<void>;
}

/** So much later they come back: longer than a batch gathers, however late its worker is. */
const APART_SEC = 120;

/** @param visibilitySec for which the queues hide a message that they have delivered */
export function deliveriesOf(
  queueUrls: readonly string[],
  { visibilitySec }: { readonly visibilitySec: number },
): Deliveries {
  let client: SQSClient | undefined;

  async function tell(
    what: string,
    records: readonly SQSRecord[],
    act: (client: SQSClient, url: string, receiptHandles: readonly string[]) => Promise<void>,
  ): Promise<void> {
    try {
      const { sqs } = await import('../late/sqs.ts');
      client ??= sqs();
      for (const [url, some] of Map.groupBy(records, (record) => urlOf(record, queueUrls)))
        await act(
          client,
          url,
          some.map(({ receiptHandle }) => receiptHandle),
        );
    } catch (error) {
      logger.warn(`messages are not ${what}`, { messages: records.length, error: error as Error });
    }
  }

  return {
    end: (records) =>
      tell('ended before their batch', records, async (...asked) => {
        const { end } = await import('../late/sqs.ts');
        await end(...asked);
      }),
    keepApart: (records) =>
      tell('kept apart', records, async (queue, url, receiptHandles) => {
        const { hide } = await import('../late/sqs.ts');
        await Promise.all(
          receiptHandles.map((handle) => hide(queue, url, handle, visibilitySec + APART_SEC)),
        );
      }),
  };
}

/** Of the queue that a record was delivered from. */
function urlOf({ eventSourceARN }: SQSRecord, queueUrls: readonly string[]): string {
  const name = eventSourceARN.slice(eventSourceARN.lastIndexOf(':') + 1);
  const found = queueUrls.find((url) => url.slice(url.lastIndexOf('/') + 1) === name);
  if (found === undefined) throw new Error(`this function does not know the queue ${name}`);
  return found;
}
