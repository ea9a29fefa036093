import { imageEventOf } from '../../domain/image-event.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { NotifyMessage } from '../../domain/messages.ts';

/**
 * Tells the deployment's event bus the current state of an image. As with webhooks, of states that pass within
 * seconds only the last is told, and a state may be told more than once.
 * @throws GlossError of a transient kind if the bus does not accept it: the queue delivers the message again.
 */
export async function publishState(
  { records, bus }: { readonly records: ImageRecords; readonly bus: EventBus | undefined },
  { tenant, imageId }: NotifyMessage,
): Promise<'told' | 'nobody listens'> {
  const record = bus && (await records.get(tenant, imageId));
  if (!record) return 'nobody listens';
  await bus.publish(tenant, imageEventOf(record));
  return 'told';
}
