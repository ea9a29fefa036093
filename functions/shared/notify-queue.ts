import { sqsMessageQueue } from '../../lib/adapters/sqs-message-queue.ts';
import type { NotifyMessage } from '../../lib/domain/messages.ts';
import { sqs } from './clients.ts';

/** News, by tenants: that of one does not wait until the others' is told. */
export const notifyQueueAt = (url: string) =>
  sqsMessageQueue<NotifyMessage>(sqs(), url, ({ tenant }) => tenant);
