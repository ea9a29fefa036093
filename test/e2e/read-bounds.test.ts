import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cachingSegmentStore } from '../../lib/adapters/caching-segment-store.ts';
import { dynamoGlosses } from '../../lib/adapters/dynamo-glosses.ts';
import { dynamoImageRecords } from '../../lib/adapters/dynamo-image-records.ts';
import { meterCapacity } from '../../lib/adapters/dynamo-meter.ts';
import { dynamoSegmentStore } from '../../lib/adapters/dynamo-segment-store.ts';
import { createApp } from '../../lib/api/app.ts';
import { CapacityMeter } from '../../lib/domain/capacity-meter.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import type { ReadBounds } from '../../lib/steps/search/bounded-reads.ts';
import { startService } from '../support/service.ts';

/**
 * What a request may read: exactly as much as the embedded DynamoDB says that it takes is enough, and with less it is refused, whether
 * the index is cached or not.
 */

let service: Awaited<ReturnType<typeof startService>>;
let deps: Awaited<ReturnType<typeof meteredDeps>>;
let key: string;
const indexMeter = new CapacityMeter();
const loadMeter = new CapacityMeter();
const clients: DynamoDBClient[] = [];
const WIDE: ReadBounds = { indexUnits: 1e6, loadUnits: 1e6, enoughLoadUnits: 1e6 };
const PATHS = {
  'a search': ['/v1/search?q=cat+garden', 'q'],
  'a search for beginnings': ['/v1/search?q=ca*+do*', 'q'],
  'a phrase that glosses decide': ['/v1/search?q=%22dog+in+a+garden%22', 'q'],
  'a plain search': ['/v1/search?q=cat+garden&plain=true', 'q'],
  'a search with likely images': ['/v1/search?q=cat&likely=true', 'q'],
  'a search with related words': ['/v1/search?q=garden&related=true', 'q'],
  'a misspelt word': ['/v1/search?q=gardn', 'q'],
  'a completion': ['/v1/words?prefix=ga', 'prefix'],
} as const;
const costs = new Map<string, Awaited<ReturnType<typeof costOf>>>();

beforeAll(async () => {
  service = await startService();
  key = await service.keys.create(parseTenantId('bounded'));
  for (const animal of ['cat', 'dog', 'cow']) {
    const documents = Array.from({ length: 6 }, (_, i) => ({
      id: `${animal}${i}`,
      texts: [`a ${animal} in a garden, picture ${'abcdefghijkl'[i]!}`],
    }));
    await service.request('POST', '/v1/documents', key, { documents });
    await service.index(await service.drainIndexQueue());
  }
  deps = await meteredDeps();
  for (const [name, [path]] of Object.entries(PATHS)) costs.set(name, await costOf(path));
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await service.close();
});

/** Those of functions/api.ts, with nothing cached, and with reads of the index, and of records and glosses, counted apart. */
async function meteredDeps() {
  const { apiDeps } = await import('../../functions/deps/api-deps.ts');
  const counting = (meter: CapacityMeter) => {
    const client = new DynamoDBClient({});
    meterCapacity(client, meter);
    clients.push(client);
    return client;
  };
  const { IMAGES_TABLE = '', INDEX_TABLE = '' } = process.env;
  const loading = counting(loadMeter);
  const api = apiDeps(process.env);
  return {
    ...api,
    segments: dynamoSegmentStore(counting(indexMeter), INDEX_TABLE),
    records: dynamoImageRecords(loading, IMAGES_TABLE),
    glosses: dynamoGlosses(loading, IMAGES_TABLE, api.clock),
  };
}

async function ask(path: string, bounds: ReadBounds, segments = deps.segments) {
  const fail = (error: unknown) => expect.unreachable(String(error));
  const app = createApp({ ...deps, segments, bounds }, fail);
  const response = await app.request(path, { headers: { authorization: `Bearer ${key}` } });
  const { figures: _volatile, ...json } = (await response.json()) as Record<string, unknown>;
  return { status: response.status, json };
}

/** An answer, and what DynamoDB says that it took. A refusal may leave reads under way: none comes before. */
async function costOf(path: string) {
  const before = { index: indexMeter.snapshot(), load: loadMeter.snapshot() };
  const answer = await ask(path, WIDE);
  const indexUnits = indexMeter.since(before.index).readUnits;
  const loadUnits = loadMeter.since(before.load).readUnits;
  return { answer, indexUnits, loadUnits };
}

it.each(Object.entries(PATHS))(
  '%s is answered by as much as it takes, and refused with less, cold and cached alike',
  async (name, [path, field]) => {
    const { answer, indexUnits, loadUnits } = costs.get(name)!;
    expect(answer.status).toBe(200);
    expect(Math.min(indexUnits, loadUnits)).toBeGreaterThan(1);
    const exact = { ...WIDE, indexUnits, loadUnits };
    const cached = cachingSegmentStore(deps.segments, 2 ** 26);
    expect(await ask(path, exact, cached)).toEqual(answer);
    expect(await ask(path, exact, cached)).toEqual(answer);

    const refusal = { status: 400, json: { code: 'query_too_costly', field } };
    for (const segments of [deps.segments, cached]) {
      expect(await ask(path, { ...exact, indexUnits: indexUnits - 0.5 }, segments)).toMatchObject(refusal);
      expect(await ask(path, { ...exact, loadUnits: loadUnits - 1 }, segments)).toMatchObject(refusal);
    }
  },
);
