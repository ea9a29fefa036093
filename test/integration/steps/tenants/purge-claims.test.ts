import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { itemTableRequest } from '../../../../infra/local/item-table-request.ts';
import { startDynamoDb } from '../../../../infra/local/servers/dynamodb-server.ts';
import { dynamoTenantData } from '../../../../lib/adapters/dynamo-tenant-data.ts';
import { dynamoTenants } from '../../../../lib/adapters/dynamo-tenants.ts';
import { parseTenantId, type Incarnation } from '../../../../lib/domain/ids.ts';
import type { Tenant } from '../../../../lib/domain/tenant.ts';
import type { TenantData } from '../../../../lib/ports/tenant-data.ts';
import { purgeTenant } from '../../../../lib/steps/tenants/purge-tenant.ts';

/** Of two workers that delete one tenant, one counts and proves, however slow the other is. */

const HOUR_MS = 3_600_000;

let server: Awaited<ReturnType<typeof startDynamoDb>>;
let client: DynamoDBClient;
beforeAll(async () => {
  server = await startDynamoDb({});
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  client = new DynamoDBClient({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  await client.send(itemTableRequest('table'));
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

const deleting = (name: string): Tenant => ({
  id: parseTenantId(name),
  incarnation: 'first' as Incarnation,
  status: 'deleting',
  settings: {
    language: 'en',
    limits: { requestsPerSec: 1, burst: 1, images: 1, bytes: 1, modelUsdPerMonth: 1 },
  },
  createdAtMs: 0,
  updatedAtMs: 0,
  revision: 1,
});

it.each([
  ['has found nothing', false],
  ['has no time left', true],
])(
  'a worker whose claim another has taken over writes no proof and gives nothing up when it %s',
  async (_, isLate) => {
    let nowMs = 0;
    const tenants = dynamoTenants(client, 'table');
    const tenant = deleting(isLate ? 'late' : 'done');
    await tenants.put(tenant);
    const Item = { pk: { S: `${tenant.id}/image` }, sk: { S: 'a' } };
    await client.send(new PutItemCommand({ TableName: 'table', Item }));

    const items = dynamoTenantData(client, 'table', () => client);
    const sent: unknown[] = [];
    const deps = (random: string, before: () => Promise<void> = () => Promise.resolve()) => ({
      tenants,
      clock: { nowMs: () => nowMs },
      randomHex: () => random,
      purgeQueue: { send: (messages: readonly unknown[]) => Promise.resolve(void sent.push(...messages)) },
      stores: [
        {
          holds: 'items',
          sweep: (...page) => before().then(() => items.sweep(...page)),
        } satisfies TenantData,
      ],
    });
    const message = { tenant: tenant.id, incarnation: tenant.incarnation, final: true };

    const firstIsDone = Promise.withResolvers<undefined>();
    const secondHasBegun = Promise.withResolvers<undefined>();
    let second: Promise<string> | undefined;
    const first = await purgeTenant(
      deps('01', () => {
        if (second) return Promise.resolve();
        nowMs = HOUR_MS;
        second = purgeTenant(
          deps('02', () => {
            secondHasBegun.resolve(undefined);
            return firstIsDone.promise;
          }),
          message,
          () => false,
        );
        return secondHasBegun.promise;
      }),
      message,
      () => isLate,
    );
    expect(first).toBe('taken over');
    expect(sent).toEqual([]);
    const meanwhile = await tenants.get(tenant.id);
    expect(meanwhile).toMatchObject({ status: 'deleting', purge: { by: '02' } });
    expect(meanwhile).not.toHaveProperty('deletion');
    firstIsDone.resolve(undefined);
    expect(await second).toBe('deleted');
    expect(await tenants.get(tenant.id)).toMatchObject({ status: 'deleted', deletion: { final: true } });
  },
);
