import { afterAll, beforeAll, expect, it } from 'vitest';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { postForm, type FormTarget } from '../support/post-form.ts';
import { fixture, s3Event, startService } from '../support/service.ts';

/** Many images are deleted by one request. */

let service: Awaited<ReturnType<typeof startService>>;
let key: string;
const tenant = parseTenantId('tidy');
const idOf = (name: string) => imageIdOf(tenant, name);

beforeAll(async () => {
  service = await startService();
  key = await service.keys.create(tenant);
});
afterAll(() => service.close());

const remove = (body: object, by = key, headers: Record<string, string> = {}) =>
  service.request('POST', '/v1/images/deletion', by, body, headers);
const usage = async () => (await service.request('GET', '/v1/usage', key)).json;
async function found(words: string): Promise<string[]> {
  const { json } = await service.request('GET', `/v1/search?q=${words}`, key);
  return (json as { hits: { name: string }[] }).hits.map(({ name }) => name).toSorted();
}
async function importNames(...names: string[]): Promise<void> {
  const documents = names.map((id) => ({ id, texts: ['a heron'] }));
  expect((await service.request('POST', '/v1/documents', key, { documents })).status).toBe(202);
  await service.indexAll();
}

it('pictures and words, by name, are gone from the next search on', async () => {
  await importNames('a', 'b', 'c');
  const picture = await fixture('samples/chelsea.jpg');
  await service.upload(`uploads/${tenant}/cat.jpg`, picture);
  await service.describe(s3Event('Created:Put', `uploads/${tenant}/cat.jpg`, '01'));
  await service.indexAll();
  expect(await found('heron OR cat')).toEqual(['a', 'b', 'c', 'cat.jpg']);

  const names = ['a', 'cat.jpg', 'never', 'b', 'a'];
  const { status, json } = await remove({ names });
  expect(status).toBe(200);
  expect(json).toEqual({
    images: names.map((name) => ({ id: idOf(name), status: name === 'never' ? 'unknown' : 'removed' })),
  });
  expect(await found('heron OR cat')).toEqual(['c']);
  expect(await usage()).toMatchObject({ stored: { images: 1, bytes: 0 } });
  for (const name of names)
    expect((await service.request('GET', `/v1/images/${idOf(name)}`, key)).status).toBe(404);
});

it('a second time, by id, answers the same', async () => {
  const images = [{ id: idOf('a'), status: 'removed' }];
  expect((await remove({ ids: [idOf('a')] })).json).toEqual({ images });
});

it('with an Idempotency-Key what came again in the meantime stays', async () => {
  await importNames('d');
  const ask = () => remove({ names: ['d'] }, key, { 'idempotency-key': 'tidy-1' });
  expect((await ask()).json).toMatchObject({ images: [{ status: 'removed' }] });
  await importNames('d');
  expect((await ask()).headers).toMatchObject({ 'idempotency-replayed': 'true' });
  expect(await found('heron')).toEqual(['c', 'd']);
});

it('a picture that has arrived and is not admitted yet goes, too', async () => {
  const files = [{ name: 'soon.jpg', bytes: 3, contentType: 'image/jpeg' }];
  const { uploads } = (await service.request('POST', '/v1/uploads', key, { files })).json as {
    uploads: FormTarget[];
  };
  expect((await remove({ names: ['soon.jpg'] })).json).toMatchObject({ images: [{ status: 'unknown' }] });
  expect((await postForm(uploads[0]!, Buffer.from('abc'))).status).toBe(204);
  expect((await remove({ names: ['soon.jpg'] })).json).toMatchObject({ images: [{ status: 'removed' }] });
});

it('is of at most 100, by a key that may delete, and reaches nobody else’s', async () => {
  const names = Array.from({ length: 101 }, (_, i) => `${i}`);
  expect(await remove({ names })).toMatchObject({ status: 400, json: { field: 'names' } });
  expect((await remove({ names: names.slice(1) })).status).toBe(200);
  for (const body of [{}, { ids: [], names: [] }, { ids: [idOf('c')], names: ['c'] }, { ids: ['c'] }])
    expect((await remove(body)).status).toBe(400);
  const reader = await service.keys.create(tenant, ['search', 'upload']);
  expect(await remove({ names: ['c'] }, reader)).toMatchObject({
    status: 403,
    json: { code: 'scope_missing' },
  });
  const stranger = await service.keys.create(parseTenantId('stranger'));
  expect((await remove({ ids: [idOf('c')] }, stranger)).json).toEqual({
    images: [{ id: idOf('c'), status: 'unknown' }],
  });
  expect(await found('heron')).toEqual(['c', 'd']);
  expect((await service.request('GET', '/v1/images/deletion', key)).status).toBe(405);
});
