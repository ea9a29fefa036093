import { afterAll, beforeAll, expect, it } from 'vitest';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { startEvents, type PutEvent } from '../support/events-server.ts';
import { s3Event, startService, TESTER } from '../support/service.ts';

/** What the event bus of a deployment hears, put there by the real SDK. */

const tenant = parseTenantId('onbus');
let service: Awaited<ReturnType<typeof startService>>;
let bus: Awaited<ReturnType<typeof startEvents>>;
let key: string;

beforeAll(async () => {
  const secretOf = ({ accessKeyId }: { accessKeyId: string }) =>
    accessKeyId === TESTER.accessKeyId ? TESTER.secretAccessKey : undefined;
  bus = await startEvents(secretOf, 'photos');
  process.env['EVENT_BUS'] = 'photos';
  process.env['AWS_ENDPOINT_URL_EVENTBRIDGE'] = bus.endpoint;
  service = await startService();
  key = await service.keys.create(tenant);
});
afterAll(async () => {
  await service.close();
  bus.close();
});

/** Hands over what has been announced, once the delay of the queue has passed. */
async function deliver() {
  await new Promise((resolve) => setTimeout(resolve, 2_200));
  const announced = await service.drainNotifyQueue();
  return { announced, ...(await service.notify(announced)) };
}
const detailOf = ({ Detail }: PutEvent) =>
  JSON.parse(Detail) as { tenant: string; eventId: string; image: { status: string } };

it('each state of an image, of every tenant, whether it has a webhook or not', async () => {
  await service.request('POST', '/v1/documents', key, { documents: [{ id: 'told', texts: ['x'] }] });
  await deliver();
  await service.index(await service.drainIndexQueue());
  await deliver();
  await service.request('DELETE', `/v1/images/${imageIdOf(tenant, 'told')}`, key);
  await deliver();
  const told = bus.events.map(detailOf);
  expect(new Set(told.map(({ image }) => image.status))).toEqual(
    new Set(['described', 'searchable', 'removed']),
  );
  expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(3);
  expect(bus.events[0]).toMatchObject({ Source: 'gloss', DetailType: 'Image State Change' });
  expect(Math.abs(bus.events[0]!.Time * 1000 - Date.now())).toBeLessThan(60_000);
  expect(told[0]).toMatchObject({ tenant, image: { id: imageIdOf(tenant, 'told'), name: 'told' } });
});

it('a failure with its reason, again until the bus takes it', async () => {
  bus.events.length = 0;
  await service.upload(`uploads/${tenant}/broken.jpg`, Buffer.from('no picture'));
  await service.describe(s3Event('Created:Put', `uploads/${tenant}/broken.jpg`, '01'));
  bus.refuse(1_000);
  const { announced, batchItemFailures } = await deliver();
  expect(batchItemFailures).toHaveLength(announced.Records.length);
  expect(bus.events).toEqual([]);
  bus.refuse(0);
  expect((await service.notify(announced)).batchItemFailures).toEqual([]);
  expect(detailOf(bus.events.at(-1)!)).toMatchObject({
    image: { status: 'failed', failure: { code: 'not_a_picture' } },
  });
});
