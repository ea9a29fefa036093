import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import type { ShownImage } from '../../lib/api/images/image.ts';
import type { SearchAnswer } from '../../lib/api/search/schema.ts';
import { embeddedTenants, makeOperatorKey, makeTenantKey } from '../../lib/cli/service/tenant-keys.ts';
import {
  createClient,
  GlossProblem,
  verifyWebhook,
  type Client,
  type ExpectedImage,
  type Hit,
  type Image,
  type UploadProgress,
  type WebhookMessage,
} from '../../lib/client/index.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { firstLine, kill, startNode, type NodeProcess } from '../support/start-node.ts';

/** The client that people install, through the whole life of a picture on the embedded stack. What it does not know does not compile. */

const SAMPLES = join(import.meta.dirname, '../fixtures/samples');
const BROKEN = join(import.meta.dirname, '../fixtures/images/truncated.jpg');
const SHOP = 'https://shop.example';
const dataDir = mkdtempSync(join(tmpdir(), 'gloss-client-'));

let stack: NodeProcess;
let url: string;
let key: string;
let gloss: Client;
let operator: Client;
beforeAll(async () => {
  stack = startNode([join(import.meta.dirname, 'run-local-stack.ts'), dataDir]);
  const told = JSON.parse(await firstLine(stack)) as { apiUrl: string; environment: unknown };
  url = told.apiUrl;
  const table = embeddedTenants(told.environment);
  operator = createClient(url, await makeOperatorKey(table));
  await operator.call('createTenant', { body: { tenant: 'shop', settings: { origins: [SHOP] } } });
  key = await makeTenantKey(table, parseTenantId('shop'));
  gloss = createClient(url, key);
});
afterAll(async () => {
  await kill(stack);
  rmSync(dataDir, { recursive: true });
});

const picture = async (name: string, called = name) =>
  new File([await readFile(join(SAMPLES, name))], called);
const problemOf = (promise: Promise<unknown>): Promise<GlossProblem> =>
  promise.then(
    () => expect.fail('it succeeded'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(GlossProblem);
      return error as GlossProblem;
    },
  );
async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const value of values) found.push(value);
  return found;
}

it('takes a picture through its whole life', async () => {
  const file = await picture('chelsea.jpg', 'pets/chelsea.jpg');
  const progress: UploadProgress[] = [];
  const { status, id, name, image } = await gloss.upload(file, {
    onProgress: (step) => progress.push(step),
  });
  expect([status, name, image?.status, image?.bytes]).toEqual([
    'searchable',
    'pets/chelsea.jpg',
    'searchable',
    file.size,
  ]);
  const sending = progress.filter(({ phase }) => phase === 'sending').map(({ sentBytes }) => sentBytes);
  expect(sending.at(-1)).toBe(file.size);
  expect(sending).toEqual(sending.toSorted((a, b) => a - b));
  expect(progress.at(-1)).toEqual({
    phase: 'describing',
    sentBytes: file.size,
    totalBytes: file.size,
    status: 'searchable',
  });

  expect(await gloss.upload(file)).toEqual({ status: 'unchanged', id, name });
  const other = await picture('collins.jpg', name);
  expect(await gloss.upload(other, { onExisting: 'skip' })).toMatchObject({ status: 'skipped', id });
  const beside = await gloss.upload(other, { wait: false });
  expect(beside).toMatchObject({ status: 'sent', name: 'pets/chelsea (2).jpg' });
  await gloss.waitUntilSearchable(beside.id);

  const [hit] = await all(gloss.search('cat'));
  expectTypeOf<keyof Hit>().toEqualTypeOf<keyof SearchAnswer['hits'][number]>();
  expect(hit?.name).toBe(name);
  expect((await fetch(hit!.thumbnailUrl!)).headers.get('content-type')).toBe('image/jpeg');

  const shown = await gloss.call('showImage', { path: { id } });
  expectTypeOf<keyof typeof shown>().toEqualTypeOf<keyof ShownImage>();
  expect(shown.gloss!.views.flatMap(({ tags }) => tags)).toContain('cat');
  expect((await all(gloss.images())).map((one) => one.id).toSorted()).toEqual([id, beside.id].toSorted());
  expect((await all(gloss.images({ status: 'searchable' }))).map((one) => one.name)).toHaveLength(2);
  expect(await all(gloss.images({ status: 'failed' }))).toEqual([]);
  const { documents } = await gloss.call('exportDocuments');
  expect(documents.map((document) => document.id).toSorted()).toEqual([beside.name, name].toSorted());
  const { stored } = await gloss.call('showUsage');
  expect(stored.images).toBe(2);

  const deleted = gloss.call('deleteImage', { path: { id }, idempotencyKey: 'delete-chelsea' });
  expectTypeOf(deleted).toEqualTypeOf<Promise<undefined>>();
  await deleted;
  await gloss.call('deleteImage', { path: { id }, idempotencyKey: 'delete-chelsea' });
  expect(await all(gloss.search('cat'))).toEqual([]);
  expect(await problemOf(gloss.call('showImage', { path: { id } }))).toMatchObject({
    code: 'image_not_found',
    status: 404,
  });
});

it('lists images that are expected, over pages', async () => {
  const files = ['one', 'two', 'three'].map((name) => ({
    name: `soon/${name}.jpg`,
    bytes: 1_000,
    contentType: 'image/jpeg',
  }));
  await gloss.call('createUploads', { body: { files } });
  const expected = await all(gloss.images({ status: 'expected', pageSize: 2 }));
  expectTypeOf(expected).toEqualTypeOf<ExpectedImage[]>();
  expect(expected.map(({ name, status, bytes }) => ({ name, status, bytes }))).toEqual(
    expect.arrayContaining(files.map(({ name, bytes }) => ({ name, status: 'expected', bytes }))),
  );
  expect(expected).toHaveLength(files.length);
  const there = await all(gloss.images());
  expectTypeOf(there).toEqualTypeOf<Image[]>();
  expectTypeOf(gloss.images({ pageSize: 5 })).toEqualTypeOf<AsyncGenerator<Image, void, undefined>>();
  expectTypeOf(gloss.images({ status: 'failed' })).toEqualTypeOf<AsyncGenerator<Image, void, undefined>>();
  expect(there.filter(({ name }) => name.startsWith('soon/'))).toEqual([]);
  // @ts-expect-error -- removed images are in no list
  expectTypeOf(gloss.images({ status: 'removed' })).toBeObject();
});

it('tells why a picture failed, and why a file is refused', async () => {
  const broken = new File([await readFile(BROKEN)], 'broken.jpg');
  const failed = await problemOf(gloss.upload(broken));
  expect(failed).toMatchObject({ code: 'unreadable', status: undefined, isRetryable: false });
  expect(failed.message).toMatch(/\w+ \w+/);
  const text = new File(['not a picture'], 'notes.txt', { type: 'text/plain' });
  expect(await problemOf(gloss.upload(text))).toMatchObject({ code: 'not_a_picture', field: 'contentType' });
});

it('tells what is wrong with a request', async () => {
  expect(await problemOf(all(gloss.search('red c?r')))).toMatchObject({
    code: 'query_syntax',
    status: 400,
    field: 'q',
    at: 4,
    length: 3,
  });
  expect(await problemOf(createClient(url, 'gls_nobody').call('showMe'))).toMatchObject({
    code: 'key_unknown',
    status: 401,
  });
  expect(await problemOf(gloss.call('showImage', { path: { id: '../keys' } }))).toMatchObject({
    code: 'field',
    field: 'id',
  });
  const nobody = createClient('http://127.0.0.1:9', key, { retries: 0 });
  expect(await problemOf(nobody.call('showMe'))).toMatchObject({ code: 'no_answer', isRetryable: true });
  // @ts-expect-error -- the compiler knows what an operation needs
  await problemOf(gloss.call('showImage'));
  // @ts-expect-error -- and what there is
  expectTypeOf(gloss.call('search', { query: { q: 'a', limits: 5 } }).catch(() => undefined)).toBeObject();
});

it('reads a search to its last hit over pages', async () => {
  const ids = Array.from({ length: 45 }, (_, i) => `pier-${i}`);
  const { images } = await gloss.call('importDocuments', {
    body: { documents: ids.map((id) => ({ id, captions: ['a wooden pier at sunset'] })) },
  });
  for (const { id } of images) await gloss.waitUntilSearchable(id);
  const hits = await all(gloss.search('pier', { pageSize: 10 }));
  expect(hits.map(({ name }) => name).toSorted()).toEqual(ids.toSorted());
  const pages = await all(gloss.searchPages('pier', { pageSize: 20 }));
  expect(pages.map((page) => page.hits.length)).toEqual([20, 20, 5]);
  for await (const { name } of gloss.search('pier')) {
    expect(name).toBe(hits[0]!.name);
    break; // nobody asks for the other pages
  }
});

it('verifies what the webhook tells', async () => {
  const heard: WebhookMessage[] = [];
  const refused: unknown[] = [];
  const { secret } = await gloss.call('showWebhook');
  const receiver = createServer((request, response) => {
    void text(request).then(async (body) => {
      const message = await verifyWebhook(secret, request.headers, body);
      await verifyWebhook(secret, request.headers, `${body} `).catch((error: unknown) => refused.push(error));
      heard.push(message);
      response.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  try {
    const { port } = receiver.address() as AddressInfo;
    await gloss.call('setWebhook', { body: { url: `http://127.0.0.1:${port}/` } });
    expect(await gloss.call('testWebhook')).toEqual({ delivered: true });
    const { id } = await gloss.upload(await picture('collins.jpg', 'kite.jpg'));
    await expect
      .poll(() => heard.flatMap((message) => (message.type === 'image.searchable' ? [message.data.id] : [])))
      .toEqual([id]);
    expect(heard[0]!.type).toBe('webhook.test');
    expect(refused).toHaveLength(heard.length);
    expect(refused[0]).toMatchObject({ code: 'webhook_signature' });
    await gloss.call('setWebhook', { body: { url: null } });
  } finally {
    receiver.close();
  }
});

describe('pages of other origins', () => {
  const ask = (origin: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/v1/search?q=cat`, { headers: { origin, authorization: `Bearer ${key}`, ...headers } });
  const opened = ({ headers }: Response) => headers.get('access-control-allow-origin');

  it('may all ask whether they may ask', async () => {
    const preflight = await fetch(`${url}/v1/uploads`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://anywhere.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(opened(preflight)).toBe('*');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization, content-type/);
  });

  it('read what the tenant opens to them, problems too, and pages of no other origin do', async () => {
    const answer = await ask(SHOP);
    expect([answer.status, opened(answer), answer.headers.get('vary')]).toEqual([
      200,
      SHOP,
      expect.stringContaining('Origin'),
    ]);
    expect(answer.headers.get('access-control-expose-headers')).toContain('Retry-After');
    const problem = await fetch(`${url}/v1/images/${'0'.repeat(32)}`, {
      headers: { origin: SHOP, authorization: `Bearer ${key}` },
    });
    expect([problem.status, opened(problem)]).toEqual([404, SHOP]);
    expect(opened(await ask('https://other.example'))).toBeNull();
    expect(opened(await ask('null'))).toBeNull();
    expect(opened(await ask(SHOP, { authorization: 'Bearer gls_nobody' }))).toBeNull();
    expect(opened(await fetch(`${url}/openapi.json`, { headers: { origin: SHOP } }))).toBe('*');
  });

  it.each([
    'shop.example',
    'https://Shop.example',
    'https://shop.example/',
    'https://shop.example:443',
    'https://*.shop.example',
    '*',
    'null',
  ])('are no %s', async (origin) => {
    const change = operator.call('changeTenant', {
      path: { tenant: 'shop' },
      body: { settings: { origins: [origin] } },
    });
    expect(await problemOf(change)).toMatchObject({ code: 'field', field: 'settings.origins[0]' });
  });

  it('are the last that were set', async () => {
    const { settings } = await operator.call('changeTenant', {
      path: { tenant: 'shop' },
      body: { settings: { origins: ['http://localhost:5173'] } },
    });
    expect(settings.origins).toEqual(['http://localhost:5173']);
    expect(opened(await ask(SHOP))).toBeNull();
    expect(opened(await ask('http://localhost:5173'))).toBe('http://localhost:5173');
  });
});
