import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DeleteItemCommand, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamoManifests } from '../../lib/adapters/dynamo-manifests.ts';
import { dynamoSegmentStore } from '../../lib/adapters/dynamo-segment-store.ts';
import { openApiDocument } from '../../lib/api/openapi/document.ts';
import { ImageMessage, TestMessage } from '../../lib/api/webhook/schema.ts';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { declaredFields, fieldsOf } from '../support/declared-fields.ts';
import { describedApi } from '../support/described-api.ts';
import { pictureWith, xmpOf } from '../support/file-words.ts';
import { hugeImports } from '../support/huge-gloss.ts';
import { fixture, s3Event, startService } from '../support/service.ts';

/**
 * Every field of every answer of every route is declared, and everything declared is answered: a tenant's life, in which each
 * kind of answer comes at least once. Answers are parsed by the strict schemas as they come (describedApi).
 */

const acme = parseTenantId('acme');
let service: Awaited<ReturnType<typeof startService>>;
let api: Awaited<ReturnType<typeof describedApi>>;
let operator: string;
let key: string;
let receiver: Server;
let receiverStatus = 200;
const messages: { readonly headers: IncomingHttpHeaders; readonly body: unknown }[] = [];
beforeAll(async () => {
  service = await startService();
  api = await describedApi(service);
  operator = await service.keys.createOperator();
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      messages.push({ headers: request.headers, body: JSON.parse(body) as unknown });
      response.writeHead(receiverStatus).end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
});
afterAll(async () => {
  receiver.close();
  await service.close();
});

/** The index as the service has it, to spoil it. */
function indexStores() {
  const client = new DynamoDBClient({});
  const table = process.env['INDEX_TABLE']!;
  return { manifests: dynamoManifests(client, table), segments: dynamoSegmentStore(client, table) };
}

const ask = (id: string, asking: Parameters<typeof api.ask>[1] = {}) => api.ask(id, { key, ...asking });
const asOperator = (id: string, asking: Parameters<typeof api.ask>[1] = {}) =>
  api.ask(id, { key: operator, ...asking });
const statusOf = async (answer: ReturnType<typeof ask>) => (await answer).status;

it('the operator makes tenants and their keys', async () => {
  const limits = { requestsPerSec: 1_000, burst: 10_000 };
  const body = { tenant: 'acme', settings: { limits } };
  expect(await statusOf(asOperator('createTenant', { body }))).toBe(201);
  expect(await statusOf(asOperator('createTenant', { body }))).toBe(409);
  await asOperator('createTenant', { body: { tenant: 'zeta' } });
  const params = { tenant: 'acme' };
  const settings = {
    cropPolicy: 'grid-2x2',
    asks: 2,
    model: 'embedded-detector',
    retentionDays: 30,
    readsPlace: true,
    origins: ['https://shop.example'],
  };
  await asOperator('changeTenant', { params, body: { settings } });
  expect((await asOperator('listTenants', { query: { limit: '1' } })).json).toHaveProperty('cursor');
  expect(await statusOf(asOperator('showTenant', { params: { tenant: 'nobody' } }))).toBe(404);
  expect(await statusOf(asOperator('showTenant', { params: { tenant: '-' } }))).toBe(400);

  const made = (await asOperator('createTenantKey', { params, body: { name: 'app', expiresInSec: 9_999 } }))
    .json as { id: string; key: string };
  key = made.key;
  const rotated = await asOperator('rotateTenantKey', { params: { ...params, keyId: made.id }, body: {} });
  await asOperator('listTenantKeys', { params });
  const { id: keyId } = rotated.json as { id: string };
  expect(await statusOf(asOperator('revokeTenantKey', { params: { ...params, keyId } }))).toBe(204);
  expect(await statusOf(asOperator('revokeTenantKey', { params: { ...params, keyId } }))).toBe(404);
  expect(await statusOf(ask('listTenants'))).toBe(403);
});

it('the service answers', async () => {
  await api.ask('health');
  expect(await statusOf(api.ask('search', { query: { q: 'cat' } }))).toBe(401);
});

it('the tenant sets a webhook', async () => {
  expect((await ask('testWebhook')).status).toBe(409);
  await ask('showWebhook');
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  await ask('setWebhook', { body: { url } });
  await ask('rotateWebhookSecret', { body: {} });
  await ask('testWebhook');
  receiverStatus = 503;
  expect((await ask('testWebhook')).json).toHaveProperty('reason');
  receiverStatus = 200;
});

async function notify(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2_200)); // the queue's delay
  await service.notify(await service.drainNotifyQueue());
}

it('uploads are accepted and refused', async () => {
  const files = [
    { name: 'cat.jpg', bytes: 1_000, contentType: 'image/jpeg' },
    { name: 'notes.txt', bytes: 1, contentType: 'text/plain' },
  ];
  expect((await ask('createUploads', { body: { files } })).status).toBe(200);
  const { json } = await ask('askStatus', { body: { names: ['cat.jpg'] } });
  expect(json).toMatchObject({ images: [{ status: 'expected' }] });
  const listed = await ask('listImages', { query: { status: 'expected' } });
  expect(listed.json).toMatchObject({ images: [], expected: [{ name: 'cat.jpg', bytes: 1_000 }] });
  expect((await ask('createUploads', { body: { files: [] } })).status).toBe(400);
});

it('uploads are not asked for whose content, or whose name, is there', async () => {
  const cat = await fixture('samples/chelsea.jpg');
  await service.upload('uploads/acme/cat.jpg', cat);
  await service.describe(s3Event('Created:Put', 'uploads/acme/cat.jpg', '00'));
  const file = { name: 'cat.jpg', bytes: cat.length, contentType: 'image/jpeg' };
  const sha256 = createHash('sha256').update(cat).digest('hex');
  const files = [{ ...file, sha256 }, file];
  const { uploads } = (await ask('createUploads', { body: { files, onExisting: 'skip' } })).json as {
    uploads: { status: string }[];
  };
  expect(uploads.map(({ status }) => status)).toEqual(['unchanged', 'skipped']);
  const gloss = { pk: { S: `acme/gloss/${imageIdOf(acme, 'cat.jpg')}` }, sk: { S: 'gloss' } };
  await new DynamoDBClient({}).send(
    new DeleteItemCommand({ TableName: process.env['IMAGES_TABLE']!, Key: gloss }),
  );
  const damaged = await ask('createUploads', { body: { files: [{ ...file, sha256 }] } });
  expect(damaged.json).toMatchObject({ uploads: [{ describedAgain: expect.any(String) as string }] });
  await service.describe(await service.drainAdmitQueue());
  expect((await ask('createUploads', { body: { files: [{}] } })).json).toHaveProperty('mistakes');
});

const setBudget = (modelUsdPerMonth: number) =>
  asOperator('changeTenant', {
    params: { tenant: 'acme' },
    body: { settings: { limits: { modelUsdPerMonth } } },
  });

it('images come to every state that they can be in', async () => {
  const send = async (name: string, bytes: Uint8Array) => {
    await service.upload(`uploads/acme/${name}`, bytes);
    await service.describe(s3Event('Created:Put', `uploads/acme/${name}`, '01'));
  };
  await send('cat.jpg', await fixture('samples/chelsea.jpg'));
  await send('broken.jpg', Buffer.from('no picture'));
  const broken = { params: { id: imageIdOf(acme, 'broken.jpg') } };
  expect((await ask('retryImage', broken)).status).toBe(202);
  await service.drainAdmitQueue();
  await notify();
  await setBudget(0);
  await send('waits.jpg', await fixture('samples/chelsea.jpg'));
  const waits = { params: { id: imageIdOf(acme, 'waits.jpg') } };
  expect((await ask('showImage', waits)).json).toMatchObject({ waiting: { code: 'budget_used_up' } });
  expect((await ask('listImages', { query: { status: 'waiting' } })).json).toMatchObject({
    images: [{ name: 'waits.jpg', status: 'waiting' }],
  });
  expect((await ask('retryImage', waits)).status).toBe(409);
  await setBudget(100);
  const origin = { model: 'm', promptVersion: '3+parts-1', cropPolicy: 'none' };
  const view = { index: 0, kind: 'whole', tags: [], caption: 'a puffin', visibleText: '' };
  const documents = [
    { id: 'car.jpg', captions: ['a red car on a street'], tags: ['car'] },
    { id: 'red.jpg', texts: ['a red kite', 'a blue sea'] },
    { id: 'gone.jpg', texts: ['mayfly'] },
    { id: 'twice.jpg', gloss: { ...origin, views: [view, { ...view, ask: 2, caption: 'a cliff' }] } },
  ];
  expect((await ask('importDocuments', { body: { documents } })).status).toBe(202);
  await service.indexAll();
  await notify();
  const id = imageIdOf(acme, 'gone.jpg');
  expect((await ask('deleteImage', { params: { id } })).status).toBe(204);
  expect((await ask('deleteImages', { body: { names: ['gone.jpg', 'nobody'] } })).json).toMatchObject({
    images: [{ id, status: 'removed' }, { status: 'unknown' }],
  });
  await notify();
  expect((await ask('showImage', { params: { id } })).status).toBe(404);
  const ids = ['cat.jpg', 'broken.jpg', 'car.jpg', 'gone.jpg', 'nobody'].map((name) => imageIdOf(acme, name));
  const { json } = await ask('askStatus', { body: { ids } });
  expect((json as { images: { status: string }[] }).images.map(({ status }) => status)).toEqual([
    'searchable',
    'failed',
    'searchable',
    'removed',
    'unknown',
  ]);
  const keywords = { add: ['herring'], remove: ['car'] };
  const car = { params: { id: ids[2]! } };
  expect((await ask('changeImage', { ...car, body: { keywords } })).json).toMatchObject({
    status: 'described',
  });
  const hundred = { keywords: { add: Array.from({ length: 100 }, (_, i) => `w${i}`) } };
  expect((await ask('changeImage', { ...car, body: hundred })).status).toBe(409);
  const many = (await ask('editKeywords', { body: { ids, ...hundred } })).json as {
    images: { status: string }[];
  };
  expect(many.images.map(({ status }) => status)).toEqual([
    'described',
    'failed',
    'refused',
    'unknown',
    'unknown',
  ]);
  const undo = { names: ['cat.jpg', 'broken.jpg'], keywords: { remove: hundred.keywords.add } };
  expect((await ask('editKeywords', { body: undo })).status).toBe(202);
  await service.indexAll();
  const shown = await Promise.all(
    ids.slice(0, 3).map((one) => ask('showImage', { params: { id: one }, query: { index: 'true' } })),
  );
  const isCurrent = true;
  expect(shown.map((answer) => answer.json)).toMatchObject([
    { source: 'upload', inIndex: { isCurrent } },
    { source: 'upload', arrivedAt: expect.any(String) as string },
    { source: 'import', inIndex: { isCurrent } },
  ]);
  expect(shown[1]!.json).not.toHaveProperty('inIndex');
  expect((await ask('listImages', { query: { limit: '1' } })).json).toHaveProperty('cursor');
  expect((await ask('exportDocuments', { query: { limit: '1' } })).json).toHaveProperty('cursor');
  await ask('exportDocuments');
});

it('files say who took what, when and where', async () => {
  const exif = {
    IFD0: { Make: 'Canon', Model: 'EOS 5' },
    IFD2: { DateTimeOriginal: '2024:05:17 10:20:30' },
    IFD3: {
      GPSLatitudeRef: 'N',
      GPSLatitude: '48/1 51/1 30/1',
      GPSLongitudeRef: 'E',
      GPSLongitude: '2/1 17/1 40/1',
    },
  };
  const xmp = xmpOf({ keywords: ['heron'], title: 'At the lake', description: 'A bird waits.' });
  // Without its end marker: a note says so.
  await service.upload('uploads/acme/lake.jpg', (await pictureWith({ exif, xmp })).subarray(0, -2));
  await service.describe(s3Event('Created:Put', 'uploads/acme/lake.jpg', '02'));
  await service.indexAll();
  expect((await ask('search', { query: { q: 'heron' } })).json).toHaveProperty('hits.0.file.place');
  const { json } = await ask('showImage', { params: { id: imageIdOf(acme, 'lake.jpg') } });
  expect(json).toHaveProperty('notes.0.code', 'cut_off');
  await ask('listImages');
  await ask('exportDocuments');
});

it('hits that would not fit are cut', async () => {
  const IMAGES = 80; // they have more than an answer may have
  for (const body of hugeImports(IMAGES)) await ask('importDocuments', { body });
  await service.indexAll();
  const { hits } = (await ask('search', { query: { q: 'sky', limit: '100' } })).json as { hits: object[] };
  expect(hits).toHaveLength(IMAGES);
  expect(hits.some((hit) => 'cut' in hit)).toBe(true);
  expect((await ask('exportDocuments')).json).toHaveProperty('cursor');
});

it('searches explain, suggest and narrow', async () => {
  const search = async (query: Readonly<Record<string, string>>) => (await ask('search', { query })).json;
  const all = { explain: 'true', likely: 'true', related: 'true' };
  await search({ q: 'red car', ...all });
  await search({ q: 'cats', ...all });
  expect(await search({ q: 'cliff' })).toMatchObject({ hits: [{ views: [{ index: 0, ask: 2 }] }] });
  await search({ q: '+cat -dog', plain: 'true' });
  expect(await search({ q: 'sky', sort: 'newest', limit: '1', ...all })).toHaveProperty('cursor');
  await search({ q: 'tag:car "red car" re* vehicle', ...all });
  expect(await search({ q: 'streeet' })).toHaveProperty('didYouMean');
  expect(await search({ q: 'sky', limit: '1' })).toHaveProperty('cursor');
  expect(await search({ q: 'mayfly' })).toMatchObject({ total: 0, hits: [] });
  expect((await ask('search', { query: { q: 'red b?ue' } })).json).toHaveProperty('at');
  expect(await search({ q: 'a car without cats' })).toMatchObject({
    query: { withoutAbsent: 'a car -cats' },
  });
  await ask('completeWord', { query: { prefix: 'stre' } });
  const documents = Array.from({ length: 100 }, (_, i) => ({
    id: `many-${i}`,
    texts: ['an old boat'],
    ...(i === 0 && { file: { takenAt: '2024-05-17T10:20:30', keywords: ['regatta'] } }),
  }));
  await ask('importDocuments', { body: { documents } });
  const more = [1, 2].map((i) => ({ id: `more-${i}`, texts: ['a boat, old'] }));
  await ask('importDocuments', { body: { documents: more } });
  await service.indexAll();
  expect(await search({ q: '"old boat"', limit: '1' })).toHaveProperty('checked');
});

it('the tenant manages its keys and asks what it has used', async () => {
  const made = (await ask('createKey', { body: { scopes: ['search'], expiresInSec: 9_999 } })).json as {
    id: string;
    key: string;
  };
  expect((await ask('createUploads', { key: made.key, body: {} })).status).toBe(403);
  await ask('listKeys');
  await ask('rotateKey', { params: { keyId: made.id }, body: { overlapSec: 60 } });
  expect((await ask('revokeKey', { params: { keyId: made.id } })).status).toBe(204);
  expect((await ask('revokeKey', { params: { keyId: '0'.repeat(12) } })).status).toBe(404);
  await ask('showUsage');
  await ask('showMe');
  expect((await asOperator('listTenantUsage', { query: { limit: '1', by: 'day' } })).json).toHaveProperty(
    'cursor',
  );
  const one = await asOperator('listTenantUsage', { query: { tenant: 'acme' } });
  expect(one.json).toMatchObject({ by: 'month', tenants: [{ tenant: 'acme', periods: [{}] }] });
  expect(one.json).not.toHaveProperty('cursor');
  expect((await asOperator('listTenantUsage', { query: { tenant: 'nobody' } })).json).toMatchObject({
    code: 'tenant_not_found',
  });
});

it('a write that is asked again is answered as before, with the same headers', async () => {
  const headers = { 'idempotency-key': 'once' };
  const body = { documents: [{ id: 'once', texts: ['x'] }] };
  const first = await ask('importDocuments', { headers, body });
  const again = await ask('importDocuments', { headers, body });
  expect([again.status, again.text]).toEqual([first.status, first.text]);
  expect(again.headers).toHaveProperty('idempotency-replayed', 'true');
  expect((await ask('importDocuments', { headers, body: { documents: [] } })).status).toBe(400);
  const bad = { headers: { 'idempotency-key': 'bad' }, body: { documents: [] } };
  await ask('importDocuments', bad);
  expect((await ask('importDocuments', bad)).headers).toHaveProperty('idempotency-replayed', 'true');
  const gone = { params: { id: imageIdOf(acme, 'once') }, headers: { 'idempotency-key': 'gone' } };
  await ask('deleteImage', gone);
  expect((await ask('deleteImage', gone)).headers).toHaveProperty('idempotency-replayed', 'true');
});

it('limits and sizes are told', async () => {
  await asOperator('changeTenant', {
    params: { tenant: 'zeta' },
    body: { settings: { limits: { images: 0, requestsPerSec: 0.01, burst: 2 } } },
  });
  const zeta = (await asOperator('createTenantKey', { params: { tenant: 'zeta' }, body: {} })).json as {
    key: string;
  };
  const asZeta = (body: unknown) => ask('importDocuments', { key: zeta.key, body });
  const { json } = await asZeta({ documents: [{ id: 'a', texts: ['x'] }] });
  expect(json).toMatchObject({ status: 429, code: 'images_limit' });
  await asZeta({});
  expect((await asZeta({})).json).toMatchObject({ status: 429, code: 'rate_limit' });
  const documents = [{ id: 'a', texts: ['x'.repeat(1_000_001)] }];
  expect((await ask('importDocuments', { body: { documents } })).status).toBe(413);
  await asOperator('changeTenant', { params: { tenant: 'zeta' }, body: { status: 'suspended' } });
  expect((await ask('listImages', { key: zeta.key })).status).toBe(403);
});

it('the operator sees strays and gives them away', async () => {
  const params = { tenant: 'later' };
  for (const name of ['a.jpg', 'b.jpg'])
    for (const tenant of ['later', 'never']) {
      await service.upload(`uploads/${tenant}/${name}`, await fixture('samples/chelsea.jpg'), 'image/jpeg');
      await service.describe(s3Event('Created:Put', `uploads/${tenant}/${name}`, '01'));
    }
  expect((await asOperator('listStrayNames', { query: { limit: '1' } })).json).toMatchObject({
    cursor: 'later',
  });
  expect((await asOperator('listStrays', { params, query: { limit: '1' } })).json).toMatchObject({
    cursor: 'a.jpg',
  });
  for (let i = 0; i < 10; i += 1) {
    const name = `uploads/later/more-${i}.jpg`;
    await service.upload(name, await fixture('samples/chelsea.jpg'), 'image/jpeg');
    await service.describe(s3Event('Created:Put', name, '01'));
  }
  await service.removeObject('uploads/later/b.jpg');
  await asOperator('createTenant', { body: params });
  const { json } = await asOperator('adoptStrays', { params, body: {} });
  expect(json).toMatchObject({
    adopted: 9,
    refused: [{ name: 'b.jpg', code: 'deleted' }],
    cursor: expect.any(String) as string,
  });
  const { cursor } = json as { cursor: string };
  expect((await asOperator('adoptStrays', { params, body: { cursor } })).json).toEqual({
    adopted: 2,
    refused: [],
  });
});

it('the operator has an index made again, and hears what differs', async () => {
  const params = { tenant: 'acme' };
  await ask('importDocuments', { body: { documents: [{ id: 'again', texts: ['a pier'] }] } });
  await service.indexAll();
  const state = async () => (await asOperator('showIndex', { params })).json;
  expect(await state()).not.toHaveProperty('rebuilt');
  expect((await asOperator('rebuildIndex', { params })).status).toBe(202);
  expect(await state()).toHaveProperty('rebuild.done', 0);
  await service.reindex(await service.drainReindexQueue());
  expect(await state()).toMatchObject({ stale: false, rebuilt: expect.any(String) as string });
  expect(await statusOf(asOperator('rebuildIndex', { params: { tenant: 'nobody' } }))).toBe(404);

  const check = async (cursor?: string) =>
    (await asOperator('checkIndex', { params, query: cursor === undefined ? {} : { cursor } })).json as {
      differences: object[];
      waiting: number;
      cursor?: string;
    };
  const pages = [await check()];
  for (let after = pages[0]!.cursor; after !== undefined; after = pages.at(-1)!.cursor)
    pages.push(await check(after));
  // Segments that were searched before wait to be dropped, and nothing differs.
  expect(pages.flatMap(({ differences }) => differences)).toEqual([]);
  expect(pages.at(-1)!.waiting).toBeGreaterThan(0);
  const { cursor } = pages[0]!;
  expect(await check(cursor)).toMatchObject({ differences: [] });
  expect(await statusOf(asOperator('checkIndex', { params, query: { cursor: 'x' } }))).toBe(400);

  // The index is lost, and one that is of an analyser of before is there.
  const index = { manifests: indexStores().manifests, segments: indexStores().segments };
  const manifest = await index.manifests.read(acme);
  for (const { id } of manifest.segments) await index.segments.drop(acme, id);
  const differences = [...(await check()).differences, ...(await check(cursor)).differences];
  expect(differences).toContainEqual(
    expect.objectContaining({ what: 'corrupt', detail: expect.any(String) as string }),
  );
  expect(differences).toContainEqual(expect.objectContaining({ segment: expect.any(String) as string }));
  const older = {
    ...manifest,
    version: manifest.version + 1,
    segments: [],
    analysis: { language: 'en', version: 0, lexicon: '' },
  } as const;
  expect(await index.manifests.commit(acme, older)).toBe(true);
  expect((await check()).differences).toContainEqual({
    what: 'not_indexed',
    image: expect.any(String) as string,
    name: expect.any(String) as string,
  });
  await asOperator('rebuildIndex', { params });
  await service.reindex(await service.drainReindexQueue());
  const whole = await index.manifests.read(acme);
  await index.manifests.commit(acme, { ...whole, version: whole.version + 1, analysis: older.analysis });
  expect((await ask('search', { query: { q: 'pier' } })).json).toHaveProperty('index.stale', true);
  expect(await state()).toMatchObject({ stale: true });
  expect((await check()).differences).toContainEqual({
    what: 'other_analyser',
    detail: expect.stringContaining('version 0') as string,
  });
});

it('an image whose record is damaged is named', async () => {
  const id = imageIdOf(acme, 'again');
  const dynamo = new DynamoDBClient({});
  await dynamo.send(
    new UpdateItemCommand({
      TableName: process.env['IMAGES_TABLE']!,
      Key: { pk: { S: 'acme/images' }, sk: { S: id } },
      UpdateExpression: 'REMOVE #record',
      ExpressionAttributeNames: { '#record': 'record' },
    }),
  );
  dynamo.destroy();
  expect((await ask('askStatus', { body: { ids: [id] } })).json).toEqual({
    images: [{ id, status: 'unreadable' }],
  });
  const body = { ids: [id], keywords: { add: ['herring'] } };
  expect((await ask('editKeywords', { body })).json).toEqual({ images: [{ id, status: 'unreadable' }] });
  const named: string[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? {} : { cursor };
    const page = (await ask('exportDocuments', { query })).json as { unreadable?: string[]; cursor?: string };
    named.push(...(page.unreadable ?? []));
    ({ cursor } = page);
  } while (cursor !== undefined);
  expect(named).toEqual([id]);
  const params = { tenant: 'acme' };
  await asOperator('rebuildIndex', { params });
  await service.reindex(await service.drainReindexQueue());
  expect((await asOperator('showIndex', { params })).json).toHaveProperty('leftOut', 1);
});

it('the operator deletes a tenant and sees the proof', async () => {
  const params = { tenant: 'acme' };
  expect((await asOperator('deleteTenant', { params })).status).toBe(202);
  expect((await ask('listImages')).status).toBe(401);
  await service.purge(await service.drainPurgeQueue());
  expect((await asOperator('showTenant', { params })).json).toHaveProperty('deletion.found', 0);
});

it('every route was asked, and every declared field was answered', () => {
  expect(api.neverAsked()).toEqual([]);
  expect(api.neverSeen()).toEqual([]);
  expect([...api.statuses].sort()).toEqual([200, 201, 202, 204, 400, 401, 403, 404, 409, 413, 429]);
});

it('every message to the webhook is declared, and every declared field was sent', () => {
  const seen = new Set<string>();
  const { webhooks } = openApiDocument();
  for (const { headers, body } of messages) {
    const isTest = (body as { type: string }).type === 'webhook.test';
    const schema = isTest ? TestMessage : ImageMessage;
    schema.parse(body);
    for (const field of fieldsOf(schema, body, '')) seen.add(field);
    const { parameters, requestBody } = webhooks[isTest ? 'test' : 'image'].post;
    expect(parameters).toHaveLength(3);
    for (const { name, schema } of parameters)
      expect(headers[name]).toMatch(new RegExp(('pattern' in schema && schema.pattern) || '.'));
    schema.parse(requestBody.content['application/json'].example);
  }
  const declared = [TestMessage, ImageMessage].flatMap((schema) => [...declaredFields(schema, '')]);
  expect(declared.filter((field) => !seen.has(field))).toEqual([]);
});
