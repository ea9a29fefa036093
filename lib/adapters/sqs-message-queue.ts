import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { GlossError } from '../domain/errors.ts';
import type { MessageQueue } from '../ports/message-queue.ts';

/** Entries of one request: Amazon SQS Developer Guide, "Message quotas". */
const BATCH = 10;

/**
 * Messages as JSON bodies of an SQS queue, ten a request, requests in parallel.
 * @param groupOf whose a message is: SQS delivers those of whoever has little in flight before those of whoever has much (Amazon SQS
 * Developer Guide, "Amazon SQS fair queues")
 */
export function sqsMessageQueue<Message>(
  client: SQSClient,
  queueUrl: string,
  groupOf?: (message: Message) => string | undefined,
): MessageQueue<Message> {
  return {
    async send(messages, { delaySec } = {}) {
      const batches = Array.from({ length: Math.ceil(messages.length / BATCH) }, (_, i) =>
        messages.slice(i * BATCH, (i + 1) * BATCH),
      );
      await Promise.all(
        batches.map(async (batch) => {
          const Entries = batch.map((message, i) => ({
            Id: String(i),
            MessageBody: JSON.stringify(message),
            DelaySeconds: delaySec,
            MessageGroupId: groupOf?.(message),
          }));
          const { Failed = [] } = await client
            .send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }))
            .catch((cause: unknown) => {
              throw new GlossError('unavailable', 'queue_unavailable', 'SQS did not answer', { cause });
            });
          if (Failed.length > 0) {
            throw new GlossError(
              'unavailable',
              'queue_unavailable',
              `SQS took ${batch.length - Failed.length} of ${batch.length} messages`,
            );
          }
        }),
      );
    },
  };
}
