import { createHash } from 'node:crypto';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { itemTableRequest } from '../../../infra/local/item-table-request.ts';
import { startDynamoDb } from '../../../infra/local/servers/dynamodb-server.ts';
import { dynamoApiKeys } from '../../../lib/adapters/dynamo-api-keys.ts';
import { dynamoWebhookSecrets } from '../../../lib/adapters/dynamo-tenant-secrets.ts';
import { dynamoTenantData } from '../../../lib/adapters/dynamo-tenant-data.ts';
import { dynamoTenants } from '../../../lib/adapters/dynamo-tenants.ts';
import { migrateTenants } from '../../../lib/adapters/migrate-tenants.ts';
import { parseTenantId } from '../../../lib/domain/ids.ts';

const TABLE = 'Tenants';
const clock = { nowMs: () => Date.now() };
let server: Awaited<ReturnType<typeof startDynamoDb>>;
let client: DynamoDBClient;
beforeAll(async () => {
  server = await startDynamoDb({});
  client = new DynamoDBClient({
    endpoint: server.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  await client.send(itemTableRequest(TABLE));
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

const put = (pk: string, sk: string, attributes: Record<string, { S: string } | { N: string }>) =>
  client.send(
    new PutItemCommand({ TableName: TABLE, Item: { pk: { S: pk }, sk: { S: sk }, ...attributes } }),
  );
const allKeys = async () => {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: TABLE, ConsistentRead: true }));
  return Items.map(({ pk, sk }) => `${pk!.S!} ${sk!.S!}`).sort();
};

const KEY = {
  acme: `gls_${'a'.repeat(32)}`,
  key: `gls_${'b'.repeat(32)}`,
  zeta: `gls_${'d'.repeat(32)}`,
  _operator: `gls_${'c'.repeat(32)}`,
};
const OWNERS = Object.keys(KEY) as Owner[];
type Owner = keyof typeof KEY;
const hashOf = (owner: Owner) => createHash('sha256').update(KEY[owner]).digest('hex');

/** As version 0.1 stored them: three tenants, one of them called `key`, a key of each, and the operator's. */
async function storeOld(): Promise<void> {
  for (const owner of OWNERS) {
    const id = owner === 'acme' ? 'aaaaaaaaaaaa' : 'bbbbbbbbbbbb'; // unique within an owner
    const record = { S: JSON.stringify({ id, owner, name: 'app', scopes: ['search'], createdAtMs: 5 }) };
    await put(`${owner}/keys`, id, { hash: { S: hashOf(owner) }, record, lastUsedAtMs: { N: '7' } });
    await put(`key/${hashOf(owner)}`, 'key', { record });
    if (owner === '_operator') continue;
    const tenant = {
      id: owner,
      status: 'active',
      settings: {
        language: 'en',
        limits: { requestsPerSec: 1, burst: 1, images: 1, bytes: 1, modelUsdPerMonth: 1 },
      },
      secret: 'seal',
      webhookSecret: 'w',
      oldWebhookSecret: { secret: 'v', endsAtMs: 9 },
      createdAtMs: 5,
      updatedAtMs: 6,
      revision: 3,
    };
    await put('tenants', owner, { revision: { N: '3' }, record: { S: JSON.stringify(tenant) } });
  }
}

const acme = parseTenantId('acme');

it('moves tenants, secrets and keys to where names of tenants do not reach', async () => {
  await storeOld();
  expect(await migrateTenants(client, TABLE)).toEqual({ tenants: 3, keys: 4 });
  const tenant = (await dynamoTenants(client, TABLE).get(acme))!;
  expect(tenant).toMatchObject({ id: 'acme', status: 'active', createdAtMs: 5, updatedAtMs: 6 });
  expect(Object.keys(tenant).filter((name) => /secret/i.test(name))).toEqual([]);
  expect(await dynamoWebhookSecrets(client, TABLE).get(acme, tenant.incarnation)).toEqual({
    current: 'w',
    previous: { secret: 'v', endsAtMs: 9 },
    revision: 1,
  });
  const keys = dynamoApiKeys(client, TABLE, clock);
  expect(await keys.find(KEY.acme)).toMatchObject({ owner: 'acme', incarnation: tenant.incarnation });
  expect(await keys.find(KEY._operator)).toMatchObject({ owner: '_operator' });
  expect(await keys.list(acme)).toMatchObject([{ id: 'aaaaaaaaaaaa', lastUsedAtMs: 7 }]);
  const left = (await allKeys()).filter(
    (key) => key.startsWith('tenants') || /^key\/[0-9a-f]{64} /.test(key),
  );
  expect(left).toEqual([]);
  expect(await dynamoTenants(client, TABLE).list({ limit: 10 })).toMatchObject({
    tenants: [{ id: 'acme' }, { id: 'key' }, { id: 'zeta' }],
  });
});

it('changes nothing when it runs again', async () => {
  const scan = new ScanCommand({ TableName: TABLE, ConsistentRead: true });
  const { Items: before } = await client.send(scan);
  expect(await migrateTenants(client, TABLE)).toEqual({ tenants: 0, keys: 0 });
  expect((await client.send(scan)).Items).toEqual(before);
});

/**
 * Interrupts a run at its first request, finishes it with another, then at its second, and so on.
 * @param meanwhile is done between the two runs
 */
async function interruptEverywhere(meanwhile: () => Promise<unknown>, check: () => Promise<unknown>) {
  const wholeRun = 120; // more requests than a run sends
  for (let failAt = 1; failAt < wholeRun; failAt += 1) {
    await deleteAll();
    await storeOld();
    let sent = 0;
    const failing = new Proxy(client, {
      get: (target, name) =>
        name === 'send'
          ? (command: never) => {
              sent += 1;
              if (sent === failAt) return Promise.reject(new Error('interrupted'));
              return target.send(command);
            }
          : (Reflect.get(target, name) as unknown),
    });
    const outcome = await migrateTenants(failing, TABLE).catch(() => 'interrupted');
    await meanwhile();
    await migrateTenants(client, TABLE);
    await check();
    if (outcome === 'interrupted') continue;
    expect(sent).toBeLessThan(failAt);
    return;
  }
  throw new Error('the run sends more requests than this test interrupts');
}

it('ends in the same state wherever it was interrupted', async () => {
  const expected = await allKeys();
  await interruptEverywhere(
    () => Promise.resolve(),
    async () => expect(await allKeys()).toEqual(expected),
  );
});

it('loses no key of others if a tenant `key` is deleted after an interrupted run', async () => {
  const tenants = dynamoTenants(client, TABLE);
  const keys = dynamoApiKeys(client, TABLE, clock);
  const id = parseTenantId('key');
  let deletions = 0;
  await interruptEverywhere(
    async () => {
      const tenant = await tenants.get(id);
      if (!tenant) return; // nobody can delete it yet
      deletions += 1;
      await tenants.put({ ...tenant, status: 'deleted', revision: tenant.revision + 1 });
      const purge = dynamoTenantData(client, TABLE, () => client);
      await purge.sweep(tenant, undefined);
      expect((await allKeys()).filter((key) => key.startsWith('key/'))).toEqual([]);
    },
    async () => {
      for (const owner of OWNERS.filter((one) => one !== 'key'))
        expect(await keys.find(KEY[owner])).toMatchObject({ owner });
      if (!(await tenants.get(id)) || (await tenants.get(id))!.status !== 'deleted') return;
      expect(await keys.find(KEY.key)).toBeUndefined();
      expect((await allKeys()).filter((key) => key.startsWith('key/'))).toEqual([]);
    },
  );
  expect(deletions).toBeGreaterThan(3);
});

it('gives no key its life back that was ended since an interrupted run', async () => {
  await deleteAll();
  await storeOld();
  const before = (await client.send(new ScanCommand({ TableName: TABLE, ConsistentRead: true }))).Items!;
  await migrateTenants(client, TABLE);
  const keys = dynamoApiKeys(client, TABLE, clock);
  await keys.expire(acme, 'aaaaaaaaaaaa', 1);
  // As if that run had stopped before it removed the old item.
  for (const Item of before.filter(({ pk }) => pk!.S!.startsWith('key/')))
    await client.send(new PutItemCommand({ TableName: TABLE, Item }));
  await migrateTenants(client, TABLE);
  expect(await keys.find(KEY.acme)).toMatchObject({ expiresAtMs: 1 });
  await keys.revoke(acme, 'aaaaaaaaaaaa');
  for (const Item of before.filter(({ pk }) => pk!.S!.startsWith('key/')))
    await client.send(new PutItemCommand({ TableName: TABLE, Item }));
  await migrateTenants(client, TABLE);
  expect(await keys.find(KEY.acme)).toBeUndefined();
});

async function deleteAll(): Promise<void> {
  for (const { pk, sk } of (await client.send(new ScanCommand({ TableName: TABLE }))).Items ?? [])
    await client.send(new DeleteItemCommand({ TableName: TABLE, Key: { pk: pk!, sk: sk! } }));
}
