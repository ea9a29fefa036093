import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoApiKeys } from '../../lib/adapters/dynamo-api-keys.ts';
import { imageEventOf } from '../../lib/domain/image-event.ts';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import type { ApiKeys } from '../../lib/ports/api-keys.ts';
import { purgeTenant } from '../../lib/steps/tenants/purge-tenant.ts';
import { issueKey } from '../../lib/steps/tenants/issue-key.ts';
import { sqsEvent, startService } from '../support/service.ts';

/** What was given to a tenant opens nothing of the next tenant of that name, whenever it was made. */

let service: Awaited<ReturnType<typeof startService>>;
let operator: string;
let apiKeys: ApiKeys;
const clock = { nowMs: () => Date.now() };
beforeAll(async () => {
  service = await startService();
  operator = await service.keys.createOperator();
  apiKeys = dynamoApiKeys(new DynamoDBClient({}), process.env['TENANTS_TABLE']!, clock);
});
afterAll(() => service.close());

const make = async (tenant: TenantId) => {
  const { status } = await service.request('POST', '/v1/tenants', operator, { tenant });
  expect(status).toBe(201);
};
const stateOf = async (tenant: TenantId) => (await service.tenants.get(tenant))!;

/** To the end, as if the quarter of an hour had passed in which work under way may still write. */
async function remove(tenant: TenantId): Promise<void> {
  await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
  await service.purge(await service.drainPurgeQueue());
  const { incarnation } = await stateOf(tenant);
  await service.purge(sqsEvent({ tenant, incarnation, final: true, removed: { items: 0, objects: 0 } }));
  expect(await stateOf(tenant)).toMatchObject({ status: 'deleted', deletion: { final: true } });
}

describe('a name that is used again', () => {
  const tenant = parseTenantId('phoenix');

  it('has another incarnation', async () => {
    await make(tenant);
    const first = await stateOf(tenant);
    await remove(tenant);
    await make(tenant);
    const second = await stateOf(tenant);
    expect(second.incarnation).toMatch(/^[0-9a-f]{24}$/);
    expect(second.incarnation).not.toBe(first.incarnation);
  });

  it('lets in no key of the tenant before, though the key is there again', async () => {
    const { incarnation } = await stateOf(tenant);
    const old = await apiKeys.create(tenant, { name: 'old', scopes: ['search'], incarnation });
    await remove(tenant);
    await make(tenant);
    // A writer that was interrupted puts both of its items after everything has gone.
    const late = await apiKeys.create(tenant, { name: 'late', scopes: ['search'], incarnation });
    for (const { key } of [old, late])
      expect(await service.request('GET', '/v1/search?q=cat', key)).toMatchObject({ status: 401 });
    const key = await service.keys.create(tenant);
    expect(await service.request('GET', '/v1/search?q=cat', key)).toMatchObject({ status: 200 });
  });

  it('takes no cursor of the tenant before', async () => {
    const documents = ['a', 'b', 'c'].map((id) => ({ id, texts: ['a cat'] }));
    const fill = async () => {
      const key = await service.keys.create(tenant);
      await service.request('POST', '/v1/documents', key, { documents });
      const { json } = await service.request('GET', '/v1/images?limit=1', key);
      return { key, cursor: (json as { cursor: string }).cursor };
    };
    const before = await fill();
    await remove(tenant);
    await make(tenant);
    const after = await fill();
    const ask = (cursor: string) =>
      service.request('GET', `/v1/images?limit=1&cursor=${encodeURIComponent(cursor)}`, after.key);
    expect(await ask(before.cursor)).toMatchObject({ status: 400, json: { field: 'cursor' } });
    expect(await ask(after.cursor)).toMatchObject({ status: 200 });
  });

  it('tells its webhook news of its own ids, signed with a secret of its own', async () => {
    const ask = async () => {
      const key = await service.keys.create(tenant);
      const { json } = await service.request('GET', '/v1/webhook', key);
      return (json as { secret: string }).secret;
    };
    const record = {
      imageId: imageIdOf(tenant, 'a'),
      name: 'a',
      status: 'removed',
      sequencer: '01',
      updatedAtMs: 0,
    } as never;
    const [secret, event] = [await ask(), imageEventOf(await stateOf(tenant), record)];
    await remove(tenant);
    await make(tenant);
    expect(await ask()).not.toBe(secret);
    expect(imageEventOf(await stateOf(tenant), record).id).not.toBe(event.id);
  });

  it('is not purged by a message about the tenant before', async () => {
    const { incarnation } = await stateOf(tenant);
    await remove(tenant);
    await make(tenant);
    await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
    await service.drainPurgeQueue();
    await service.purge(sqsEvent({ tenant, incarnation, final: true, removed: { items: 0, objects: 0 } }));
    expect((await stateOf(tenant)).status).toBe('deleting');
    await service.purge(
      sqsEvent({
        tenant,
        incarnation: (await stateOf(tenant)).incarnation,
        final: false,
        removed: { items: 0, objects: 0 },
      }),
    );
    expect((await stateOf(tenant)).status).toBe('deleted');
  });
});

describe('a purge that goes on while the name is used again', () => {
  it('leaves the next tenant alone', async () => {
    const tenant = parseTenantId('overlap');
    await make(tenant);
    const { incarnation } = await stateOf(tenant);
    await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
    await service.drainPurgeQueue();
    const message = { tenant, incarnation, removed: { items: 0, objects: 0 } };
    const { purgeDeps } = await import('../../functions/deps/purge-deps.ts');
    const TENANT_ROLE_ARN = 'arn:aws:iam::000000000000:role/Gloss-PurgeTenantRole';
    const deps = purgeDeps({ ...process.env, TENANT_ROLE_ARN });
    const [first, ...others] = deps.stores;
    let key = '';
    const slow = {
      ...deps,
      stores: [
        {
          ...first!,
          sweep: async (...args: Parameters<(typeof deps.stores)[number]['sweep']>) => {
            const swept = await first!.sweep(...args);
            await service.purge(sqsEvent({ ...message, final: true }));
            await make(tenant);
            key = await service.keys.create(tenant);
            return swept;
          },
        },
        ...others,
      ],
    };
    expect(await purgeTenant(slow, { ...message, final: false }, () => false)).toBe('not to be deleted');
    expect(await stateOf(tenant)).toMatchObject({ status: 'active' });
    expect(await service.request('GET', '/v1/search?q=cat', key)).toMatchObject({ status: 200 });
  });

  it('is finished by deleting again, where the deletion was interrupted', async () => {
    const tenant = parseTenantId('halfway');
    await make(tenant);
    await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
    await service.purge(await service.drainPurgeQueue()); // and the final message is lost
    expect(await stateOf(tenant)).toMatchObject({ status: 'deleted', deletion: { final: false } });
    await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
    expect((await service.drainPurgeQueue()).Records.length).toBeGreaterThan(0);
  });
});

describe('a key that is made while its tenant is being deleted', () => {
  /** Deletes the tenant before the n-th call that making a key sends. */
  async function makeKeyWith(tenant: TenantId, deletionBefore: number): Promise<string | undefined> {
    let calls = 0;
    const counted = <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) => {
      return async (...args: Args): Promise<T> => {
        calls += 1;
        if (calls === deletionBefore) await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
        return call(...args);
      };
    };
    const deps = {
      tenants: { get: counted((id: TenantId) => service.tenants.get(id)) },
      apiKeys: {
        ...apiKeys,
        create: counted((owner, wanted) => apiKeys.create(owner, wanted)),
        revoke: counted((owner, id) => apiKeys.revoke(owner, id)),
      } satisfies ApiKeys,
      clock,
    };
    try {
      return (await issueKey(deps, tenant, { name: '', scopes: ['search'] })).key;
    } catch (error) {
      expect(error).toMatchObject({ kind: 'conflict', code: 'tenant_deleted' });
      return undefined;
    }
  }

  it.each([1, 2, 3, 4])('before its call %i, is gone', async (before) => {
    const tenant = parseTenantId(`racing-${before}`);
    await make(tenant);
    const key = await makeKeyWith(tenant, before);
    // Making a key takes three calls: with the fourth the deletion comes after it.
    if (before === 4) await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
    expect(key === undefined).toBe(before < 4);
    expect(await apiKeys.list(tenant)).toEqual([]);
    await remove(tenant);
    await make(tenant);
    expect(await apiKeys.list(tenant)).toEqual([]);
    if (key !== undefined)
      expect(await service.request('GET', '/v1/search?q=cat', key)).toMatchObject({ status: 401 });
  });
});
