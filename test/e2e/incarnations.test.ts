import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoApiKeys } from '../../lib/adapters/dynamo-api-keys.ts';
import { createApp } from '../../lib/api/app.ts';
import { imageEventOf } from '../../lib/domain/image-event.ts';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import type { ApiKeys } from '../../lib/ports/api-keys.ts';
import { purgeTenant } from '../../lib/steps/tenants/purge-tenant.ts';
import { issueKey } from '../../lib/steps/tenants/issue-key.ts';
import { rotateKey } from '../../lib/steps/tenants/rotate-key.ts';
import { sqsEvent, startService } from '../support/service.ts';
import { startTokenIssuer } from '../support/token-issuer.ts';
import { testerDynamo } from '../support/tester-clients.ts';

/** What was given to a tenant opens nothing of the next tenant of that name, whenever it was made. */

let service: Awaited<ReturnType<typeof startService>>;
let operator: string;
let apiKeys: ApiKeys;
let issuer: Awaited<ReturnType<typeof startTokenIssuer>>;
const clock = { nowMs: () => Date.now() };
beforeAll(async () => {
  issuer = await startTokenIssuer();
  service = await startService({ environment: { OIDC_ISSUER: issuer.issuer } });
  operator = await service.keys.createOperator();
  apiKeys = dynamoApiKeys(testerDynamo(), process.env['TENANTS_TABLE']!, clock);
});
afterAll(async () => {
  await service.close();
  await issuer.close();
});

const make = async (tenant: TenantId) => {
  const { status } = await service.request('POST', '/v1/tenants', operator, { tenant });
  expect(status).toBe(201);
};
const stateOf = async (tenant: TenantId) => (await service.tenants.get(tenant))!;

/** How many items of any table are the tenant's, found without the code under test. */
async function itemsOf(tenant: TenantId): Promise<number> {
  const dynamo = testerDynamo();
  let count = 0;
  for (const name of ['IMAGES_TABLE', 'INDEX_TABLE', 'TENANTS_TABLE']) {
    const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: process.env[name]! }));
    count += Items.filter((item) => item['pk']!.S!.startsWith(`${tenant}/`)).length;
  }
  return count;
}

/** To the end, as if the quarter of an hour had passed in which work under way may still write. */
async function remove(tenant: TenantId): Promise<void> {
  await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
  await service.purge(await service.drainPurgeQueue());
  const { incarnation } = await stateOf(tenant);
  await service.purge(sqsEvent({ tenant, incarnation, final: true }));
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
    await service.purge(sqsEvent({ tenant, incarnation, final: true }));
    expect((await stateOf(tenant)).status).toBe('deleting');
    await service.purge(
      sqsEvent({
        tenant,
        incarnation: (await stateOf(tenant)).incarnation,
        final: false,
      }),
    );
    expect((await stateOf(tenant)).status).toBe('deleted');
  });
});

describe('a token of an issuer', () => {
  const tenant = parseTenantId('lent');
  const documents = [{ id: 'a', texts: ['a cat'] }];
  const importing = (token: string, name: string) =>
    service.request('POST', '/v1/documents', token, { documents }, { 'idempotency-key': name });

  it('that is older than its tenant is refused, also where it asks again for what it did', async () => {
    await make(tenant);
    const first = await stateOf(tenant);
    const { createdAtMs, revision } = first;
    // As if it had been made an hour ago; clocks may differ by five minutes.
    await service.tenants.put({ ...first, createdAtMs: createdAtMs - 3_600_000, revision: revision + 1 });
    const old = issuer.tokenOf(tenant, 'ann', 600);
    expect(await service.request('GET', '/v1/search?q=cat', old)).toMatchObject({ status: 200 });
    expect(await importing(old, 'one')).toMatchObject({ status: 202 });
    await remove(tenant);
    await make(tenant);
    const answers = [await service.request('GET', '/v1/search?q=cat', old), await importing(old, 'one')];
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 401, json: { code: 'tenant_unknown' } });
    const fresh = issuer.tokenOf(tenant, 'ann');
    expect(await service.request('GET', '/v1/search?q=cat', fresh)).toMatchObject({ status: 200 });
    const again = await importing(fresh, 'one');
    expect(again.status).toBe(202);
    expect(again.headers).not.toHaveProperty('idempotency-replayed');
  });

  it('of the same subject hears what was answered, and of another subject or issuer does not', async () => {
    const name = parseTenantId('shared');
    await make(name);
    const earlier = issuer.tokenOf(name, 'ann', 10);
    expect(await importing(earlier, 'two')).toMatchObject({ status: 202 });
    const refreshed = await importing(issuer.tokenOf(name, 'ann'), 'two');
    expect(refreshed).toMatchObject({ status: 202, headers: { 'idempotency-replayed': 'true' } });
    const refused = { status: 400, json: { field: 'Idempotency-Key' } };
    expect(await importing(issuer.tokenOf(name, 'bob'), 'two')).toMatchObject(refused);

    const other = await startTokenIssuer();
    try {
      const { apiDeps } = await import('../../functions/deps/api-deps.ts');
      const TENANT_ROLE_ARN = service.environmentOf('api')['TENANT_ROLE_ARN']!;
      const deps = apiDeps({ ...process.env, TENANT_ROLE_ARN, OIDC_ISSUER: other.issuer });
      const app = createApp(deps, (error) => expect.unreachable(String(error)));
      const ask = (idempotencyKey: string) =>
        app.request('/v1/documents', {
          method: 'POST',
          headers: {
            authorization: `Bearer ${other.tokenOf(name, 'ann')}`,
            'content-type': 'application/json',
            'idempotency-key': idempotencyKey,
          },
          body: JSON.stringify({ documents }),
        });
      const [answer, own] = [await ask('two'), await ask('three')];
      expect({ status: answer.status, json: (await answer.json()) as unknown }).toMatchObject(refused);
      expect(own.status).toBe(202);
    } finally {
      await other.close();
    }
  });
});

describe('a purge that goes on while the name is used again', () => {
  it('leaves the next tenant alone', async () => {
    const tenant = parseTenantId('overlap');
    await make(tenant);
    const { incarnation } = await stateOf(tenant);
    await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
    await service.drainPurgeQueue();
    const message = { tenant, incarnation };
    const { purgeDeps } = await import('../../functions/deps/purge-deps.ts');
    const TENANT_ROLE_ARN = 'arn:aws:iam::000000000000:role/Gloss-PurgeTenantRole';
    const deps = purgeDeps({ ...process.env, TENANT_ROLE_ARN });
    const [first, ...others] = deps.stores;
    let key = '';
    const slow = {
      ...deps,
      // It began an hour ago: nobody waits for it any more.
      clock: { nowMs: () => Date.now() - 3_600_000 },
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

  it('counts once what it removes, also where its messages come twice', async () => {
    const tenant = parseTenantId('counted');
    await make(tenant);
    const key = await service.keys.create(tenant);
    const documents = ['a', 'b', 'c'].map((id) => ({ id, texts: ['an otter'] }));
    await service.request('POST', '/v1/documents', key, { documents });
    const { incarnation } = await stateOf(tenant);
    await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
    await service.drainPurgeQueue();
    const items = await itemsOf(tenant);
    expect(items).toBeGreaterThan(6); // three records with their words, sums, secrets

    const { purgeDeps } = await import('../../functions/deps/purge-deps.ts');
    const TENANT_ROLE_ARN = 'arn:aws:iam::000000000000:role/Gloss-PurgeTenantRole';
    const deps = purgeDeps({ ...process.env, TENANT_ROLE_ARN });
    const message = { tenant, incarnation, final: false };
    const outcomes: string[] = [];
    const again = deps.stores.map((store) => ({
      ...store,
      sweep: async (...args: Parameters<typeof store.sweep>) => {
        outcomes.push(await purgeTenant(deps, message, () => false));
        return store.sweep(...args);
      },
    }));
    // The time is up after each page, and what is to go on comes twice, too.
    expect(await purgeTenant({ ...deps, stores: again }, message, () => true)).toBe('goes on');
    expect(outcomes).toEqual(['waits']);
    const waiting = (await service.drainPurgeQueue()).Records.map(({ body }) => body);
    expect(waiting).toHaveLength(1); // the other waits for the first to be dead
    const goesOn = JSON.parse(waiting[0]!) as typeof message;
    for (let turn = 0; turn < 2; turn += 1)
      expect(await purgeTenant(deps, goesOn, () => false)).toBe('deleted');
    expect(await purgeTenant(deps, message, () => false)).toBe('deleted');
    expect((await stateOf(tenant)).deletion).toMatchObject({ removedItems: items, removedObjects: 0 });
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

/** The adapter of keys, with something before its first request of a kind, and after it. */
function keysWith(
  isIt: (command: string, pk: string) => boolean,
  before: () => Promise<unknown>,
  after: () => Promise<unknown> = () => Promise.resolve(),
): ApiKeys {
  const client = new DynamoDBClient({});
  let isDone = false;
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const { Item, Key } = args.input as Record<'Item' | 'Key', { pk: { S: string } } | undefined>;
        if (isDone || !isIt(commandName, (Item ?? Key)?.pk.S ?? '')) return next(args);
        isDone = true;
        await before();
        const answer = await next(args);
        await after();
        return answer;
      },
    { step: 'initialize' },
  );
  return dynamoApiKeys(client, process.env['TENANTS_TABLE']!, clock);
}

describe('a key whose tenant is deleted between the two writes that make it', () => {
  const entrances = async () => {
    const { Items = [] } = await testerDynamo().send(
      new ScanCommand({
        TableName: process.env['TENANTS_TABLE']!,
        FilterExpression: 'begins_with(pk, :keys)',
        ExpressionAttributeValues: { ':keys': { S: '_key/' } },
      }),
    );
    return Items.map(({ pk }) => pk!.S!).toSorted();
  };
  const isSecond = (command: string, pk: string) => command === 'PutItemCommand' && pk.startsWith('_key/');

  it('is not made, and nothing of it stays', async () => {
    const tenant = parseTenantId('between');
    await make(tenant);
    const before = await entrances();
    const slow = keysWith(isSecond, async () => {
      await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
      await service.purge(await service.drainPurgeQueue());
    });
    const deps = { tenants: service.tenants, apiKeys: slow, clock };
    await expect(issueKey(deps, tenant, { name: '', scopes: ['search'] })).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect(await entrances()).toEqual(before);
  });

  it('opens nothing when its maker dies, and goes at the last look of the purge', async () => {
    const tenant = parseTenantId('orphaned');
    await make(tenant);
    const other = await service.keys.create(parseTenantId('bystander'));
    const before = await entrances();
    const { incarnation } = await stateOf(tenant);
    const dying = keysWith(
      isSecond,
      async () => {
        await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
        await service.purge(await service.drainPurgeQueue());
      },
      () => Promise.reject(new Error('the process was killed')),
    );
    await expect(dying.create(tenant, { name: '', scopes: ['search'], incarnation })).rejects.toMatchObject({
      cause: { message: 'the process was killed' },
    });
    expect(await entrances()).toHaveLength(before.length + 1);
    await service.purge(sqsEvent({ tenant, incarnation, final: true }));
    expect(await entrances()).toEqual(before);
    expect(await stateOf(tenant)).toMatchObject({ deletion: { final: true } });
    expect(await service.request('GET', '/v1/search?q=cat', other)).toMatchObject({ status: 200 });
  });
});

describe('two rotations of a key at once', () => {
  const tenant = parseTenantId('turning');
  const made = async () => {
    if (!(await service.tenants.get(tenant))) await make(tenant);
    return issueKey({ tenants: service.tenants, apiKeys, clock }, tenant, { name: '', scopes: ['search'] });
  };

  it('leave the old key the shorter of its two lives', async () => {
    const { key, apiKey } = await made();
    const deps = { tenants: service.tenants, apiKeys, clock };
    const rotate = (by: ApiKeys, overlapSec: number) =>
      rotateKey({ ...deps, apiKeys: by }, tenant, apiKey.id, { overlapSec });
    let shorter: number | undefined;
    const slow: ApiKeys = {
      ...apiKeys,
      create: async (owner, wanted) => {
        shorter = (await rotate(apiKeys, 60)).previous.expiresAtMs;
        return apiKeys.create(owner, wanted);
      },
    };
    const { previous } = await rotate(slow, 3_600);
    expect(shorter).toBeGreaterThan(apiKey.createdAtMs);
    expect(previous.expiresAtMs).toBe(shorter);
    expect((await apiKeys.find(key))!.expiresAtMs).toBe(shorter);
    expect((await rotate(apiKeys, 3_600)).previous.expiresAtMs).toBe(shorter);
  });

  it('also where one writes between what the other reads and writes', async () => {
    const { key, apiKey } = await made();
    const end = Date.now() + 60_000;
    const slow = keysWith(
      (command) => command === 'UpdateItemCommand',
      () => apiKeys.expire(tenant, apiKey.id, end),
    );
    expect((await slow.expire(tenant, apiKey.id, end + 60_000))!.expiresAtMs).toBe(end);
    expect((await apiKeys.find(key))!.expiresAtMs).toBe(end);
    const listed = await apiKeys.list(tenant);
    expect(listed).toContainEqual(expect.objectContaining({ id: apiKey.id, expiresAtMs: end }));
  });
});

describe('a rotation that is asked for again, its answer not having been heard', () => {
  it.each([undefined, 86_400_000])(
    'gives a key that lives as long as the first was made for: %s',
    async (lifeMs) => {
      const tenant = parseTenantId(`again-${lifeMs ?? 'without-end'}`);
      await make(tenant);
      const deps = { tenants: service.tenants, apiKeys, clock };
      const end = lifeMs === undefined ? {} : { expiresAtMs: Date.now() + lifeMs };
      const { apiKey } = await issueKey(deps, tenant, { name: '', scopes: ['search'], ...end });
      await rotateKey(deps, tenant, apiKey.id, { overlapSec: 60 });
      const again = await rotateKey(deps, tenant, apiKey.id, { overlapSec: 60 });
      const { expiresAtMs, createdAtMs } = again.apiKey;
      const madeFor = expiresAtMs === undefined ? undefined : Math.round((expiresAtMs - createdAtMs) / 1e6);
      expect(madeFor).toBe(lifeMs === undefined ? undefined : Math.round(lifeMs / 1e6));
    },
  );
});
