import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoReceivers } from '../../lib/adapters/dynamo-receivers.ts';
import { parseTenantId, type ImageId, type TenantId } from '../../lib/domain/ids.ts';
import { readableOnes } from '../../lib/domain/unreadable.ts';
import { sweepObjects } from '../../lib/steps/sweep/sweep-objects.ts';
import { sweepStrays } from '../../lib/steps/sweep/sweep-strays.ts';
import { sqsEvent, startService } from '../support/service.ts';
import { sweeper } from '../support/sweeper.ts';

/** Lists of keys, tenants, strays and days go on without an item that cannot be read, and pages without one of a strange key. */

type Item = Record<string, AttributeValue>;
type Json = Readonly<Record<string, unknown>>;

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
  const tenant = parseTenantId(`lists-${tenants++}`);
  return { tenant, key: await service.keys.create(tenant) };
}

type Table = 'TENANTS_TABLE' | 'IMAGES_TABLE';
const put = (table: Table, item: Item) =>
  dynamo.send(new PutItemCommand({ TableName: process.env[table]!, Item: item }));
const keyOf = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });
async function itemAt(pk: string, sk: string): Promise<Item> {
  const TableName = process.env['TENANTS_TABLE']!;
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName, Key: keyOf(pk, sk), ConsistentRead: true }),
  );
  return Item!;
}

interface Damage {
  readonly how: string;
  readonly damaged: (item: Item) => Item;
}
/** @param wrong a value of another type for each field; those that may be absent have a question mark */
function damagesOf(attribute: string, wrong: Json): Damage[] {
  const edited = (change: (json: Json) => Json) => (item: Item) => ({
    ...item,
    [attribute]: { S: JSON.stringify(change(JSON.parse(item[attribute]!.S!) as Json)) },
  });
  return [
    { how: 'no text', damaged: ({ [attribute]: _gone, ...rest }) => rest },
    { how: 'a number', damaged: (item) => ({ ...item, [attribute]: { N: '1' } }) },
    {
      how: 'cut off',
      damaged: (item) => ({ ...item, [attribute]: { S: item[attribute]!.S!.slice(0, 20) } }),
    },
    { how: 'a list', damaged: (item) => ({ ...item, [attribute]: { S: '[]' } }) },
    { how: 'null', damaged: (item) => ({ ...item, [attribute]: { S: 'null' } }) },
    { how: 'later', damaged: (item) => ({ ...item, format: { N: '2' } }) },
    ...Object.entries(wrong).flatMap(([field, value]) => {
      const name = field.replace('?', '');
      return [
        { how: `${name} wrong`, damaged: edited((json) => ({ ...json, [name]: value })) },
        ...(field.endsWith('?')
          ? []
          : [{ how: `no ${name}`, damaged: edited(({ [name]: _gone, ...rest }) => rest) }]),
      ];
    }),
  ];
}

describe('keys', () => {
  const DAMAGES = damagesOf('record', {
    id: 'another',
    owner: 'somebody-else',
    'incarnation?': 7,
    name: ['x'],
    scopes: 'admin',
    createdAtMs: 'today',
    'expiresAtMs?': 'never',
    'madeForMs?': {},
  });
  const newKey = async (key: string) => {
    const { json, status } = await service.request('POST', '/v1/keys', key, { name: 'one' });
    expect(status).toBe(201);
    return json as { id: string; key: string };
  };
  const listed = async (key: string) => {
    const { json, status } = await service.request('GET', '/v1/keys', key);
    expect(status).toBe(200);
    return (json as { keys: { id: string }[] }).keys.map(({ id }) => id);
  };
  const listingOf = (tenant: TenantId, id: string) => itemAt(`${tenant}/keys`, id);
  async function entranceOf(tenant: TenantId, id: string): Promise<Item> {
    const { hash } = await listingOf(tenant, id);
    return itemAt(`_key/${hash!.S!}`, `tenant/${tenant}`);
  }

  it('that cannot be read are left out of the list, and can be revoked', async () => {
    const { tenant, key } = await newTenant();
    const before = await listed(key);
    for (const { how, damaged } of DAMAGES) {
      const made = await newKey(key);
      await put('TENANTS_TABLE', damaged(await listingOf(tenant, made.id)));
      expect({ how, listed: await listed(key) }).toEqual({ how, listed: before });
      const rotation = await service.request('POST', `/v1/keys/${made.id}/rotation`, key, {});
      expect({ how, ...rotation }).toMatchObject({ how, status: 500, json: { code: 'unreadable_key' } });
      expect((await service.request('DELETE', `/v1/keys/${made.id}`, key)).status).toBe(204);
      expect((await service.request('GET', '/v1/me', made.key)).status).toBe(401);
    }
    expect((await newKey(key)).key).toMatch(/^gls_/);
  });

  it('open nothing where what authenticates them cannot be read', async () => {
    const { tenant, key } = await newTenant();
    for (const { how, damaged } of DAMAGES) {
      // Any id and name are as good as another.
      if (how === 'id wrong') continue;
      const made = await newKey(key);
      await put('TENANTS_TABLE', damaged(await entranceOf(tenant, made.id)));
      const { status, json } = await service.request('GET', '/v1/me', made.key);
      expect({ how, status, json }).toMatchObject({ how, status: 500, json: { code: 'unreadable_key' } });
    }
  });

  it('go with their tenant, also one that does not say what opens it', async () => {
    const { tenant, key } = await newTenant();
    const made = await newKey(key);
    const { hash: _gone, ...rest } = await listingOf(tenant, made.id);
    await put('TENANTS_TABLE', rest);
    const { status, json } = await service.request('DELETE', `/v1/keys/${made.id}`, key);
    expect({ status, json }).toMatchObject({ status: 500, json: { code: 'unreadable_key' } });
    expect((await service.request('GET', '/v1/me', made.key)).status).toBe(200);
    expect((await service.request('DELETE', `/v1/tenants/${tenant}`, operator)).status).toBe(202);
    expect((await service.purge(await service.drainPurgeQueue())).batchItemFailures).toEqual([]);
    expect((await service.tenants.get(tenant))?.status).toBe('deleted');
    expect((await service.request('GET', '/v1/me', made.key)).status).toBe(401);
  });
});

describe('tenants', () => {
  const DAMAGES = damagesOf('record', {
    id: 'another',
    incarnation: 1,
    status: 'gone',
    settings: { language: 'xx' },
    createdAtMs: null,
    updatedAtMs: 'now',
    'deletion?': 'done',
    'purge?': [],
    revision: 'one',
  });
  /** Sort keys that lie before, between and behind names of tenants. */
  const STRANGE = ['!', 'A tenant', 'lists-/', '~'];
  const all = async (path: string) => {
    const names: string[] = [];
    let cursor = '';
    do {
      const { status, json } = await service.request('GET', `${path}?limit=1${cursor}`, operator);
      expect(status).toBe(200);
      const page = json as { tenants: { tenant: string }[]; cursor?: string };
      names.push(...page.tenants.map(({ tenant }) => tenant));
      cursor = page.cursor === undefined ? '' : `&cursor=${page.cursor}`;
    } while (cursor !== '');
    return names;
  };

  it('that cannot be read, and names that are none, are left out of lists; sweeps go on', async () => {
    const before = await all('/v1/tenants');
    const bad: TenantId[] = [];
    for (const { damaged } of DAMAGES) {
      const { tenant } = await newTenant();
      await put('TENANTS_TABLE', damaged(await itemAt(`_tenant/${tenant}`, 'tenant')));
      bad.push(tenant);
    }
    for (const sk of STRANGE) await put('TENANTS_TABLE', keyOf('_tenants', sk));
    const { tenant: last, key } = await newTenant();
    const whole = [...before, last].toSorted();
    expect(await all('/v1/tenants')).toEqual(whole);
    expect(await all('/v1/tenant-usage')).toEqual(whole);
    for (const tenant of bad) {
      const { status, json } = await service.request('GET', `/v1/tenants/${tenant}`, operator);
      const detail = expect.stringContaining(tenant) as string;
      expect({ status, json }).toMatchObject({ status: 500, json: { code: 'unreadable_tenant', detail } });
    }
    expect((await service.request('GET', '/v1/me', key)).status).toBe(200);
    expect((await service.sweep(sqsEvent({ task: 'images' }))).batchItemFailures).toEqual([]);
    const swept = (await service.drainSweepQueue()).Records.map(({ body }) => JSON.parse(body) as object);
    for (const tenant of whole) expect(swept).toContainEqual({ task: 'images', tenant });
  });
});

describe('strays', () => {
  const DAMAGES = damagesOf('stray', {
    tenant: 'another',
    name: 'another.jpg',
    bytes: -1,
    storedAtMs: 'once',
    'notedAtMs?': 'later',
  });
  const DAY_MS = 24 * 3_600_000;
  const storedAtMs = Date.now() - 20 * DAY_MS;

  it('that cannot be read are left out of the list, and stay where others go', async () => {
    const tenant = parseTenantId('nobodys');
    const stray = (name: string): Item => ({
      ...keyOf(`_stray/${tenant}`, name),
      stray: { S: JSON.stringify({ tenant, name, bytes: 1, storedAtMs, notedAtMs: storedAtMs }) },
      storedAtMs: { N: String(storedAtMs) },
    });
    for (const { how, damaged } of DAMAGES) await put('TENANTS_TABLE', damaged(stray(`bad ${how}`)));
    for (const name of ['a.jpg', 'z.jpg']) await put('TENANTS_TABLE', stray(name));
    const listed = async () => {
      const { status, json } = await service.request('GET', `/v1/strays/${tenant}`, operator);
      expect(status).toBe(200);
      return (json as { strays: { name: string }[] }).strays.map(({ name }) => name);
    };
    expect(await listed()).toEqual(['a.jpg', 'z.jpg']);
    const deps = { ...(await sweeper()), clock: { nowMs: () => Date.now() + 11 * DAY_MS } };
    for (const name of ['a.jpg', `bad ${DAMAGES[0]!.how}`])
      await service.upload(`uploads/${tenant}/${name}`, Buffer.from('x'), 'image/jpeg');
    // Found in the bucket, and listed: neither is told of again.
    expect(await sweepObjects(deps, { tenant }, () => false)).toMatchObject({ sent: 1 });
    expect(await sweepStrays(deps, tenant)).toEqual({ expired: 2 });
    expect(await listed()).toEqual([]);
    const { Items } = await dynamo.send(
      new QueryCommand({
        TableName: process.env['TENANTS_TABLE']!,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: `_stray/${tenant}` } },
      }),
    );
    expect(Items).toHaveLength(DAMAGES.length);
  });
});

describe('usage', () => {
  it('goes on without days that cannot be read', async () => {
    const { tenant, key } = await newTenant();
    const ofDay = (day: string, views: AttributeValue) => ({ ...keyOf(`${tenant}/usage`, day), views });
    for (const item of [
      ofDay('2026-01-01', { N: '3' }),
      ofDay('2026-01-02', { S: 'many' }),
      ofDay('2026-01-03', { N: '-1' }),
      ofDay('2026-01-04', { B: Buffer.from('4') }),
      ofDay('2026-01-05x', { N: '5' }),
      ofDay('2026-01-06', { N: '6' }),
    ])
      await put('TENANTS_TABLE', item);
    const period = 'from=2026-01-01&to=2026-01-31';
    const { json } = await service.request('GET', `/v1/usage?${period}`, key);
    const days = [{ day: '2026-01-01' }, { day: '2026-01-06' }];
    expect(json).toMatchObject({ days, total: { views: 9 } });
    const all = await service.request('GET', `/v1/tenant-usage?${period}&limit=100`, operator);
    const { tenants: rows } = all.json as { tenants: { tenant: string; total: { views: number } }[] };
    expect(rows.find((row) => row.tenant === tenant)).toMatchObject({ total: { views: 9 } });
  });
});

describe('a receiver', () => {
  const DAMAGES = [
    ...damagesOf('receiver', {
      address: 1,
      calls: 'none',
      failures: 'few',
      restsUntilMs: null,
      revision: 99,
    }),
    { how: 'no revision', damaged: ({ revision: _gone, ...rest }: Item) => rest },
    { how: 'a text for its revision', damaged: (item: Item) => ({ ...item, revision: { S: 'one' } }) },
  ];

  it.each(DAMAGES)('that cannot be read ($how) begins anew', async ({ damaged }) => {
    const { tenant } = await newTenant();
    const receivers = dynamoReceivers(dynamo, process.env['TENANTS_TABLE']!);
    const before = { address: 'there', calls: [{ id: 'one', endsAtMs: 9 }], failures: 5, restsUntilMs: 8 };
    expect(await receivers.put(tenant, { ...before, revision: 1 })).toBe(true);
    expect(await receivers.get(tenant)).toEqual({ ...before, revision: 1 });
    await put('TENANTS_TABLE', damaged(await itemAt(`${tenant}/receiver`, 'receiver')));
    const anew = (await receivers.get(tenant))!;
    expect(anew).toMatchObject({ calls: [], failures: 0, restsUntilMs: 0 });
    const next = { ...before, revision: anew.revision + 1 };
    expect(await receivers.put(tenant, next)).toBe(true);
    expect(await receivers.put(tenant, next)).toBe(false);
    expect(await receivers.get(tenant)).toEqual(next);
  });
});

describe('records of strange keys', () => {
  it('are passed over: pages before and behind them are whole', async () => {
    const { tenant, key } = await newTenant();
    const documents = ['one', 'two', 'three'].map((id) => ({ id, texts: ['a quokka'] }));
    expect((await service.request('POST', '/v1/documents', key, { documents })).status).toBe(202);
    await service.indexAll();
    // Image ids are hexadecimal: some of these lie before all of them, and the others behind.
    for (const sk of ['!', '.', '0', '00', '7', 'G', 'fffg', 'zebra', '\u{10FFFF}'])
      await put('IMAGES_TABLE', {
        ...keyOf(`${tenant}/images`, sk),
        record: { S: '{}' },
        revision: { N: '1' },
      });
    const names: string[] = [];
    let cursor = '';
    do {
      const { status, json } = await service.request('GET', `/v1/images?limit=1${cursor}`, key);
      expect(status).toBe(200);
      const page = json as { images: { name: string }[]; cursor?: string };
      names.push(...page.images.map(({ name }) => name));
      cursor = page.cursor === undefined ? '' : `&cursor=${page.cursor}`;
    } while (cursor !== '');
    expect(names.toSorted()).toEqual(['one', 'three', 'two']);
    const { records } = await sweeper();
    const seen: string[] = [];
    let after: ImageId | undefined;
    do {
      const page = await records.list(tenant, { limit: 2, ...(after && { after }) });
      expect(page.records.length).toBeLessThanOrEqual(2);
      seen.push(...readableOnes(page.records).map(({ name }) => name));
      after = page.next;
    } while (after);
    expect(seen).toEqual(names);
    expect((await service.request('GET', '/v1/export', key)).json).toMatchObject({
      documents: [{}, {}, {}],
    });
    const check = await service.request('GET', `/v1/tenants/${tenant}/index/check`, operator);
    expect(check).toMatchObject({ status: 200, json: { differences: [] } });
    const swept = await service.sweep(sqsEvent({ task: 'images', tenant }));
    expect(swept.batchItemFailures).toEqual([]);
    expect((await service.request('DELETE', `/v1/tenants/${tenant}`, operator)).status).toBe(202);
    expect((await service.purge(await service.drainPurgeQueue())).batchItemFailures).toEqual([]);
    expect((await service.tenants.get(tenant))?.status).toBe('deleted');
  });
});
