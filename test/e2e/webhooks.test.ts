import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { DeleteItemCommand, DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { httpWebhooks } from '../../lib/adapters/http-webhooks.ts';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { eventually } from '../support/eventually.ts';
import { s3Event, sqsEvent, startService } from '../support/service.ts';

/** What a tenant's webhook hears, checked as a receiver would check it. */

const tenant = parseTenantId('listening');
let service: Awaited<ReturnType<typeof startService>>;
let key: string;
let receiver: Server;
let url: string;
let status = 200;
const heard: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];

beforeAll(async () => {
  service = await startService();
  key = await service.keys.create(tenant);
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      heard.push({ headers: request.headers, body });
      response.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  receiver.close();
  await service.close();
});
beforeEach(() => {
  heard.length = 0;
  status = 200;
});

/** Hands over what has been announced, once the delay of the queue has passed. */
async function deliver(): Promise<readonly unknown[]> {
  await new Promise((resolve) => setTimeout(resolve, 2_200));
  const { batchItemFailures } = await service.notify(await service.drainNotifyQueue());
  return batchItemFailures;
}
/** Hands over all news until none waits for the receiver any more; answers how much of it failed. */
async function settledNews(): Promise<number> {
  let failed = 0;
  for (let quiet = 0; quiet < 4;) {
    const before = heard.length;
    failed += (await deliver()).length;
    quiet = heard.length === before ? quiet + 1 : 0;
  }
  return failed;
}
async function loseSecretOf(name: TenantId) {
  const dynamo = new DynamoDBClient({});
  const TableName = process.env['TENANTS_TABLE']!;
  const { Items } = await dynamo.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: `${name}/webhook` } },
    }),
  );
  for (const { pk, sk } of Items!)
    await dynamo.send(new DeleteItemCommand({ TableName, Key: { pk: pk!, sk: sk! } }));
  dynamo.destroy();
}
const keyOf = (secret: string) => Buffer.from(secret.replace('whsec_', ''), 'base64');
const importing = (id: string, as = key) =>
  service.request('POST', '/v1/documents', as, { documents: [{ id, texts: ['x'] }] });
const types = () => heard.map(({ body }) => (JSON.parse(body) as { type: string }).type);

it('nobody is told before an address is set', async () => {
  await importing('quiet');
  expect(await deliver()).toEqual([]);
  expect(heard).toEqual([]);
});

it('each state is told, signed with the secret that the tenant was shown, under the same id when told again', async () => {
  const { json } = await service.request('PUT', '/v1/webhook', key, { url });
  const { secret } = json as { secret: string };
  await importing('told');
  await deliver();
  await service.index(await service.drainIndexQueue());
  await deliver();
  await service.request('DELETE', `/v1/images/${imageIdOf(tenant, 'told')}`, key);
  await deliver();
  expect(new Set(types())).toEqual(new Set(['image.described', 'image.searchable', 'image.removed']));
  const { headers, body } = heard[0]!;
  const [id, time, signature] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
    (name) => headers[name] as string,
  );
  const expected = createHmac('sha256', keyOf(secret)).update(`${id!}.${time!}.${body}`).digest('base64');
  expect(signature).toBe(`v1,${expected}`);
  expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual(JSON.parse(body));
  expect(JSON.parse(body)).toMatchObject({ data: { id: imageIdOf(tenant, 'told'), name: 'told' } });
  const ofTold = heard.filter((call) => call.body.includes('"name":"told"'));
  const ids = new Set(ofTold.map((call) => call.headers['webhook-id']));
  expect(ids.size).toBe(3);
});

it('a new secret signs beside the old one for a while, then alone', async () => {
  const before = (await service.request('GET', '/v1/webhook', key)).json as { secret: string };
  const rotate = async (overlapSec: number) =>
    (await service.request('POST', '/v1/webhook/rotation', key, { overlapSec })).json as {
      secret: string;
      url: string;
      oldSecretEndsAt: string;
    };
  const signatures = async () => {
    expect((await service.request('POST', '/v1/webhook/test', key)).json).toEqual({ delivered: true });
    const { headers, body } = heard.at(-1)!;
    const [id, time] = [headers['webhook-id'] as string, headers['webhook-timestamp'] as string];
    const by = (secret: string) =>
      `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${time}.${body}`).digest('base64')}`;
    return { sent: headers['webhook-signature'] as string, by };
  };
  const rotated = await rotate(60);
  expect(rotated).toMatchObject({ url });
  expect(rotated.secret).not.toBe(before.secret);
  expect(new Date(rotated.oldSecretEndsAt).getTime()).toBeGreaterThan(Date.now() + 50_000);
  const both = await signatures();
  // A library verifies with either.
  for (const secret of [rotated.secret, before.secret])
    new Webhook(secret).verify(heard.at(-1)!.body, heard.at(-1)!.headers as Record<string, string>);
  expect(both.sent).toBe(`${both.by(rotated.secret)} ${both.by(before.secret)}`);
  const last = await rotate(0);
  const alone = await signatures();
  expect(alone.sent).toBe(alone.by(last.secret));
});

it('a test says whether the receiver takes it', async () => {
  expect((await service.request('POST', '/v1/webhook/test', key)).json).toEqual({ delivered: true });
  expect(types()).toEqual(['webhook.test']);
  status = 503;
  expect((await service.request('POST', '/v1/webhook/test', key)).json).toEqual({
    delivered: false,
    reason: 'the webhook answered 503',
  });
  const other = await service.keys.create(parseTenantId('other'));
  expect(await service.request('POST', '/v1/webhook/test', other)).toMatchObject({
    status: 409,
    json: { code: 'no_webhook', field: 'url' },
  });
});

it('a failure is told with its reason', async () => {
  await service.upload(`uploads/${tenant}/broken.jpg`, Buffer.from('no picture'));
  await service.describe(s3Event('Created:Put', `uploads/${tenant}/broken.jpg`, '01'));
  await deliver();
  expect(JSON.parse(heard.at(-1)!.body)).toMatchObject({
    type: 'image.failed',
    data: { failure: { code: 'not_a_picture' } },
  });
});

it('comes again when the receiver does not take it, as no failure of the queue, and once it is taken no more', async () => {
  status = 500;
  await importing('again');
  expect(await deliver()).toEqual([]);
  expect(heard).toHaveLength(1);
  status = 200;
  await service.index(await service.drainIndexQueue());
  await eventually(async () => {
    await deliver();
    expect(types()).toContain('image.searchable');
  });
  expect(await settledNews()).toBe(0);
  const taken = heard.slice(1).map(({ headers }) => headers['webhook-id']);
  expect(new Set(taken).size).toBe(taken.length);
});

it('news waits while the secret is lost, until the tenant makes another', async () => {
  const own = parseTenantId('forgetful');
  const ownKey = await service.keys.create(own);
  await service.request('PUT', '/v1/webhook', ownKey, { url });
  await loseSecretOf(own);
  expect((await service.request('POST', '/v1/webhook/test', ownKey)).json).toMatchObject({
    delivered: false,
    reason: expect.stringContaining('gloss webhook rotate') as string,
  });
  await importing('waits', ownKey);
  expect(await settledNews()).toBe(0);
  expect(heard).toEqual([]);
  const { json } = await service.request('POST', '/v1/webhook/rotation', ownKey, {});
  await eventually(async () => {
    expect(await deliver()).toEqual([]);
    expect(types()).toContain('image.described');
  });
  const { headers, body } = heard[0]!;
  const { secret } = json as { secret: string };
  expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual(JSON.parse(body));
});

it('a state is told once, however many messages speak of it, and at whatever time they are handled', async () => {
  await importing('often');
  const message = { tenant, imageId: imageIdOf(tenant, 'often') };
  const records = Array.from({ length: 8 }, () => sqsEvent(message).Records[0]!);
  const together = await Promise.all(records.map((record) => service.notify({ Records: [record] })));
  expect(together.flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([]);
  await service.notify({ Records: records });
  expect(heard).toHaveLength(1);
  expect(await settledNews()).toBe(0);
  expect(heard).toHaveLength(1);
});

it('a receiver that fails rests after five calls: its news waits, a test still reaches it and ends the rest', async () => {
  const resting = parseTenantId('resting');
  const itsKey = await service.keys.create(resting);
  await service.request('PUT', '/v1/webhook', itsKey, { url });
  status = 503;
  const documents = Array.from({ length: 9 }, (_, i) => ({ id: `rest-${i}`, texts: ['x'] }));
  await service.request('POST', '/v1/documents', itsKey, { documents });
  for (const { id } of documents)
    await service.notify(sqsEvent({ tenant: resting, imageId: imageIdOf(resting, id) }));
  expect(heard).toHaveLength(5);
  status = 200;
  expect((await service.request('POST', '/v1/webhook/test', itsKey)).json).toEqual({ delivered: true });
  heard.length = 0;
  await service.notify(sqsEvent({ tenant: resting, imageId: imageIdOf(resting, 'rest-8') }));
  expect(types()).toEqual(['image.described']);
  await settledNews();
});

it('is the tenant’s own affair: another’s images are not told, and its secret is another', async () => {
  const other = await service.keys.create(parseTenantId('other'));
  await importing('theirs', other);
  await deliver();
  expect(heard).toEqual([]);
  const mine = (await service.request('GET', '/v1/webhook', key)).json as { secret: string };
  const theirs = (await service.request('GET', '/v1/webhook', other)).json as { secret: string; url: null };
  expect(theirs.secret).not.toBe(mine.secret);
  expect(theirs.url).toBeNull();
});

describe('deployed, a webhook is no way into our own network:', () => {
  const webhooks = httpWebhooks({ nowMs: () => Date.now() });
  it.each([
    'http://example.com/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    'https://2130706433/',
    'https://localhost/',
  ])('%s is not called', async (address) => {
    await expect(webhooks.send({ url: address, secrets: ['whsec_eA=='] }, 'id', '{}')).rejects.toMatchObject({
      code: expect.stringMatching(/webhook_url|webhook_failed/) as string,
    });
  });
});
