import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoManifests } from '../../lib/adapters/dynamo-manifests.ts';
import { dynamoApiKeys } from '../../lib/adapters/dynamo-api-keys.ts';
import { createApp } from '../../lib/api/app.ts';
import { OPERATIONS } from '../../lib/api/openapi/operations.ts';
import { PROBLEMS } from '../../lib/api/openapi/responses.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { describedApi } from '../support/described-api.ts';
import { eventFile, fixture, s3Event, sqsEvent, startService } from '../support/service.ts';

/**
 * The examples of the API's description, sent to the API: each request succeeds, and each answer is the example but for what is
 * different every time. They are one story, so their order counts.
 */

let service: Awaited<ReturnType<typeof startService>>;
let api: Awaited<ReturnType<typeof describedApi>>;
let operator: string;
let key: string;
let keyId: string;
let receiver: Server;
beforeAll(async () => {
  service = await startService();
  api = await describedApi(service);
  operator = await service.keys.createOperator();
  receiver = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
});
afterAll(async () => {
  receiver.close();
  await service.close();
});

/** What comes before an example, where more than requests is needed. */
const BEFORE: Readonly<Record<string, () => Promise<unknown>>> = {
  listStrayNames: async () => {
    await service.upload('uploads/acme/chelsea.jpg', await fixture('samples/chelsea.jpg'), 'image/jpeg');
    await service.describe(await eventFile('s3-created'));
  },
  retryImage: async () => {
    await service.upload('uploads/acme/broken.jpg', await fixture('images/truncated.jpg'));
    await service.describe(s3Event('Created:Put', 'uploads/acme/broken.jpg', '01'));
  },
  search: async () => service.index(await service.drainIndexQueue()),
  testWebhook: () => {
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    return api.ask('setWebhook', { key, body: { url } });
  },
};

const STORY = [
  ...[
    'health',
    'listStrayNames',
    'listStrays',
    'createTenant',
    'adoptStrays',
    'listTenants',
    'showTenant',
    'createTenantKey',
    'listTenantKeys',
  ],
  ...['importDocuments', 'search', 'completeWord', 'listImages', 'askStatus', 'showImage'],
  ...['showIndex', 'checkIndex', 'rebuildIndex'],
  ...['exportDocuments', 'showUsage', 'listTenantUsage', 'createUploads', 'showMe', 'listKeys', 'createKey'],
  ...['rotateKey', 'revokeKey', 'showWebhook', 'setWebhook', 'rotateWebhookSecret', 'testWebhook'],
  ...[
    'retryImage',
    'changeImage',
    'editKeywords',
    'deleteImage',
    'deleteImages',
    'changeTenant',
    'rotateTenantKey',
    'revokeTenantKey',
    'deleteTenant',
  ],
];

const DIFFERENT_EVERY_TIME: readonly [RegExp, string][] = [
  [/^\d{4}-\d\d(-\d\d(T[\d:.]+Z)?)?$/, 'a time'],
  [/^https?:/, 'an address'],
  [/^gls_/, 'a key'],
  [/^whsec_[A-Za-z0-9+/]{43}=$/, 'a secret'],
  [/^[0-9a-f]{12}$/, 'a key id'],
  [/^[0-9a-z]{9}-[0-9a-f]{8}$/, 'a rebuild'],
  [/^[0-9A-F]{32}$/, 'a sequencer'],
];
const COSTS = ['figures', 'usd', 'readUnits', 'writeUnits'];

/** An answer without what is different every time: times, addresses, secrets, signed fields, scores and what things cost. */
function likeness(value: unknown, name = ''): unknown {
  if (typeof value === 'string') {
    const [, kind] = DIFFERENT_EVERY_TIME.find(([pattern]) => pattern.test(value)) ?? [];
    return kind ?? value;
  }
  if (typeof value === 'number') return COSTS.includes(name) || name === 'score' ? 'a number' : value;
  if (Array.isArray(value)) return value.map((element) => likeness(element, name));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([field, inner]) => {
    if (name === 'fields' && field !== 'key') return [field, 'signed'];
    return [field, likeness(inner, COSTS.includes(name) ? name : field)];
  });
  return Object.fromEntries(entries) as unknown;
}

it.each(STORY)('%s', async (id) => {
  const { access, method, params, example } = OPERATIONS.find((operation) => operation.id === id)!;
  await BEFORE[id]?.();
  const answer = await api.ask(id, {
    key: access === 'operator' ? operator : access === 'public' ? undefined : key,
    params: { ...example.params, ...(params && 'keyId' in params.shape && { keyId }) },
    query: example.query,
    body: example.body,
  });
  expect(answer.status).toBeLessThan(300);
  expect(likeness(answer.json)).toEqual(likeness(example.answer));
  const made = answer.json as { id: string; key: string } | undefined;
  if (id === 'createTenantKey') key = made!.key;
  if (method === 'post' && made && 'key' in made) keyId = made.id;
  if (id === 'deleteImage') {
    // The first key is the one that the operator's examples replace and revoke.
    const { keys } = (await api.ask('listKeys', { key })).json as { keys: { id: string; name: string }[] };
    keyId = keys.find(({ name }) => name === 'app')!.id;
  }
});

it('tells every operation', () => {
  expect(STORY.toSorted()).toEqual(OPERATIONS.map(({ id }) => id).toSorted());
});

describe('problems', () => {
  const tenant = parseTenantId('narrow');
  let own: string;
  beforeAll(async () => {
    own = await service.keys.create(tenant, undefined, { limits: { images: 2 } });
  });
  const pier = (id: string) => ({ id, texts: ['a pier'] });
  const requests: Readonly<Record<number, () => ReturnType<typeof api.ask>>> = {
    400: () => api.ask('search', { key: own, query: { q: 'red c?r' } }),
    401: () => api.ask('search', { query: { q: 'pier' } }),
    403: async () =>
      api.ask('createUploads', { key: await service.keys.create(tenant, ['search']), body: {} }),
    404: () => api.ask('showImage', { key: own, params: { id: '0'.repeat(32) } }),
    409: () => api.ask('testWebhook', { key: own }),
    413: () => api.ask('importDocuments', { key: own, body: ' '.repeat(1_000_001) }),
    429: async () => {
      await api.ask('importDocuments', { key: own, body: { documents: [pier('a'), pier('b')] } });
      await service.index(await service.drainIndexQueue());
      return api.ask('importDocuments', { key: own, body: { documents: [pier('c')] } });
    },
  };

  it.each(Object.keys(requests).map(Number))('%i', async (status) => {
    const { json } = await requests[status]!();
    expect(json).toEqual({ type: 'about:blank', status, ...PROBLEMS[status]!.example });
  });

  it('410, for a page of a snapshot whose segments were merged and dropped, on an instance that has none of them', async () => {
    const dropped = parseTenantId('dropped');
    const key = await service.keys.create(dropped);
    for (let i = 0; i < 30; i += 1) {
      await api.ask('importDocuments', { key, body: { documents: [pier(`a${i}`), pier(`b${i}`)] } });
      await service.indexAll();
    }
    const { json } = await api.ask('search', { key, query: { q: 'pier' } });
    const manifests = dynamoManifests(new DynamoDBClient({}), process.env['INDEX_TABLE']!);
    const { segments } = await manifests.read(dropped);
    await service.merge(sqsEvent({ tenant: dropped, task: 'merge' }));
    await service.merge(
      sqsEvent({ tenant: dropped, task: 'drop', segmentIds: segments.map(({ id }) => id), again: true }),
    );
    const { apiDeps } = await import('../../functions/deps/api-deps.ts');
    const fresh = createApp(apiDeps(process.env), () => undefined);
    const address = `/v1/search?${new URLSearchParams({ q: 'pier', cursor: (json as { cursor: string }).cursor })}`;
    const response = await fresh.request(address, { headers: { authorization: `Bearer ${key}` } });
    expect(await response.json()).toEqual({ type: 'about:blank', status: 410, ...PROBLEMS[410]!.example });
  });

  it('500 and 503, for a fault and for a store that does not answer', async () => {
    const { apiDeps } = await import('../../functions/deps/api-deps.ts');
    const deps = apiDeps(process.env);
    const nowhere = new DynamoDBClient({ endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
    const faults: unknown[] = [];
    const answerOf = async (changed: Partial<typeof deps>) => {
      const app = createApp({ ...deps, ...changed }, (fault) => faults.push(fault));
      const response = await app.request('/v1/words?prefix=x', {
        headers: { authorization: `Bearer ${own}` },
      });
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      return { json: (await response.json()) as unknown, retryAfter: response.headers.get('retry-after') };
    };
    const silent = await answerOf({ apiKeys: dynamoApiKeys(nowhere, 'x', { nowMs: () => Date.now() }) });
    expect(silent).toEqual({
      json: { type: 'about:blank', status: 503, ...PROBLEMS[503]!.example },
      retryAfter: '1',
    });
    const broken = await answerOf({ rateLimiter: { take: () => Promise.reject(new TypeError('a fault')) } });
    expect(broken.json).toEqual({ type: 'about:blank', status: 500, ...PROBLEMS[500]!.example });
    expect(faults).toHaveLength(2);
    nowhere.destroy();
  });

  it('are all told', () => {
    const told = Object.keys(PROBLEMS).filter((status) => !(status in requests));
    expect(told).toEqual(['410', '500', '503']);
  });
});
