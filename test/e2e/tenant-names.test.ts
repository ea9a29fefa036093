import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoWebhookSecrets } from '../../lib/adapters/dynamo-tenant-secrets.ts';
import { parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { createTenant } from '../../lib/steps/tenants/create-tenant.ts';
import type { Tenant } from '../../lib/domain/tenant.ts';
import { fixture, s3Event, startService } from '../support/service.ts';
import { CODE_WORDS, grammarName } from '../support/tenant-names.ts';

/** Whatever a tenant is called: its life and its end touch nothing of the deployment and of others. */

let service: Awaited<ReturnType<typeof startService>>;
let operator: string;
let neighbour: string;
const NEIGHBOUR = parseTenantId('neighbour');
beforeAll(async () => {
  service = await startService();
  operator = await service.keys.createOperator();
  neighbour = await service.keys.create(NEIGHBOUR);
  await service.request('POST', '/v1/documents', neighbour, { documents: [{ id: 'a', texts: ['a zebra'] }] });
  await service.index(await service.drainIndexQueue());
});
afterAll(() => service.close());

/** Every item of the tables but those of one tenant: by key, and by the record that says that it was deleted. */
async function itemsBut(tenant: TenantId): Promise<string[]> {
  const keys: string[] = [];
  for (const table of ['IMAGES_TABLE', 'INDEX_TABLE', 'TENANTS_TABLE']) {
    const { Items = [] } = await new DynamoDBClient({}).send(
      new ScanCommand({ TableName: process.env[table]! }),
    );
    keys.push(...Items.map(({ pk, sk }) => `${pk!.S!} ${sk!.S!}`));
  }
  const own = (key: string) =>
    key.startsWith(`${tenant}/`) || /^_tenants? /.test(key) || key.startsWith(`_tenant/${tenant} `);
  // Hashes of ended keys say nothing of whose they were. Counters of the neighbour's requests come and go with them.
  const isLeft = (key: string) => /^_ended [0-9a-f]{64}$/.test(key) || /\/(?:usage|rate) /.test(key);
  return keys.filter((key) => !own(key) && !isLeft(key)).sort();
}

/** The code's own words, names like a neighbour's, and names out of the whole grammar by a fixed seed. */
const ALL_NAMES = new Set([
  ...CODE_WORDS,
  ...['index', 'neighbour2', 'neighbou', 'a-b'].map(parseTenantId),
  ...fc.sample(grammarName, { numRuns: 8, seed: 12 }),
]);
/** A slice has some of each kind; `npm run test:hostile` tries all. */
const NAMES =
  process.env['GLOSS_HOSTILE'] === undefined ? [...ALL_NAMES].filter((_, i) => i % 4 === 0) : [...ALL_NAMES];

it.each(NAMES)('"%s"', async (tenant) => {
  const before = await itemsBut(tenant);
  const key = await service.keys.create(tenant);
  await service.upload(`uploads/${tenant}/cat.jpg`, await fixture('samples/chelsea.jpg'));
  await service.describe(s3Event('Created:Put', `uploads/${tenant}/cat.jpg`, '01'));
  await service.index(await service.drainIndexQueue());
  expect(await service.request('GET', '/v1/search?q=cat', key)).toMatchObject({ status: 200 });
  await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
  await service.purge(await service.drainPurgeQueue());
  expect(await service.request('GET', '/v1/search?q=cat', key)).toMatchObject({ status: 401 });
  expect(await itemsBut(tenant)).toEqual(before);
  const { json } = await service.request('GET', '/v1/search?q=zebra', neighbour);
  expect(json).toMatchObject({ total: 1 });
  expect(await service.request('GET', '/v1/tenants', operator)).toMatchObject({ status: 200 });
});

it.each(['key', 'tenants'])(
  '"%s" is reserved, and does no harm where it is there from before',
  async (name) => {
    const tenant = parseTenantId(name);
    expect(await service.request('POST', '/v1/tenants', operator, { tenant })).toMatchObject({
      status: 400,
      json: { code: 'tenant_name', field: 'tenant' },
    });
    const { tenants } = service;
    const deps = { tenants, clock: { nowMs: () => Date.now() }, newSecret: () => 'f'.repeat(64) };
    const webhookSecrets = dynamoWebhookSecrets(new DynamoDBClient({}), process.env['TENANTS_TABLE']!);
    const model = await createTenant({ ...deps, webhookSecrets }, parseTenantId(`like-${name}`));
    const old: Tenant = { ...model, id: tenant, revision: 1 };
    expect(await tenants.put(old)).toBe(true);
    const before = await itemsBut(tenant);
    await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
    await service.purge(await service.drainPurgeQueue());
    expect(await itemsBut(tenant)).toEqual(before);
    expect(await service.request('GET', '/v1/search?q=zebra', neighbour)).toMatchObject({
      json: { total: 1 },
    });
    expect(await service.request('GET', '/v1/tenants', operator)).toMatchObject({ status: 200 });
  },
);
