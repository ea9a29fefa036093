import { createHash } from 'node:crypto';
import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { apiDeps } from '../../functions/deps/api-deps.ts';
import { createApp } from '../../lib/api/app.ts';
import { sqsEvent, startService } from '../support/service.ts';

/** Small items of a tenant that are lost or damaged: its listing, seal, secret, reservations, and listings of its keys. */

type Item = Record<string, AttributeValue>;
type Table = 'TENANTS_TABLE' | 'IMAGES_TABLE';

let service: Awaited<ReturnType<typeof startService>>;
let dynamo: DynamoDBClient;
let operator: string;
beforeAll(async () => {
  service = await startService();
  dynamo = new DynamoDBClient({});
  operator = await service.keys.createOperator();
});
afterAll(async () => {
  dynamo.destroy();
  await service.close();
});

let tenants = 0;
async function newTenant() {
  const tenant = parseTenantId(`lost-${tenants++}`);
  return { tenant, key: await service.keys.create(tenant) };
}

const keyOf = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });
const put = (item: Item, table: Table = 'TENANTS_TABLE') =>
  dynamo.send(new PutItemCommand({ TableName: process.env[table]!, Item: item }));
const lose = ({ pk, sk }: Item) =>
  dynamo.send(new DeleteItemCommand({ TableName: process.env['TENANTS_TABLE']!, Key: { pk: pk!, sk: sk! } }));
async function itemAt(pk: string, sk: string, table: Table = 'TENANTS_TABLE'): Promise<Item | undefined> {
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName: process.env[table]!, Key: keyOf(pk, sk), ConsistentRead: true }),
  );
  return Item;
}
async function onlyItem(pk: string): Promise<Item> {
  const { Items } = await dynamo.send(
    new QueryCommand({
      TableName: process.env['TENANTS_TABLE']!,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
      ConsistentRead: true,
    }),
  );
  expect(Items).toHaveLength(1);
  return Items![0]!;
}
/** What is left of an item whose attributes are gone, and forms in which one of them is no good. */
const damagesOf = (item: Item, attribute: string): [how: string, damaged: Item][] => {
  const { pk, sk, [attribute]: whole, ...rest } = item;
  expect(whole).toBeDefined();
  const key = { pk: pk!, sk: sk! };
  return [
    ['bare', key],
    ['without', { ...key, ...rest }],
    ['of another type', { ...item, [attribute]: { BOOL: true } }],
    ['empty', { ...item, [attribute]: { S: '' } }],
  ];
};

async function withDocuments(key: string, count: number) {
  const documents = Array.from({ length: count }, (_, i) => ({ id: `d${i}`, texts: ['a quokka'] }));
  expect((await service.request('POST', '/v1/documents', key, { documents })).status).toBe(202);
  await service.indexAll();
}

describe('the list of tenants', () => {
  const names = async () => {
    const { json } = await service.request('GET', '/v1/tenants?limit=100', operator);
    return (json as { tenants: { tenant: string }[] }).tenants.map(({ tenant }) => tenant);
  };
  const unlist = async (tenant: TenantId) => {
    await lose(keyOf('_tenants', tenant));
    expect(await names()).not.toContain(tenant);
  };

  it.each(['segments', 'objects'] as const)('has one again that a sweep of %s finds', async (task) => {
    const { tenant, key } = await newTenant();
    await withDocuments(key, 1);
    await unlist(tenant);
    const message = { task, tenant, ...(task === 'segments' && { segmentIds: [] }) };
    expect((await service.sweep(sqsEvent(message))).batchItemFailures).toEqual([]);
    expect(await names()).toContain(tenant);
  });

  it('does not get one that nobody made', async () => {
    const before = await names();
    for (const task of ['segments', 'objects'])
      await service.sweep(
        sqsEvent({ task, tenant: 'lost-nobody', ...(task === 'segments' && { segmentIds: [] }) }),
      );
    expect(await names()).toEqual(before);
  });
});

describe('what seals cursors', () => {
  it('is made anew where it is lost or damaged', async () => {
    const { tenant, key } = await newTenant();
    await withDocuments(key, 3);
    type Page = (cursor?: string) => Promise<{ status: number; cursor?: string }>;
    /** Of an instance that has read no seal. */
    const newInstance = (): Page => {
      const app = createApp(apiDeps(process.env), (error) => expect.unreachable(String(error)));
      return async (cursor) => {
        const path = `/v1/images?limit=1${cursor === undefined ? '' : `&cursor=${cursor}`}`;
        const answer = await app.request(path, { headers: { authorization: `Bearer ${key}` } });
        return { status: answer.status, cursor: ((await answer.json()) as { cursor?: string }).cursor! };
      };
    };
    const before = await newInstance()();
    const seal = await onlyItem(`${tenant}/seal`);
    for (const [how, damaged] of damagesOf(seal, 'secret')) {
      await put(damaged);
      const page = newInstance();
      const first = await page();
      expect({ how, ...first }).toMatchObject({ how, status: 200, cursor: expect.any(String) as string });
      expect({ how, status: (await page(first.cursor)).status }).toEqual({ how, status: 200 });
      expect({ how, status: (await newInstance()(first.cursor)).status }).toEqual({ how, status: 200 });
      expect((await page(before.cursor)).status).toBe(400);
    }
  });
});

describe('the secret of a webhook', () => {
  const url = 'https://hooks.example.com/gloss';
  const LOSSES = ['lost', 'bare', 'without', 'of another type', 'empty'];

  it.each(LOSSES)('%s: is told as such, and made anew by whoever asks', async (how) => {
    const { tenant, key } = await newTenant();
    const set = await service.request('PUT', '/v1/webhook', key, { url });
    const old = (set.json as { secret: string }).secret;
    for (const [method, path, body, status] of [
      ['PUT', '/v1/webhook', { url: null }, 200],
      ['PUT', '/v1/webhook', { url }, 200],
      ['POST', '/v1/webhook/rotation', {}, 201],
    ] as const) {
      const secrets = await onlyItem(`${tenant}/webhook`);
      const damaged = damagesOf(secrets, 'secrets').find(([name]) => name === how)?.[1];
      await (damaged ? put(damaged) : lose(secrets));
      const read = await service.request('GET', '/v1/webhook', key);
      const detail = expect.stringContaining('/v1/webhook/rotation') as string;
      expect(read).toMatchObject({ status: 404, json: { code: 'webhook_secret_not_found', detail } });
      const made = await service.request(method, path, key, body);
      expect(made).toMatchObject({ status, json: { url: 'url' in body ? body.url : url } });
      const { secret } = made.json as { secret: string };
      expect(secret).toMatch(/^whsec_/);
      expect(secret).not.toBe(old);
      expect((await service.request('GET', '/v1/webhook', key)).json).toMatchObject({ secret });
    }
  });

  it('of a later version is not written over', async () => {
    const { tenant, key } = await newTenant();
    const secrets = await onlyItem(`${tenant}/webhook`);
    const later = { ...secrets, format: { N: '2' } };
    await put(later);
    for (const [method, path, body] of [
      ['GET', '/v1/webhook', undefined],
      ['PUT', '/v1/webhook', { url: null }],
      ['POST', '/v1/webhook/rotation', {}],
    ] as const)
      expect(await service.request(method, path, key, body)).toMatchObject({
        status: 500,
        json: { code: 'unreadable_webhook' },
      });
    expect(await onlyItem(`${tenant}/webhook`)).toEqual(later);
  });
});

describe.each<[string, AttributeValue | undefined]>([
  ['lost', undefined],
  ['negative', { N: '-3' }],
  ['higher', { N: '99' }],
  ['of another type', { S: 'x' }],
])('a revision that is %s', (_, revision) => {
  const spoil = ({ revision: _whole, ...item }: Item) => put({ ...item, ...(revision && { revision }) });

  it('keeps nobody from changing a tenant, and no change is lost', async () => {
    const { tenant } = await newTenant();
    const spoilTenant = async () => spoil((await itemAt(`_tenant/${tenant}`, 'tenant'))!);
    const change = (body: object) => service.request('PATCH', `/v1/tenants/${tenant}`, operator, body);
    await spoilTenant();
    const changes = [
      { settings: { retentionDays: 9 } },
      { settings: { asks: 2 } },
      { settings: { cropPolicy: 'none' } },
      { status: 'suspended' },
    ];
    const answers = await Promise.all(changes.map(change));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await service.request('GET', `/v1/tenants/${tenant}`, operator)).json).toMatchObject({
      status: 'suspended',
      settings: { retentionDays: 9, asks: 2, cropPolicy: 'none' },
    });
    await spoilTenant();
    expect((await service.request('DELETE', `/v1/tenants/${tenant}`, operator)).status).toBe(202);
  });

  it('keeps nobody from rotating the secret of a webhook', async () => {
    const { tenant, key } = await newTenant();
    await service.request('PUT', '/v1/webhook', key, { url: 'https://hooks.example.com/gloss' });
    await spoil(await onlyItem(`${tenant}/webhook`));
    const rotate = () => service.request('POST', '/v1/webhook/rotation', key, {});
    const made = await Promise.all([rotate(), rotate()]);
    expect(made.map(({ status }) => status)).toEqual([201, 201]);
    const secrets = made.map(({ json }) => (json as { secret: string }).secret);
    const { current, previous } = JSON.parse((await onlyItem(`${tenant}/webhook`))['secrets']!.S!) as {
      current: string;
      previous: { secret: string };
    };
    expect([current, previous.secret].toSorted()).toEqual(secrets.toSorted());
  });
});

describe('keys', () => {
  const listed = async (key: string) => {
    const { json } = await service.request('GET', '/v1/keys', key);
    return (json as { keys: { id: string }[] }).keys.map(({ id }) => id);
  };
  const newKey = async (key: string) =>
    (await service.request('POST', '/v1/keys', key, { name: 'one' })).json as { id: string; key: string };

  it.each(['lost', 'bare', 'without', 'of another type'])(
    'whose listing is %s are listed when they are used, and can be revoked',
    async (how) => {
      const { tenant, key } = await newTenant();
      const made = await newKey(key);
      const listing = (await itemAt(`${tenant}/keys`, made.id))!;
      const damaged = damagesOf(listing, 'hash').find(([name]) => name === how)?.[1];
      await (damaged ? put(damaged) : lose(listing));
      expect((await service.request('GET', '/v1/me', made.key)).status).toBe(200);
      expect(await listed(key)).toContain(made.id);
      expect((await service.request('DELETE', `/v1/keys/${made.id}`, key)).status).toBe(204);
      expect((await service.request('GET', '/v1/me', made.key)).status).toBe(401);
      expect(await listed(key)).not.toContain(made.id);
    },
  );

  it('that were revoked are not listed again', async () => {
    const { key } = await newTenant();
    const made = await newKey(key);
    expect((await service.request('GET', '/v1/me', made.key)).status).toBe(200);
    expect((await service.request('DELETE', `/v1/keys/${made.id}`, key)).status).toBe(204);
    expect((await service.request('GET', '/v1/me', made.key)).status).toBe(401);
    expect(await listed(key)).not.toContain(made.id);
  });
});

describe('a reservation', () => {
  it('that is damaged gives way to the next', async () => {
    const { tenant, key } = await newTenant();
    const file = { name: 'x.jpg', bytes: 5, contentType: 'image/jpeg' };
    const invite = () => service.request('POST', '/v1/uploads', key, { files: [file] });
    expect((await invite()).status).toBe(200);
    const imageId = imageIdOf(tenant, file.name);
    const item = (await itemAt(`${tenant}/invited`, imageId, 'IMAGES_TABLE'))!;
    for (const attribute of ['bucket', 'writer'])
      for (const [how, damaged] of damagesOf(item, attribute)) {
        if (attribute === 'writer' && how === 'empty') continue; // a token of no letters is one
        await put(damaged, 'IMAGES_TABLE');
        const { status } = await invite();
        expect({ attribute, how, status }).toEqual({ attribute, how, status: 200 });
        const again = (await itemAt(`${tenant}/invited`, imageId, 'IMAGES_TABLE'))!;
        expect(Object.keys(again).toSorted()).toEqual(Object.keys(item).toSorted());
      }
  });
});

describe('what is kept of a request with an Idempotency-Key', () => {
  it('that is damaged lets nobody do it again', async () => {
    const { tenant, key } = await newTenant();
    const pk = `${tenant}/asked`;
    const sk = createHash('sha256').update('one').digest('hex');
    const documents = [{ id: 'd', texts: ['a quokka'] }];
    const ask = () =>
      service.request('POST', '/v1/documents', key, { documents }, { 'idempotency-key': 'one' });
    const first = await ask();
    expect(first.status).toBe(202);
    const item = (await itemAt(pk, sk, 'IMAGES_TABLE'))!;
    for (const attribute of ['request', 'claim', 'diesAtMs', 'answerStatus', 'answer'])
      for (const [how, damaged] of damagesOf(item, attribute)) {
        const isText = attribute === 'request' || attribute === 'claim';
        // An empty text is one; without its answer it is one that is under way.
        if ((how === 'empty' && isText) || (how === 'without' && attribute === 'answer')) continue;
        await put(damaged, 'IMAGES_TABLE');
        const { status, json } = await ask();
        const { code } = json as { code?: string };
        expect({ attribute, how, status, code }).toEqual({
          attribute,
          how,
          status: 500,
          code: 'unreadable_asked',
        });
      }
    await put(item, 'IMAGES_TABLE');
    expect(await ask()).toMatchObject({ status: 202, json: first.json });
  });
});
