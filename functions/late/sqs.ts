import { ChangeMessageVisibilityCommand, DeleteMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { sqsMessageQueue } from '../../lib/adapters/sqs-message-queue.ts';
import type { TenantId } from '../../lib/domain/ids.ts';
import type { MessageQueue } from '../../lib/ports/message-queue.ts';
import { QUICK } from '../shared/timeouts.ts';

export const sqs = () => new SQSClient({ maxAttempts: 5, requestHandler: QUICK });

/** A message of a tenant; one of few does not wait behind what the same tenant loads. */
export interface OfTenant {
  readonly tenant?: TenantId;
  readonly ofFew?: true;
}

/** A queue whose messages go by tenants: those of one do not wait until another's thousands are done. */
export const queue = <Message extends OfTenant>(url: string): MessageQueue<Message> =>
  sqsMessageQueue<Message>(sqs(), url, ({ tenant, ofFew }) => (ofFew ? `${tenant}/few` : tenant));

/** Has a message that is in work come back after so many seconds. */
export async function hide(
  client: SQSClient,
  url: string,
  receiptHandle: string,
  seconds: number,
): Promise<void> {
  await client.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: url,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    }),
  );
}

/** Entries of one request: Amazon SQS Developer Guide, "Message quotas". */
const BATCH = 10;

/** Ends messages that are in work. One that the queue does not end comes back. */
export async function end(client: SQSClient, url: string, receiptHandles: readonly string[]): Promise<void> {
  for (let from = 0; from < receiptHandles.length; from += BATCH) {
    const Entries = receiptHandles
      .slice(from, from + BATCH)
      .map((ReceiptHandle, i) => ({ Id: String(i), ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
  }
}
