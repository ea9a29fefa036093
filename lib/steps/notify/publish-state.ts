import { imageEventOf } from '../../domain/image-event.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import { readable } from '../../domain/unreadable.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { NotifyMessage } from '../../domain/messages.ts';
import type { TenantReader } from '../../ports/tenants.ts';

export interface PublishDeps {
  readonly tenants: TenantReader;
  readonly records: ImageRecords;
  readonly bus: EventBus | undefined;
}

/**
 * Tells the deployment's event bus the current state of an image. As with webhooks, of states that pass within
 * seconds only the last is told, and a state may be told more than once.
 * @throws GlossError of a transient kind if the bus does not accept it: the queue delivers the message again.
 */
export async function publishState(
  { tenants, records, bus }: PublishDeps,
  { tenant, imageId }: NotifyMessage,
): Promise<'told' | 'nobody listens'> {
  const account = bus && (await tenants.get(tenant));
  const record = account && readable(await records.get(tenant, imageId));
  if (!record) return 'nobody listens';
  await bus.publish(tenant, imageEventOf(account, record));
  return 'told';
}
