import { PutEventsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GlossError } from '../domain/errors.ts';
import type { EventBus } from '../ports/event-bus.ts';

/** A bus of Amazon EventBridge: source `gloss`, detail type `Image State Change`. */
export function eventBridgeBus(client: EventBridgeClient, busName: string): EventBus {
  return {
    async publish(tenant, { id, atMs, image }) {
      const entry = {
        EventBusName: busName,
        Source: 'gloss',
        DetailType: 'Image State Change',
        Time: new Date(atMs),
        Detail: JSON.stringify({ tenant, eventId: id, image }),
      };
      const { Entries = [] } = await client
        .send(new PutEventsCommand({ Entries: [entry] }))
        .catch((cause: unknown) => {
          throw new GlossError('unavailable', 'bus_unavailable', 'EventBridge did not answer', { cause });
        });
      // A request succeeds even if the bus refuses an entry, so the answer has to be checked.
      const code = Entries[0]?.ErrorCode;
      if (code !== undefined)
        throw new GlossError('unavailable', 'bus_unavailable', `EventBridge did not take the event: ${code}`);
    },
  };
}
