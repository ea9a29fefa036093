import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { itemTableRequest } from '../../../infra/local/item-table-request.ts';
import { startDynamoDb } from '../../../infra/local/servers/dynamodb-server.ts';
import { dynamoApiKeys } from '../../../lib/adapters/dynamo-api-keys.ts';
import { dynamoGlosses } from '../../../lib/adapters/dynamo-glosses.ts';
import { dynamoIdempotency } from '../../../lib/adapters/dynamo-idempotency.ts';
import { dynamoImageRecords } from '../../../lib/adapters/dynamo-image-records.ts';
import { dynamoManifests } from '../../../lib/adapters/dynamo-manifests.ts';
import { dynamoReceivers } from '../../../lib/adapters/dynamo-receivers.ts';
import { dynamoReservations } from '../../../lib/adapters/dynamo-reservations.ts';
import { dynamoTenants } from '../../../lib/adapters/dynamo-tenants.ts';
import { dynamoUsage } from '../../../lib/adapters/dynamo-usage.ts';
import { imageIdOf, parseSequencer, parseTenantId, type TenantId } from '../../../lib/domain/ids.ts';
import { afterArrival, afterRemoval } from '../../../lib/domain/image-state.ts';
import type { ImageRecord } from '../../../lib/domain/image.ts';
import type { Tenant } from '../../../lib/domain/tenant.ts';
import type { Reserved } from '../../../lib/ports/reservations.ts';
import { readable } from '../../../lib/domain/unreadable.ts';
import { EMPTY_MANIFEST } from '../../../lib/index/segment/manifest.ts';
import { importedGloss } from '../../../lib/steps/images/import-documents.ts';
import { startLossyProxy } from '../../support/lossy-proxy.ts';

/** The SDK asks again when an answer was lost. What it had written then is its own, and counts once. */

let server: Awaited<ReturnType<typeof startDynamoDb>>;
let proxy: Awaited<ReturnType<typeof startLossyProxy>>;
let client: DynamoDBClient;
let tenant: TenantId;
let tenants = 0;
/** What happens before the next attempt of a request whose answer was lost. */
let between: (() => Promise<void>) | undefined;
let lostBefore = 0;
const clock = { nowMs: () => Date.now() };

beforeAll(async () => {
  server = await startDynamoDb({});
  proxy = await startLossyProxy(server.endpoint);
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  client = new DynamoDBClient({ endpoint: proxy.endpoint, region: 'us-east-1', credentials });
  await client.send(itemTableRequest('table'));
  client.middlewareStack.add(
    (next) => async (args) => {
      const happens = between;
      if (happens && proxy.lost.length > lostBefore) {
        between = undefined;
        await happens();
      }
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' }, // behind what tries again
  );
});
afterAll(async () => {
  client.destroy();
  await proxy.close();
  await server.close();
});
beforeEach(() => {
  tenant = parseTenantId(`lost-${tenants++}`);
  proxy.lost.length = 0;
});
// A test that lost nothing would show nothing.
afterEach(() => expect(proxy.lost).not.toEqual([]));

const arrived = (name: string, sequencer = '01', before?: ImageRecord): ImageRecord =>
  afterArrival(
    before,
    {
      imageId: imageIdOf(tenant, name),
      name,
      source: 'upload',
      sequencer: parseSequencer(sequencer),
      bytes: 7,
      object: { storedAtMs: clock.nowMs() },
    },
    clock.nowMs(),
  )!;

describe('a write that is asked for twice is recognised:', () => {
  it('the room that an invitation reserves, which is counted once, whatever comes between both attempts', async () => {
    const reservations = dynamoReservations(client, 'table', clock);
    const one = { imageId: imageIdOf(tenant, 'a'), name: 'a', bytes: 7 };
    const larger = { ...one, bytes: 11 };
    const sums = async () => {
      const { images, bytes } = await reservations.sums(tenant);
      return { images, bytes };
    };
    const invite = async (file: typeof one, seen?: Reserved) =>
      reservations.add(
        tenant,
        seen ?? (await reservations.sums(tenant)),
        [file],
        clock.nowMs() + 900_000,
        await reservations.of(tenant, [one.imageId]),
      );
    const seen = await reservations.sums(tenant);
    proxy.lose('TransactWriteItems');
    lostBefore = proxy.lost.length;
    between = async () => {
      expect(await invite(larger)).toBe(true);
    };
    expect(await invite(one, seen)).toBe(true);
    expect(await sums()).toEqual({ images: 1, bytes: 11 });
    // Another writer's is still a conflict.
    expect(await invite(one, seen)).toBe(false);

    proxy.lose('TransactWriteItems');
    lostBefore = proxy.lost.length;
    between = async () => {
      expect(await invite(one)).toBe(true);
    };
    await reservations.release(tenant, [one.imageId]);
    // The form of the second invitation is still out.
    expect(await sums()).toEqual({ images: 1, bytes: 7 });
    await reservations.release(tenant, [one.imageId]);
    expect(await sums()).toEqual({ images: 0, bytes: 0 });

    proxy.lose('TransactWriteItems');
    lostBefore = proxy.lost.length;
    between = async () => {
      await reservations.release(tenant, [one.imageId]);
    };
    expect(await invite(one)).toBe(true);
    expect(await sums()).toEqual({ images: 0, bytes: 0 });
    expect(await reservations.of(tenant, [one.imageId])).toEqual(new Map());
    expect(proxy.lost).toEqual(['TransactWriteItems', 'TransactWriteItems', 'TransactWriteItems']);
  });

  it('a record of an image', async () => {
    const records = dynamoImageRecords(client, 'table');
    const first = arrived('a');
    await records.put(tenant, [{ before: undefined, after: first }]);
    const after = { ...first, status: 'described' as const, revision: 2 };
    proxy.lose('PutItem');
    expect(await records.put(tenant, [{ before: first, after }])).toEqual(['written']);
    // Another writer's is still a conflict.
    expect(await records.put(tenant, [{ before: first, after }])).toEqual(['conflict']);
  });

  it('a manifest', async () => {
    const manifests = dynamoManifests(client, 'table');
    proxy.lose('PutItem');
    expect(await manifests.commit(tenant, { ...EMPTY_MANIFEST, version: 1 })).toBe(true);
    expect(await manifests.commit(tenant, { ...EMPTY_MANIFEST, version: 1 })).toBe(false);
  });

  it('a tenant', async () => {
    const made = { id: tenant, revision: 1 } as Tenant;
    await dynamoTenants(client, 'table').put({ ...made, revision: 1 });
    proxy.lose('PutItem');
    expect(await dynamoTenants(client, 'table').put({ ...made, revision: 2 })).toBe(true);
    expect(await dynamoTenants(client, 'table').put({ ...made, revision: 2 })).toBe(false);
  });

  it('the circuit of a receiver', async () => {
    const receivers = dynamoReceivers(client, 'table');
    proxy.lose('PutItem');
    expect(await receivers.put(tenant, { revision: 1 } as never)).toBe(true);
    expect(await receivers.put(tenant, { revision: 1 } as never)).toBe(false);
  });

  it('the beginning of a request with a key, which then is not under way by itself', async () => {
    const idempotency = dynamoIdempotency(client, 'table', clock);
    proxy.lose('PutItem');
    expect(await idempotency.begin(tenant, 'key', 'request')).toMatchObject({ state: 'begun' });
    expect(await idempotency.begin(tenant, 'key', 'request')).toEqual({ state: 'running' });
  });

  it('an API key', async () => {
    const keys = dynamoApiKeys(client, 'table', clock);
    proxy.lose('PutItem');
    const { key, apiKey } = await keys.create(tenant, { name: '', scopes: [] });
    expect(await keys.find(key)).toMatchObject({ id: apiKey.id });
    expect(await keys.list(tenant)).toHaveLength(1);
  });

  it('the end of a record that is not needed any more', async () => {
    const records = dynamoImageRecords(client, 'table');
    const removal = {
      imageId: imageIdOf(tenant, 'a'),
      name: 'a',
      sequencer: parseSequencer('01'),
      object: null,
    };
    const removed = afterRemoval(undefined, removal, clock.nowMs())!;
    await records.put(tenant, [{ before: undefined, after: removed }]);
    proxy.lose('DeleteItem');
    expect(await records.forget(tenant, removed)).toBe(true);
    expect(await records.get(tenant, removed.imageId)).toBeUndefined();
  });
});

describe('what is added counts once:', () => {
  it('images and their bytes', async () => {
    const records = dynamoImageRecords(client, 'table');
    for (const name of ['a', 'b', 'c']) {
      proxy.lose('TransactWriteItems');
      expect(await records.put(tenant, [{ before: undefined, after: arrived(name) }])).toEqual(['written']);
    }
    expect(await records.totals(tenant)).toMatchObject({ images: 3, bytes: 21 });
    const before = readable(await records.get(tenant, imageIdOf(tenant, 'a')))!;
    const removed = afterRemoval(before, { ...before, sequencer: parseSequencer('02') }, clock.nowMs())!;
    proxy.lose('TransactWriteItems');
    expect(await records.put(tenant, [{ before, after: removed }])).toEqual(['written']);
    expect(await records.totals(tenant)).toMatchObject({ images: 2, bytes: 14 });
  });

  it('a hundred and fifty documents with their words, of which one was changed by another', async () => {
    const records = dynamoImageRecords(client, 'table');
    const glosses = dynamoGlosses(client, 'table', clock);
    const names = Array.from({ length: 150 }, (_, i) => String(i));
    await records.put(tenant, [{ before: undefined, after: arrived('7') }]);
    proxy.lose('TransactWriteItems');
    const outcomes = await records.put(
      tenant,
      names.map((name) => {
        const after = arrived(name);
        const gloss = importedGloss({ id: name, texts: [`word${name}`] }, after.imageId, after.sequencer);
        return { before: undefined, after, gloss };
      }),
    );
    expect(outcomes).toEqual(names.map((name) => (name === '7' ? 'conflict' : 'written')));
    expect(await records.totals(tenant)).toMatchObject({ images: 150, bytes: 1_050 });
    const stored = await glosses.getMany(
      tenant,
      names.map((name) => imageIdOf(tenant, name)),
    );
    expect(stored.size).toBe(149);
  });

  it('usage', async () => {
    const usage = dynamoUsage(client, 'table');
    proxy.lose('TransactWriteItems');
    await usage.add(tenant, { day: '2026-11-28', counts: { views: 1, inputTokens: 5 } });
    expect(await usage.days(tenant, '2026-11-01', '2026-11-30')).toMatchObject([
      { views: 1, inputTokens: 5 },
    ]);
  });

  it('an answer of the model: the first that is kept is the answer of all', async () => {
    const glosses = dynamoGlosses(client, 'table', clock);
    const origin = { model: 'm', promptVersion: '1', cropPolicy: 'none' as const };
    const run = { imageId: imageIdOf(tenant, 'a'), sequencer: parseSequencer('01'), origin };
    const answer = {
      view: { index: 0, kind: 'text' as const },
      tags: ['cat'],
      caption: '',
      visibleText: '',
    };
    proxy.lose('PutItem');
    const kept = await glosses.saveAnswer(tenant, run, answer);
    expect(kept).toEqual({ answer, keptAs: expect.stringMatching(/./) as string });
    proxy.lose('PutItem');
    expect(await glosses.saveAnswer(tenant, run, { ...answer, tags: ['dog'] })).toEqual(kept);
    expect(await glosses.loadAnswers(tenant, run)).toEqual(new Map([[0, kept]]));
  });
});

it('a claim that another has taken over is neither finished nor given up by the first', async () => {
  let nowMs = 0;
  const idempotency = dynamoIdempotency(client, 'table', { nowMs: () => nowMs });
  const first = await idempotency.begin(tenant, 'key', 'request');
  nowMs = 31_000;
  proxy.lose('PutItem');
  const second = await idempotency.begin(tenant, 'key', 'request');
  if (first.state !== 'begun' || second.state !== 'begun') throw new Error('nobody began');
  await idempotency.giveUp(tenant, 'key', first.claim);
  await idempotency.finish(tenant, 'key', first.claim, { status: 500, body: 'first' });
  expect(await idempotency.begin(tenant, 'key', 'request')).toEqual({ state: 'running' });
  await idempotency.finish(tenant, 'key', second.claim, { status: 200, body: 'second' });
  expect(await idempotency.begin(tenant, 'key', 'request')).toMatchObject({ answer: { body: 'second' } });
});
