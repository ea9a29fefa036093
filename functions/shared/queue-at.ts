import type { OfTenant } from '../late/sqs.ts';
import { whenNeeded } from '../../lib/adapters/when-needed.ts';
import type { MessageQueue } from '../../lib/ports/message-queue.ts';

/** The queue at an address, for messages of tenants. */
export const queueAt = <Message extends OfTenant>(url: string): MessageQueue<Message> =>
  whenNeeded(async () => (await import('../late/sqs.ts')).queue<Message>(url));
