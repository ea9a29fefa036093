import { DynamoDBClient, PutItemCommand, ScanCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clock } from '../../functions/shared/runtime.ts';
import { dynamoApiKeys } from '../../lib/adapters/dynamo-api-keys.ts';
import { dynamoEndedKeys } from '../../lib/adapters/dynamo-ended-keys.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { endKeysAgain } from '../../lib/steps/sweep/end-keys-again.ts';
import { sqsEvent, startService } from '../support/service.ts';

/** The table of tenants is restored to yesterday: keys that were revoked or rotated since open nothing again. */

const DAY_MS = 24 * 3_600_000;

let service: Awaited<ReturnType<typeof startService>>;
let dynamo: DynamoDBClient;
beforeAll(async () => {
  service = await startService();
  dynamo = new DynamoDBClient({});
});
afterAll(async () => {
  dynamo.destroy();
  await service.close();
});

const statusOf = async (key: string) => (await service.request('GET', '/v1/images', key)).status;
const sweep = () => service.sweep(sqsEvent({ task: 'keys' }));

/** What DynamoDB would restore: all items of the table as they are now. */
async function backUp(): Promise<() => Promise<void>> {
  const TableName = process.env['TENANTS_TABLE']!;
  const { Items = [], LastEvaluatedKey } = await dynamo.send(new ScanCommand({ TableName }));
  expect(LastEvaluatedKey).toBeUndefined();
  return async () => {
    for (const Item of Items) await dynamo.send(new PutItemCommand({ TableName, Item }));
  };
}

interface Made {
  readonly id: string;
  readonly key: string;
}
async function makeKey(by: string, name: string): Promise<Made> {
  const { status, json } = await service.request('POST', '/v1/keys', by, { name, scopes: ['search'] });
  expect(status).toBe(201);
  return json;
}

it('a key that was revoked opens nothing once the sweep has come, and the others do', async () => {
  const admin = await service.keys.create(parseTenantId('restored'));
  const [kept, leaked] = [await makeKey(admin, 'kept'), await makeKey(admin, 'leaked')];
  const restore = await backUp();
  expect((await service.request('DELETE', `/v1/keys/${leaked.id}`, admin)).status).toBe(204);
  await sweep();
  await restore();
  expect(await statusOf(leaked.key)).toBe(200);
  expect(await sweep()).toEqual({ batchItemFailures: [] });
  expect(await statusOf(leaked.key)).toBe(401);
  expect([await statusOf(kept.key), await statusOf(admin)]).toEqual([200, 200]);
  // Its listing came back, too, and goes as that of any key.
  const { json } = await service.request('GET', '/v1/keys', admin);
  expect((json as { keys: Made[] }).keys.map(({ id }) => id)).toContain(leaked.id);
  expect((await service.request('DELETE', `/v1/keys/${leaked.id}`, admin)).status).toBe(204);
});

it('a key that was rotated ends when it was to end', async () => {
  const admin = await service.keys.create(parseTenantId('rotated'));
  const old = await makeKey(admin, 'old');
  const restore = await backUp();
  const rotated = await service.request('POST', `/v1/keys/${old.id}/rotation`, admin, { overlapSec: 3_600 });
  expect(rotated.status).toBe(201);
  await restore();
  await sweep();
  expect(await statusOf(old.key)).toBe(200);
  let nowMs = clock.nowMs() + 3_601_000;
  const later = { nowMs: () => nowMs };
  const apiKeys = dynamoApiKeys(dynamo, process.env['TENANTS_TABLE']!, later);
  const endedKeys = dynamoEndedKeys(dynamo, process.env['IMAGES_TABLE']!);
  expect((await endKeysAgain({ endedKeys, apiKeys, clock: later })).ended).toBe(1);
  expect(await statusOf(old.key)).toBe(401);

  // DynamoDB restores a table to a time within 35 days, so ends of before that are forgotten, and none of within.
  const count = async () => (await endedKeys.list({ limit: 1_000 })).ended.length;
  const before = await count();
  expect(before).toBeGreaterThan(0);
  nowMs += 35 * DAY_MS;
  await endKeysAgain({ endedKeys, apiKeys, clock: later });
  expect(await count()).toBe(before);
  nowMs += DAY_MS;
  await endKeysAgain({ endedKeys, apiKeys, clock: later });
  expect(await count()).toBe(0);
});

it('the earliest end counts, and an item that cannot be read ends nothing and is told', async () => {
  const TableName = process.env['IMAGES_TABLE']!;
  const unreadable: string[] = [];
  const endedKeys = dynamoEndedKeys(dynamo, TableName, ({ id }) => unreadable.push(id));
  const [hash, strange, damaged] = ['a'.repeat(64), 'no hash', 'b'.repeat(64)];
  const others = (await endedKeys.list({ limit: 1_000 })).ended;
  for (const { hash: other } of others) await endedKeys.remove(other);
  for (const endsAtMs of [5_000, 3_000, 4_000]) await endedKeys.add({ hash, endsAtMs, recordedAtMs: 1 });
  const put = (sk: string, rest: Record<string, AttributeValue>) =>
    dynamo.send(new PutItemCommand({ TableName, Item: { pk: { S: '_ended' }, sk: { S: sk }, ...rest } }));
  await put(strange, { endsAtMs: { N: '1' }, recordedAtMs: { N: '1' } });
  await put(damaged, { endsAtMs: { S: 'soon' } });
  expect(await endedKeys.list({ limit: 1 })).toMatchObject({ next: hash });
  const { ended } = await endedKeys.list({ limit: 10 });
  expect(ended).toEqual([{ hash, endsAtMs: 3_000, recordedAtMs: 1 }]);
  expect(unreadable).toEqual([strange, damaged]);
});
