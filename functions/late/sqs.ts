import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { sqsMessageQueue } from '../../lib/adapters/sqs-message-queue.ts';
import { unlogged } from '../../lib/adapters/unlogged.ts';
import type { TenantId } from '../../lib/domain/ids.ts';
import type { MessageQueue } from '../../lib/ports/message-queue.ts';
import { QUICK } from '../shared/timeouts.ts';

export const sqs = () => unlogged(new SQSClient({ maxAttempts: 5, requestHandler: QUICK }));

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
