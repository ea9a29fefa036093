import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { postForm, type FormTarget } from '../support/post-form.ts';
import { fixture, s3Event, startService } from '../support/service.ts';

/** Pictures that failed are tried again when their owner asks; images are found by their names. */

let service: Awaited<ReturnType<typeof startService>>;
let key: string;
const tenant = parseTenantId('again');
const id = imageIdOf(tenant, 'cat.jpg');

beforeAll(async () => {
  service = await startService();
  key = await service.keys.create(tenant);
});
afterAll(() => service.close());

const put = (name: string, body: Uint8Array) => service.upload(`uploads/${tenant}/${name}`, body);
const retry = (of: string, by = key) => service.request('POST', `/v1/images/${of}/retry`, by);
const statusOf = async (body: object) =>
  (await service.request('POST', '/v1/images/status', key, body)).json as {
    images: { id: string; status: string }[];
  };

it('a picture that failed is described again, and counted once', async () => {
  const broken = await fixture('images/truncated.jpg');
  await put('cat.jpg', broken);
  const event = s3Event('Created:Put', `uploads/${tenant}/cat.jpg`, '01', 1, { size: broken.length });
  await service.describe(event);
  expect((await statusOf({ names: ['cat.jpg'] })).images).toMatchObject([{ id, status: 'failed' }]);

  // As if the store had shown half of it.
  await put('cat.jpg', await fixture('samples/chelsea.jpg'));
  expect(await retry(id)).toMatchObject({ status: 202, json: { id } });
  await service.describe(await service.drainAdmitQueue());
  await service.indexAll();
  expect((await statusOf({ ids: [id] })).images).toMatchObject([{ status: 'searchable' }]);
  expect((await service.request('GET', '/v1/usage', key)).json).toMatchObject({ stored: { images: 1 } });
});

it('a picture that failed for a reason that passes is sent again where the same file is offered', async () => {
  const body = await fixture('samples/chelsea.jpg');
  const sha256 = createHash('sha256').update(body).digest('hex');
  const file = { name: 'once more.jpg', bytes: body.length, contentType: 'image/jpeg', sha256 };
  const offer = async (files: object[], onExisting: string) =>
    (await service.request('POST', '/v1/uploads', key, { files, onExisting })).json as {
      uploads: (FormTarget & { status: string; name: string })[];
    };
  const arrive = async (sequencer: string, receives: number) => {
    const { uploads } = await offer([file], 'keep-both');
    expect(uploads).toMatchObject([{ status: 'accepted', name: file.name }]);
    expect((await postForm(uploads[0]!, body)).status).toBe(204);
    const uploaded = `uploads/${tenant}/${file.name}`;
    await service.admit(s3Event('Created:Put', uploaded, sequencer, receives, { size: body.length }));
  };
  await arrive('01', 5); // the last delivery: nobody knows whether it will ever be described
  expect((await statusOf({ names: [file.name] })).images).toMatchObject([{ status: 'failed' }]);
  await service.drainDescribeQueue(); // which is lost
  for (const onExisting of ['skip', 'replace', 'keep-both'])
    expect((await offer([file, file], onExisting)).uploads[0]).toMatchObject({
      status: 'accepted',
      name: file.name,
    });

  await arrive('02', 1);
  await service.describeAdmitted(await service.drainDescribeQueue());
  await service.indexAll();
  expect((await statusOf({ names: [file.name] })).images).toMatchObject([{ status: 'searchable' }]);
  expect((await offer([file], 'keep-both')).uploads).toMatchObject([{ status: 'unchanged' }]);
});

it('what did not fail, is not there or may not be asked for is refused', async () => {
  expect(await retry(id)).toMatchObject({ status: 409, json: { code: 'not_failed' } });
  expect(await retry('0'.repeat(32))).toMatchObject({ status: 404 });
  const searching = await service.keys.create(tenant, ['search']);
  expect(await retry(id, searching)).toMatchObject({ status: 403, json: { code: 'scope_missing' } });
});

it('an image that was invited is expected until it arrives, and nowhere but where it is asked for', async () => {
  const body = await fixture('samples/chelsea.jpg');
  const file = { name: 'soon.jpg', bytes: body.length, contentType: 'image/jpeg' };
  const soon = imageIdOf(tenant, file.name);
  const { uploads } = (await service.request('POST', '/v1/uploads', key, { files: [file] })).json as {
    uploads: FormTarget[];
  };
  const expected = {
    id: soon,
    name: file.name,
    status: 'expected',
    bytes: body.length,
    expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d[05]:00\.000Z$/) as string,
  };
  expect((await statusOf({ names: [file.name, 'never.jpg'] })).images).toEqual([
    expected,
    { id: imageIdOf(tenant, 'never.jpg'), status: 'unknown' },
  ]);
  expect((await service.request('GET', `/v1/images/${soon}`, key)).status).toBe(404);
  expect((await service.request('GET', '/v1/images', key)).text).not.toContain(soon);
  expect((await service.request('GET', '/v1/images?status=expected', key)).json).toMatchObject({
    expected: [expected],
  });
  expect((await service.request('GET', '/v1/usage', key)).json).toMatchObject({ reserved: { images: 1 } });
  expect((await postForm(uploads[0]!, body)).status).toBe(204);
  const uploaded = `uploads/${tenant}/${file.name}`;
  await service.admit(s3Event('Created:Put', uploaded, '01', 1, { size: body.length }));
  expect((await statusOf({ ids: [soon] })).images).toMatchObject([{ id: soon, status: 'received' }]);
  const other = await service.keys.create(parseTenantId('stranger'));
  const answer = await service.request('POST', '/v1/images/status', other, { ids: [soon] });
  expect(answer.json).toEqual({ images: [{ id: soon, status: 'unknown' }] });
});

describe('a list of those that are expected', () => {
  const names = Array.from({ length: 7 }, (_, i) => `trip/${i}.jpg`);
  const owner = parseTenantId('expecting');
  let ownKey: string;
  let forms: FormTarget[];
  const invite = async (...files: string[]) => {
    const invited = files.map((name) => ({ name, bytes: 1_000, contentType: 'image/jpeg' }));
    const { json } = await service.request('POST', '/v1/uploads', ownKey, { files: invited });
    return (json as { uploads: FormTarget[] }).uploads;
  };
  const list = async (parameters: string, by = ownKey) =>
    (await service.request('GET', `/v1/images?${parameters}`, by)).json as {
      images: { name: string; status: string }[];
      expected?: { id: string; name: string; status: string; bytes: number }[];
      cursor?: string;
    };
  beforeAll(async () => {
    ownKey = await service.keys.create(owner);
    forms = await invite(...names);
  });

  it('has pages in order of id', async () => {
    const found = [];
    let cursor: string | undefined;
    do {
      const page = await list(`status=expected&limit=3${cursor ? `&cursor=${cursor}` : ''}`);
      expect(page.images).toEqual([]);
      expect(page.expected!.length).toBeLessThanOrEqual(3);
      found.push(...page.expected!);
      ({ cursor } = page);
    } while (cursor !== undefined);
    const all = names.map((name) => ({
      id: imageIdOf(owner, name),
      name,
      status: 'expected',
      bytes: 1_000,
      expiresAt: expect.any(String) as string,
    }));
    expect(found).toEqual(all.toSorted((one, other) => (one.id < other.id ? -1 : 1)));
  });

  it('is without what has arrived, also where it is invited again', async () => {
    const body = new Uint8Array(1_000);
    expect((await postForm(forms[0]!, body)).status).toBe(204);
    await service.admit(s3Event('Created:Put', `uploads/${owner}/${names[0]!}`, '01', 1, { size: 1_000 }));
    await invite(names[0]!);
    const { expected } = await list('status=expected');
    expect(expected!.map(({ name }) => name).toSorted()).toEqual(names.slice(1));
    expect((await list('status=received')).images).toMatchObject([{ name: names[0], status: 'received' }]);
    expect((await list('status=searchable')).images).toEqual([]);
    expect((await list('')).images).toMatchObject([{ name: names[0] }]);
  });

  it('is of nobody else, and so are its cursors', async () => {
    const strangers = await service.keys.create(parseTenantId('expects-nothing'));
    expect(await list('status=expected', strangers)).toEqual({ images: [], expected: [] });
    const { cursor } = await list('status=expected&limit=1');
    expect(await list(`status=expected&cursor=${cursor}`, strangers)).toMatchObject({
      code: 'field',
      field: 'cursor',
    });
    const uploads = await service.keys.create(owner, ['upload']);
    expect(await list('status=expected', uploads)).toMatchObject({ code: 'scope_missing' });
  });

  it('has cursors that open no list of another status', async () => {
    const { cursor } = await list('status=expected&limit=1');
    expect((await list(`status=expected&cursor=${cursor}`)).expected).toHaveLength(5);
    for (const other of ['', 'status=searchable&', 'status=received&', 'status=failed&']) {
      const { status, json } = await service.request('GET', `/v1/images?${other}cursor=${cursor}`, ownKey);
      expect([status, json], other).toEqual([
        400,
        expect.objectContaining({ code: 'field', field: 'cursor' }),
      ]);
    }
  });

  it('says which there are where another is asked for', async () => {
    expect(await list('status=removed')).toMatchObject({
      code: 'field',
      field: 'status',
      detail: 'status must be expected, received, waiting, described, searchable or failed, not "removed"',
    });
  });
});

it('images are asked for by up to 500 names or ids, and not by both', async () => {
  const names = Array.from({ length: 499 }, (_, i) => `${i}.jpg`);
  const { images } = await statusOf({ names: [...names, 'cat.jpg'] });
  expect(images).toHaveLength(500);
  expect(images.at(-1)).toMatchObject({ id, name: 'cat.jpg' });
  expect(images[0]!.status).toBe('unknown');
  for (const body of [{}, { ids: [id], names: ['cat.jpg'] }])
    expect(await service.request('POST', '/v1/images/status', key, body)).toMatchObject({
      status: 400,
      json: { detail: 'the body takes either ids or names' },
    });
});

it('another method of what is open to all is not allowed, without a key too', async () => {
  const answer = await service.request('POST', '/v1/health');
  expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
});

it.each([
  ['PUT', '/v1/images', 'GET, HEAD'],
  ['POST', `/v1/images/${id}`, 'DELETE, GET, HEAD, PATCH'],
  ['GET', '/v1/uploads', 'POST'],
  ['GET', '/v1/images/status', 'POST'],
  ['DELETE', '/v1/images/status', 'POST'],
  ['DELETE', '/v1/keys', 'GET, HEAD, POST'],
])('%s %s is not allowed, and the answer says what is', async (method, path, allow) => {
  const answer = await service.request(method, path, key);
  expect(answer).toMatchObject({ status: 405, json: { code: 'method_not_allowed' }, headers: { allow } });
});
