import { gunzipSync } from 'node:zlib';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OPERATIONS } from '../../lib/api/openapi/operations.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { describedApi } from '../support/described-api.ts';
import { startService } from '../support/service.ts';

/** What is kept of writes with an Idempotency-Key, and who gets to see it. */

let service: Awaited<ReturnType<typeof startService>>;
let api: Awaited<ReturnType<typeof describedApi>>;
let dynamo: DynamoDBClient;
const tenant = parseTenantId('acme');
let key: string;
beforeAll(async () => {
  service = await startService();
  api = await describedApi(service);
  dynamo = new DynamoDBClient({});
  key = await service.keys.create(tenant);
});
afterAll(async () => {
  dynamo.destroy();
  await service.close();
});

const asking = (method: string, path: string, as: string, body?: unknown, name = 'one') =>
  service.request(method, path, as, body, { 'idempotency-key': name });
const importing = (as: string, id = 'a') => ({ documents: [{ id, texts: [as] }] });

it('a credential without the scope does not hear what came of it', async () => {
  const body = importing('x');
  expect((await asking('POST', '/v1/documents', key, body)).status).toBe(202);
  const narrow = await service.keys.create(tenant, ['search']);
  const answer = await asking('POST', '/v1/documents', narrow, body);
  expect(answer).toMatchObject({ status: 403, json: { code: 'scope_missing' } });
  expect(answer.headers).not.toHaveProperty('idempotency-replayed');
});

it('another key of the tenant asks something else, with the same scopes too', async () => {
  const body = importing('y', 'b');
  expect((await asking('POST', '/v1/documents', key, body, 'two')).status).toBe(202);
  const other = await service.keys.create(tenant);
  expect(await asking('POST', '/v1/documents', other, body, 'two')).toMatchObject({
    status: 400,
    json: { field: 'Idempotency-Key' },
  });
});

it('an empty header is refused, and one that cannot be', async () => {
  for (const name of ['', ' ', 'a b', 'x'.repeat(101)])
    expect(await asking('POST', '/v1/documents', key, importing('z', 'c'), name)).toMatchObject({
      status: 400,
      json: { field: 'Idempotency-Key' },
    });
});

it('forms to upload by and the address of the webhook are answered anew', async () => {
  const files = [{ name: 'cat.jpg', bytes: 10, contentType: 'image/jpeg' }];
  const form = async (name: string) => asking('POST', '/v1/uploads', key, { files }, name);
  const first = await form('form');
  const second = await form('form');
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.headers).not.toHaveProperty('idempotency-replayed');
  expect(second.json).toMatchObject({ uploads: [{ status: 'accepted' }] });
  const other = await asking('POST', '/v1/uploads', key, { files: [...files, ...files] }, 'form');
  expect(other).toMatchObject({ status: 400, json: { field: 'Idempotency-Key' } });
  const put = () => asking('PUT', '/v1/webhook', key, { url: null }, 'hook');
  expect((await put()).json).toEqual((await put()).json);
});

it('a new webhook secret is made once, and not kept', async () => {
  const rotate = () => asking('POST', '/v1/webhook/rotation', key, { overlapSec: 60 }, 'rotate');
  const { secret } = (await rotate()).json as { secret: string };
  expect(await rotate()).toMatchObject({ status: 409, json: { code: 'done_before' } });
  const { json } = await service.request('GET', '/v1/webhook', key);
  expect(json).toMatchObject({ secret });
});

/** Strings that open something: keys, secrets, and what signed forms hold beside their type and the object's key. */
function* secretsIn(value: unknown, name = ''): Generator<string> {
  if (typeof value === 'string') {
    if (/^gls_|^[0-9a-f]{64}$/.test(value) || /Policy|Signature|Token|Credential/.test(name)) yield value;
    if (/^https?:.*[?&]X-Amz-/.test(value)) yield value;
  } else if (typeof value === 'object' && value !== null)
    for (const [field, inner] of Object.entries(value)) yield* secretsIn(inner, field);
}

it('holds no secret, whatever was asked', async () => {
  const operator = await service.keys.createOperator();
  const secrets = new Set<string>();
  let keyId = '';
  const writes = OPERATIONS.filter(({ method }) => method !== 'get');
  // What removes comes last.
  const last = (id: string) => Number(/^(?:delete|revoke)/.test(id));
  for (const { id, access, params, example } of writes.toSorted((a, b) => last(a.id) - last(b.id))) {
    const answer = await api.ask(id, {
      key: access === 'operator' ? operator : key,
      params: { ...example.params, ...(params && 'keyId' in params.shape && { keyId }) },
      query: example.query,
      // Nobody listens there, and no name is looked up.
      body: id === 'setWebhook' ? { url: 'http://127.0.0.1:9/' } : example.body,
      headers: { 'idempotency-key': `all-${id}` },
    });
    for (const secret of secretsIn(answer.json)) secrets.add(secret);
    const made = answer.json as { id?: string; key?: string } | undefined;
    if (made?.key !== undefined) keyId = made.id!;
  }
  expect(secrets.size).toBeGreaterThan(6);

  const kept: string[] = [];
  for (const TableName of [process.env['IMAGES_TABLE']!, process.env['TENANTS_TABLE']!]) {
    for await (const { Items = [] } of paginateScan({ client: dynamo }, { TableName }))
      for (const { pk, answer, ...rest } of Items)
        if (pk!.S!.endsWith('/asked')) {
          kept.push(JSON.stringify(rest), ...(answer?.B ? [gunzipSync(answer.B).toString()] : []));
        }
  }
  expect(kept.length).toBeGreaterThan(writes.length);
  for (const text of kept) {
    expect(text).not.toMatch(/gls_|X-Amz-|whsec_/);
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
});
