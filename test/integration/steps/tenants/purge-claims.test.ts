import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { dynamoTenantData } from '../../../../lib/adapters/dynamo-tenant-data.ts';
import { dynamoTenants } from '../../../../lib/adapters/dynamo-tenants.ts';
import { parseTenantId, type Incarnation } from '../../../../lib/domain/ids.ts';
import type { Tenant } from '../../../../lib/domain/tenant.ts';
import type { TenantData } from '../../../../lib/ports/tenant-data.ts';
import { purgeTenant } from '../../../../lib/steps/tenants/purge-tenant.ts';
import { useDynamoTable } from '../../../support/dynamo-table.ts';

/** Of two workers that delete one tenant, one counts and proves, however slow the other is. */

const HOUR_MS = 3_600_000;

const table = useDynamoTable();

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
    const tenants = dynamoTenants(table.client, 'table');
    const tenant = deleting(isLate ? 'late' : 'done');
    await tenants.put(tenant);
    const Item = { pk: { S: `${tenant.id}/image` }, sk: { S: 'a' } };
    await table.client.send(new PutItemCommand({ TableName: 'table', Item }));

    const items = dynamoTenantData(table.client, 'table', () => table.client);
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
