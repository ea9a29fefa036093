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
