import { imageEventOf } from '../../domain/image-event.ts';
import type { NotifyMessage } from '../../domain/messages.ts';
import { delaySecOf, isGivenUp, waitOnce } from '../../domain/waiting-news.ts';
import { readable } from '../../domain/unreadable.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { ToldNews } from '../../ports/receivers.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { callReceiver, type CallDeps } from './call-receiver.ts';

interface NotifyDeps extends CallDeps {
  readonly tenants: TenantReader;
  readonly records: ImageRecords;
  readonly told: ToldNews;
  readonly notifyQueue: MessageQueue<NotifyMessage>;
}

type NotifyOutcome = 'told' | 'told before' | 'nobody listens' | 'waits' | 'given up';

/**
 * Tells a tenant's webhook the current state of an image. Of states that pass within seconds only the last is
 * told. A state that was taken is not told again, unless whoever told it died before noting that; then it has the same id.
 *
 * News that cannot be told now is sent again with a delay instead of failing: no worker is held, and the queue counts no
 * delivery for it, so its dead letters speak of our own faults alone.
 * @throws GlossError if something of ours is not available: the queue delivers the message again.
 */
export async function notifyWebhook(
  deps: NotifyDeps,
  { tenant, imageId, wait }: NotifyMessage,
): Promise<NotifyOutcome> {
  const { tenants, records, told, notifyQueue, clock } = deps;
  const account = await tenants.get(tenant);
  if (account?.status !== 'active' || !account.settings.webhookUrl) return 'nobody listens';
  const record = readable(await records.get(tenant, imageId));
  if (!record) return 'nobody listens';
  const { id, atMs, image } = imageEventOf(account, record);
  const body = { type: `image.${image.status}`, timestamp: new Date(atMs).toISOString(), data: image };
  const outcome = await callReceiver(deps, account, {
    id,
    body: JSON.stringify(body),
    isDone: () => told.has(tenant, id),
    onTaken: () => told.add(tenant, id),
  });
  switch (outcome.kind) {
    case 'taken':
      return 'told';
    case 'done before':
      return 'told before';
    case 'never called':
      return 'nobody listens';
    case 'later':
    case 'failed': {
      const nowMs = clock.nowMs();
      const next = waitOnce(wait, { hasFailed: outcome.kind === 'failed', nowMs });
      if (isGivenUp(next, nowMs)) return 'given up';
      const notBeforeMs = outcome.kind === 'later' ? outcome.laterMs : nowMs;
      const delaySec = delaySecOf(next, imageId, { nowMs, notBeforeMs });
      await notifyQueue.send([{ tenant, imageId, wait: next }], { delaySec });
      return 'waits';
    }
  }
}
