import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { NotifyMessage } from '../../domain/messages.ts';
import type { Tenants } from '../../ports/tenants.ts';

/** Long enough for the write that is announced to be there, short enough to be news. */
const DELAY_SEC = 2;

export interface Announcing {
  readonly tenants: Tenants;
  readonly notifyQueue: MessageQueue<NotifyMessage>;
  /** Whether the deployment has an event bus that hears of every image. */
  readonly toBus: boolean;
}

/**
 * Records that announce each write, for tenants who want to hear of it and for the event bus: before the write, so that a writer which dies right
 * after it has still told. Whoever is told reads the record, so an announcement of what did not happen tells nothing false.
 */
export function announcingRecords(
  records: ImageRecords,
  { tenants, notifyQueue, toBus }: Announcing,
): ImageRecords {
  return {
    get: (tenant, imageId) => records.get(tenant, imageId),
    getMany: (tenant, imageIds) => records.getMany(tenant, imageIds),
    totals: (tenant) => records.totals(tenant),
    list: (tenant, page) => records.list(tenant, page),
    forget: (tenant, record) => records.forget(tenant, record),
    async put(tenant, record) {
      const account = await tenants.get(tenant);
      const news = { tenant, imageId: record.imageId };
      const messages = [
        ...(account?.settings.webhookUrl ? [news] : []),
        ...(toBus ? [{ ...news, to: 'bus' as const }] : []),
      ];
      if (messages.length > 0) await notifyQueue.send(messages, { delaySec: DELAY_SEC });
      return records.put(tenant, record);
    },
  };
}
