import { sqsMessageQueue } from '../../lib/adapters/sqs-message-queue.ts';
import type { TenantId } from '../../lib/domain/ids.ts';
import type { MessageQueue } from '../../lib/ports/message-queue.ts';
import { sqs } from './clients.ts';

/** A queue whose messages go by tenants: those of one do not wait until another's thousands are done. */
export const queueAt = <Message extends { readonly tenant?: TenantId }>(url: string): MessageQueue<Message> =>
  sqsMessageQueue<Message>(sqs(), url, ({ tenant }) => tenant);
