import { createHash } from 'node:crypto';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { startService } from '../support/service.ts';

/** Writes with an Idempotency-Key, asked again. */

let service: Awaited<ReturnType<typeof startService>>;
let key: string;
beforeAll(async () => {
  service = await startService();
  key = await service.keys.create(parseTenantId('retries'));
});
afterAll(() => service.close());

const importing = (id: string, name: string, as = key) =>
  service.request(
    'POST',
    '/v1/documents',
    as,
    { documents: [{ id, texts: ['x'] }] },
    { 'idempotency-key': name },
  );
const sequencerOf = async (imageId: string) => {
  const { json } = await service.request('GET', `/v1/images/${imageId}`, key);
  return (json as { sequencer: string }).sequencer;
};

it('are done once, and answered as before', async () => {
  const first = await importing('a', 'one');
  const [{ id }] = (first.json as { images: [{ id: string }] }).images;
  const sequencer = await sequencerOf(id);
  const again = await importing('a', 'one');
  expect([again.status, again.text]).toEqual([first.status, first.text]);
  expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true' });
  expect(await sequencerOf(id)).toBe(sequencer);
  await importing('a', 'two');
  expect(await sequencerOf(id)).not.toBe(sequencer);
});

it('are done once also when they come at once', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => importing('b', 'at-once')));
  const done = answers.filter(({ status }) => status === 202);
  expect(done.length).toBeGreaterThan(0);
  expect(done.filter(({ headers }) => !('idempotency-replayed' in headers))).toHaveLength(1);
  for (const { status, json } of answers)
    if (status !== 202) expect(json).toMatchObject({ status: 409, code: 'under_way' });
});

it.each(['', ' ', 'a b', 'schlüssel', 'x'.repeat(101)])(
  'are refused where the key is %j, and nothing is done',
  async (name) => {
    const { status, json } = await importing('refused', name);
    expect({ ...(json as object), status }).toMatchObject({ status: 400, field: 'Idempotency-Key' });
    const { images } = (await service.request('GET', '/v1/images?limit=100', key)).json as {
      images: { name: string }[];
    };
    expect(images.map(({ name: of }) => of)).not.toContain('refused');
  },
);

it('must be the same request, of the same tenant', async () => {
  expect(await importing('other', 'one')).toMatchObject({ status: 400, json: { field: 'Idempotency-Key' } });
  const stranger = await service.keys.create(parseTenantId('stranger'));
  const theirs = await importing('a', 'one', stranger);
  expect(theirs.status).toBe(202);
  expect(theirs.headers).not.toHaveProperty('idempotency-replayed');
  expect(await importing('c', 'x'.repeat(101))).toMatchObject({
    status: 400,
    json: { field: 'Idempotency-Key' },
  });
});

it('that were refused are refused again, without a second look', async () => {
  const bad = () =>
    service.request('POST', '/v1/documents', key, { documents: [] }, { 'idempotency-key': 'bad' });
  const first = await bad();
  expect([first.status, (await bad()).text]).toEqual([400, first.text]);
});

describe('of the operator', () => {
  it('are done once as well, and no key is shown twice', async () => {
    const operator = await service.keys.createOperator();
    const asking = (method: string, path: string, name: string, body?: object) =>
      service.request(method, path, operator, body, { 'idempotency-key': name });
    const first = await asking('POST', '/v1/tenants', 'one', { tenant: 'made-once' });
    const again = await asking('POST', '/v1/tenants', 'one', { tenant: 'made-once' });
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true' });
    expect(await asking('POST', '/v1/tenants', 'one', { tenant: 'another' })).toMatchObject({
      status: 400,
      json: { field: 'Idempotency-Key' },
    });

    const create = () => asking('POST', '/v1/tenants/made-once/keys', 'two', { name: 'once' });
    const { id } = (await create()).json as { id: string };
    const shown = await create();
    expect(shown).toMatchObject({ status: 409, json: { code: 'done_before' } });
    expect(shown.text).not.toContain('gls_');
    const revoke = () => asking('DELETE', `/v1/tenants/made-once/keys/${id}`, 'three');
    expect([(await revoke()).status, (await revoke()).status]).toEqual([204, 204]);

    const remove = () => asking('DELETE', '/v1/tenants/made-once', 'four');
    expect([(await remove()).status, (await remove()).status]).toEqual([202, 202]);
    expect((await service.drainPurgeQueue()).Records).toHaveLength(1); // the second waits for a quarter of an hour
  });

  it('do not meet those of a tenant', async () => {
    const answer = await service.request(
      'POST',
      '/v1/tenants',
      key,
      { tenant: 'mine' },
      { 'idempotency-key': 'one' },
    );
    expect(answer).toMatchObject({ status: 403, json: { code: 'operator_only' } });
  });
});

it('that make a key make one, and do not show it twice', async () => {
  const create = () =>
    service.request('POST', '/v1/keys', key, { name: 'once' }, { 'idempotency-key': 'make-a-key' });
  const first = await create();
  expect(first.status).toBe(201);
  const again = await create();
  expect(again).toMatchObject({ status: 409, json: { code: 'done_before' } });
  expect(again.text).not.toContain('gls_');
  // Whoever did not hear the first answer can still revoke what it made.
  const { id } = first.json as { id: string };
  expect((again.json as { detail: string }).detail).toContain(` made ${id},`);
  const { json } = await service.request('GET', '/v1/keys', key);
  expect((json as { keys: { name: string }[] }).keys.filter(({ name }) => name === 'once')).toHaveLength(1);
});

it('that ask where to post a hundred files are answered anew, however long the answer', async () => {
  const files = Array.from({ length: 100 }, (_, i) => ({
    name: `${i}-${'ü'.repeat(400)}.jpg`,
    bytes: 1,
    contentType: 'image/jpeg',
  }));
  const invite = () =>
    service.request('POST', '/v1/uploads', key, { files }, { 'idempotency-key': 'a-hundred' });
  const first = await invite();
  expect(first.text.length).toBeGreaterThan(200_000);
  const again = await invite();
  expect([again.status, 'idempotency-replayed' in again.headers]).toEqual([200, false]);
});

describe('whose worker died before it could keep the answer', () => {
  let operator: string;
  const dynamo = new DynamoDBClient({});
  beforeAll(async () => {
    operator = await service.keys.createOperator();
  });
  afterAll(() => dynamo.destroy());

  const asking = (method: string, path: string, as: string, name: string, body: object) =>
    service.request(method, path, as, body, { 'idempotency-key': name });

  /** What is kept of a request, as a worker leaves it that dies before it answers. */
  async function forgetAnswer(owner: string, name: string): Promise<void> {
    const table = owner === '_operator' ? 'TENANTS_TABLE' : 'IMAGES_TABLE';
    const Key = {
      pk: { S: `${owner}/asked` },
      sk: { S: createHash('sha256').update(name).digest('hex') },
    };
    await dynamo.send(
      new UpdateItemCommand({
        TableName: process.env[table]!,
        Key,
        UpdateExpression: 'SET diesAtMs = :past REMOVE answer, answerStatus',
        ConditionExpression: 'attribute_exists(answer)',
        ExpressionAttributeValues: { ':past': { N: '1' } },
      }),
    );
  }

  interface MadeKey {
    readonly id: string;
    readonly key: string;
  }
  const opens = async (made: MadeKey) => (await service.request('GET', '/v1/me', made.key)).status;
  async function keysNamed(name: string) {
    const { json } = await service.request('GET', '/v1/keys', key);
    return (json as { readonly keys: readonly { readonly id: string; readonly name: string }[] }).keys.filter(
      (one) => one.name === name,
    );
  }

  it('make one key, under the id of the first', async () => {
    const make = async () =>
      (await asking('POST', '/v1/keys', key, 'lost', { name: 'lost' })).json as MadeKey;
    const first = await make();
    await forgetAnswer('retries', 'lost');
    const second = await make();
    expect(second.id).toBe(first.id);
    expect(second.key).not.toBe(first.key);
    expect([await opens(first), await opens(second)]).toEqual([401, 200]);
    expect(await keysNamed('lost')).toHaveLength(1);
    // Once the answer is kept, it names the key that opens.
    const third = await asking('POST', '/v1/keys', key, 'lost', { name: 'lost' });
    expect(third).toMatchObject({ status: 409, json: { code: 'done_before' } });
    expect(third.text).toContain(first.id);
  });

  it('are not taken over by another request', async () => {
    await asking('POST', '/v1/keys', key, 'same-name', { name: 'one' });
    await forgetAnswer('retries', 'same-name');
    expect(await asking('POST', '/v1/keys', key, 'same-name', { name: 'other' })).toMatchObject({
      status: 400,
      json: { field: 'Idempotency-Key' },
    });
    expect(await keysNamed('other')).toHaveLength(0);
  });

  it('rotate a key once, though the old one has ended by then', async () => {
    const { id } = (await asking('POST', '/v1/keys', key, 'to-rotate', { name: 'rotated' })).json as MadeKey;
    const path = `/v1/tenants/retries/keys/${id}/rotation`;
    const rotate = () => asking('POST', path, operator, 'rotating', { overlapSec: 0 });
    const first = (await rotate()).json as MadeKey;
    await forgetAnswer('_operator', 'rotating');
    const second = await rotate();
    expect(second).toMatchObject({ status: 201, json: { id: first.id, previous: { id } } });
    expect([await opens(first), await opens(second.json as MadeKey)]).toEqual([401, 200]);
    expect(await keysNamed('rotated')).toHaveLength(2);
    // Without such a request, a key that has ended is not rotated.
    expect((await asking('POST', path, operator, 'rotating-later', { overlapSec: 0 })).status).toBe(404);
  });

  it('rotate the secret of a webhook once', async () => {
    const rotate = () => asking('POST', '/v1/webhook/rotation', key, 'hook', { overlapSec: 60 });
    const first = await rotate();
    await forgetAnswer('retries', 'hook');
    const second = await rotate();
    expect([second.status, second.json]).toEqual([201, first.json]);
  });

  it('create a tenant, and nobody else does', async () => {
    const create = (name: string) =>
      asking('POST', '/v1/tenants', operator, name, { tenant: 'created-once' });
    const first = await create('creating');
    await forgetAnswer('_operator', 'creating');
    const second = await create('creating');
    expect([second.status, second.json]).toEqual([201, first.json]);
    expect(await create('creating-too')).toMatchObject({ status: 409, json: { code: 'tenant_exists' } });
  });
});
