import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../lib/api/app.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { writeBenchCorpus } from '../support/bench-corpus.ts';
import { countRequests } from '../../lib/lab/bench/count-requests.ts';
import { startService } from '../support/service.ts';

/**
 * What whole searches cost, counted below the SDK: by an instance that has read nothing, and asked again. `GLOSS_IMAGES=10000
 * GLOSS_REPORT=1` prints the table of docs/benchmarks.md.
 */
const { GLOSS_IMAGES = '1000', GLOSS_REPORT } = process.env;
const IMAGES = Number(GLOSS_IMAGES);

let service: Awaited<ReturnType<typeof startService>>;
let key: string;
const counts = countRequests();
const rows: object[] = [];

beforeAll(async () => {
  service = await startService();
  const limits = { requestsPerSec: 1_000, burst: 1_000 };
  key = await service.keys.create(parseTenantId('costs'), undefined, { limits });
  const folder = await mkdtemp(join(tmpdir(), 'gloss-costs-'));
  const { docs } = await writeBenchCorpus(folder, IMAGES);
  const documents = (await readFile(docs, 'utf8')).split('\n').map((line) => JSON.parse(line) as object);
  await rm(folder, { recursive: true });
  for (let from = 0; from < IMAGES; from += 100) {
    await service.request('POST', '/v1/documents', key, { documents: documents.slice(from, from + 100) });
    await service.indexAll();
    await service.merge(await service.drainMergeQueue());
  }
}, 1_200_000);
afterAll(async () => {
  if (GLOSS_REPORT) console.table(rows);
  counts.stop();
  await service.close();
});

async function instance() {
  const { apiDeps } = await import('../../functions/deps/api-deps.ts');
  const fail = (error: unknown) => expect.unreachable(String(error));
  const app = createApp(apiDeps(process.env), fail);
  return async (path: string) => {
    const response = await app.request(path, { headers: { authorization: `Bearer ${key}` } });
    expect(response.status).toBe(200);
    const text = await response.text();
    return {
      hits: (JSON.parse(text) as { hits: unknown[] }).hits.length,
      bytes: text.length,
      wire: gzipSync(text).length,
    };
  };
}

/** Read units and waits that a search of so many hits may take at a thousand images, cold and repeated: what it takes, and a little. */
const BASELINE: readonly (readonly [
  what: string,
  path: string,
  cold: number,
  waits: number,
  repeatedWaits: number,
])[] = [
  ['one word', '/v1/search?q=dog', 22, 5, 2],
  ['two words', '/v1/search?q=red+dog', 34, 5, 2],
  ['a phrase', '/v1/search?q=%22red+dog%22', 18, 6, 2],
  ['two required words', '/v1/search?q=%2Bdog+%2Bred', 34, 5, 2],
  ['likely and related', '/v1/search?q=dog&likely=true&related=true', 94, 7, 2],
  ['100 hits', '/v1/search?q=dog&limit=100', 61, 5, 2],
];

it.each(BASELINE)('%s', async (what, path, coldUnits, waits, repeatedWaits) => {
  const ask = await instance();
  const { asked: cold, answer } = await counts.of(() => ask(path));
  const { asked: repeated } = await counts.of(() => ask(path));
  rows.push({
    what,
    hits: answer.hits,
    cold: cold.readUnits,
    repeated: repeated.readUnits,
    waits: `${cold.waits} / ${repeated.waits}`,
    bytes: answer.bytes,
    wire: answer.wire,
  });
  expect(answer.hits).toBeGreaterThan(0);
  // The key, the tenant and the manifest.
  expect(repeated.readUnits).toBe(3);
  if (IMAGES === 1_000) {
    expect(cold.readUnits).toBeLessThanOrEqual(coldUnits);
    expect(cold.waits).toBeLessThanOrEqual(waits);
  }
  expect(repeated.waits).toBeLessThanOrEqual(repeatedWaits);
});

it('a steady stream writes less than a unit for ten searches', async () => {
  const ask = await instance();
  await ask('/v1/search?q=dog');
  const { asked } = await counts.of(async () => {
    for (let i = 0; i < 100; i += 1) await ask('/v1/search?q=dog');
  });
  rows.push({ what: '100 searches in a stream', writes: asked.writeUnits });
  expect(asked.writeUnits).toBeLessThanOrEqual(100);
});
