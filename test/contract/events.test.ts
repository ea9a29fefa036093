import {
  EventBridgeClient,
  EventBridgeServiceException,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventBridgeBus } from '../../lib/adapters/eventbridge-bus.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { ending, type Asked } from '../support/asked.ts';
import { startEvents } from '../support/events-server.ts';
import { attached, bareWorld } from '../world/bare-world.ts';

/**
 * What is put on an event bus, by the real SDK and the adapter. The embedded stack has no bus; the server of the tests takes its
 * place. Limits and answers are those of PutEvents, Amazon EventBridge API Reference.
 */

const tenant = parseTenantId('acme');
const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };

interface Bus extends Asked<EventBridgeClient> {
  /** What the bus has taken. */
  readonly details: () => unknown[];
  /** Has it refuse the next request of one entry, as under load. */
  readonly refuseOne: () => void;
}

const connect = (endpoint: string) =>
  new EventBridgeClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });

async function openServer(): Promise<Bus> {
  const server = await startEvents(() => credentials.secretAccessKey, 'bus');
  const client = connect(server.endpoint);
  return {
    client,
    details: () => server.events.map(({ Detail }) => JSON.parse(Detail) as unknown),
    refuseOne: () => server.refuse(1),
    close: ending(client, server),
  };
}

function openWorld(): Promise<Bus> {
  const world = bareWorld();
  const client = attached(connect('http://localhost'), world);
  return Promise.resolve({
    client,
    details: () => world.bus.map((detail) => JSON.parse(detail) as unknown),
    refuseOne: () => {
      world.mishapOf = () => {
        world.mishapOf = () => undefined;
        return 'in part';
      };
    },
    close: ending(client),
  });
}

describe.each([
  ['the server of the tests', openServer],
  ['the bus of a world', openWorld],
])('%s', (_name, open) => {
  let bus: Bus;
  beforeAll(async () => {
    bus = await open();
  });
  afterAll(() => bus.close());

  const entry = (what: string): PutEventsRequestEntry => ({
    EventBusName: 'bus',
    Source: 'test',
    DetailType: 'Test',
    Detail: JSON.stringify({ what }),
    Time: new Date(0),
  });
  const put = (Entries: PutEventsRequestEntry[]) => bus.client.send(new PutEventsCommand({ Entries }));
  const publish = (id: string) =>
    eventBridgeBus(bus.client, 'bus').publish(tenant, { id, atMs: 0, image: {} as never });

  it('takes up to ten entries, and gives each an id', async () => {
    const { FailedEntryCount, Entries } = await put(Array.from({ length: 10 }, (_, i) => entry(String(i))));
    expect(FailedEntryCount).toBe(0);
    expect(new Set(Entries!.map(({ EventId }) => EventId)).size).toBe(10);
    expect(bus.details().slice(-10)).toEqual(Array.from({ length: 10 }, (_, i) => ({ what: String(i) })));
  });

  it.each([0, 11])('takes no request of %d entries', async (length) => {
    const error: unknown = await put(Array.from({ length }, () => entry('too many'))).catch(
      (one: unknown) => one,
    );
    expect(error).toBeInstanceOf(EventBridgeServiceException);
    expect(error).toMatchObject({ name: 'ValidationException', $metadata: { httpStatusCode: 400 } });
    expect(bus.details()).not.toContainEqual({ what: 'too many' });
  });

  it('names an entry that it did not take, in an answer that succeeds', async () => {
    bus.refuseOne();
    expect(await put([entry('refused')])).toMatchObject({
      $metadata: { httpStatusCode: 200 },
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: 'ThrottlingException' }],
    });
    expect(bus.details()).not.toContainEqual({ what: 'refused' });
  });

  it('takes the news of the adapter, which notices where it is not taken', async () => {
    await publish('news-1');
    expect(bus.details().at(-1)).toEqual({ tenant: 'acme', eventId: 'news-1', image: {} });
    bus.refuseOne();
    await expect(publish('news-2')).rejects.toMatchObject({ kind: 'unavailable', code: 'bus_unavailable' });
    expect(bus.details().at(-1)).toMatchObject({ eventId: 'news-1' });
  });
});
