import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { PendingEvent } from './servers/s3-database.ts';
import type { Bucket, Notification } from './topology.ts';

/** Tells the queues that a bucket's notifications name of what happened to an object; done when they have it. */
export function bucketNotifier(
  sqs: SQSClient,
  buckets: readonly Bucket[],
): (event: PendingEvent) => Promise<void> {
  return async ({ bucket, key, record }) => {
    const notifications = buckets.find(({ name }) => name === bucket)?.notifications ?? [];
    const MessageBody = JSON.stringify({ Records: [record] });
    await Promise.all(
      notifications
        .filter((notification) => concerns(notification, record.eventName, key))
        .map(({ queueUrl }) => sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }))),
    );
  };
}

/**
 * Whether a notification is for such an event.
 * @param eventName such as `ObjectCreated:Put`.
 * @param key as it is, not as the event's record escapes it.
 */
export function concerns({ event, prefix, suffix }: Notification, eventName: string, key: string): boolean {
  const wanted = event.replace(/^s3:/, '');
  const named = wanted.endsWith('*') ? eventName.startsWith(wanted.slice(0, -1)) : eventName === wanted;
  return named && key.startsWith(prefix) && key.endsWith(suffix);
}
