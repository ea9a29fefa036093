import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { NotifyMessage } from '../../domain/messages.ts';
import type { TenantReader } from '../../ports/tenants.ts';

/**
 * Seconds before a message is delivered: long enough for the announced write to be there, short enough to be
 * news.
 */
const DELAY_SEC = 2;

interface Announcing {
  readonly tenants: TenantReader;
  readonly notifyQueue: MessageQueue<NotifyMessage>;
  /** Whether the deployment has an event bus. */
  readonly toBus: boolean;
}

/**
 * Records that announce each write to tenants with a webhook and to the event bus. The announcement comes
 * before the write, so a writer that dies after the write has announced it. The receiver reads the record, so
 * an announcement of a write that failed tells nothing false.
 */
export function announcingRecords(
  records: ImageRecords,
  { tenants, notifyQueue, toBus }: Announcing,
): ImageRecords {
  return {
    get: (tenant, imageId) => records.get(tenant, imageId),
    getMany: (tenant, imageIds) => records.getMany(tenant, imageIds),
    totals: (tenant) => records.totals(tenant),
    moved: (tenant) => records.moved(tenant),
    correctTotals: (...correction) => records.correctTotals(...correction),
    list: (tenant, page) => records.list(tenant, page),
    forget: (tenant, record) => records.forget(tenant, record),
    async put(tenant, changes) {
      const account = await tenants.get(tenant);
      const messages = changes.flatMap(({ after }) => {
        const news = { tenant, imageId: after.imageId };
        return [
          ...(account?.settings.webhookUrl ? [news] : []),
          ...(toBus ? [{ ...news, to: 'bus' as const }] : []),
        ];
      });
      if (messages.length > 0) await notifyQueue.send(messages, { delaySec: DELAY_SEC });
      return records.put(tenant, changes);
    },
  };
}
