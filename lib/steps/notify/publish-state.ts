import { imageEventOf } from '../../domain/image-event.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { NotifyMessage } from '../../domain/messages.ts';

/**
 * Tells the deployment's event bus how an image stands now; as with a webhook, states that pass within seconds are told as
 * the last of them, and one may be told more than once.
 * @throws GlossError of a transient kind when the bus does not take it: the queue brings the message back.
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
