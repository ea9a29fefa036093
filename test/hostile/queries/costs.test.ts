import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTemporaryIndex, type TemporaryIndex } from '../../../infra/local/temporary-index.ts';
import { cachingSegmentStore } from '../../../lib/adapters/caching-segment-store.ts';
import { CapacityMeter } from '../../../lib/domain/capacity-meter.ts';
import { GlossError } from '../../../lib/domain/errors.ts';
import { parseTenantId, type TenantId } from '../../../lib/domain/ids.ts';
import { plainQuery, queryParser } from '../../../lib/query/syntax/parse-query.ts';
import { importDocuments, type ImportedDocument } from '../../../lib/steps/images/import-documents.ts';
import { READ_BOUNDS } from '../../../lib/steps/search/bounded-reads.ts';
import { search, type SearchRequest } from '../../../lib/steps/search/search.ts';
import { completeWord } from '../../../lib/steps/search/suggest-words.ts';
import { ENGLISH } from '../../../lib/text/analyzer.ts';
import { writeBenchCorpus } from '../../support/bench-corpus.ts';
import { hugeGloss } from '../../support/huge-gloss.ts';
import { ownWords } from '../../support/own-words.ts';
import { randomOf } from '../../support/random.ts';

/**
 * The costliest queries that can be made, in read units as the embedded DynamoDB counts them, and in CPU time with that of the embedded
 * DynamoDB. GLOSS_COSTS_DOCS=FILE takes the documents
 * of a file of JSON lines (`.gz` as well), GLOSS_COSTS_COUNT so many of them, GLOSS_COSTS_HUGE so many glosses of 95 KB, and
 * GLOSS_COSTS_REPORT=FILE writes the table.
 */

const COUNT = Number(process.env['GLOSS_COSTS_COUNT'] ?? 150);
const DOCS = process.env['GLOSS_COSTS_DOCS'];
/** Images whose glosses have nearly 100 KB each. */
const HUGE_IMAGES = Number(process.env['GLOSS_COSTS_HUGE'] ?? 20);
/** Images whose glosses have 90 KB each of words of their own. */
const OWN_IMAGES = Math.ceil(HUGE_IMAGES / 5);
/** Of the manifest, which is read once or twice. */
const MANIFEST_UNITS = 200;

const words = parseTenantId('words');
const huge = parseTenantId('huge');
const own = parseTenantId('own');
const meter = new CapacityMeter();
let store: TemporaryIndex;
/** The commonest first. */
let common: string[];
const rows: string[] = [];

beforeAll(async () => {
  store = await openTemporaryIndex({ meter });
  const documents = (await linesOf()).slice(0, COUNT).map((line) => JSON.parse(line) as ImportedDocument);
  await importAll(words, documents);
  const frequencies = new Map<string, number>();
  for (const { tags = [], captions = [], texts = [] } of documents)
    for (const word of new Set(
      [...tags, ...captions, ...texts]
        .join(' ')
        .toLowerCase()
        .match(/[a-z]+\d*/g),
    ))
      frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  common = [...frequencies].sort(([, a], [, b]) => b - a).map(([word]) => word);
  await importAll(
    huge,
    Array.from({ length: HUGE_IMAGES }, (_, i) => ({
      id: `${i}`,
      gloss: hugeGloss(2 * i) as unknown as ImportedDocument['gloss'],
    })),
  );
  const random = randomOf(1);
  for (let i = 0; i < OWN_IMAGES; i += 1) {
    await importAll(own, [{ id: `${i}`, captions: ownWords(random, 18, 800) }]);
  }
}, 1_200_000);
afterAll(async () => {
  await store.close();
  const report = process.env['GLOSS_COSTS_REPORT'];
  if (report)
    await writeFile(
      report,
      ['| query | answered | cold | again | CPU ms |', '| --- | --- | --- | --- | --- |', ...rows].join('\n'),
    );
});

async function linesOf(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gloss-costs-'));
  try {
    const bytes = await readFile(DOCS ?? (await writeBenchCorpus(folder, COUNT)).docs);
    return (DOCS?.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().trim().split('\n');
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function importAll(tenant: TenantId, documents: readonly ImportedDocument[]): Promise<void> {
  for (let start = 0; start < documents.length; start += 100) {
    await importDocuments(store.deps, { id: tenant, createdAtMs: 0 }, documents.slice(start, start + 100));
    if (start % 500 === 0) await store.settle(tenant);
  }
  await store.settle(tenant);
}

/** What a request answers, and what it reads: by an instance that has read nothing, and by the same again. */
async function costOf(name: string, ask: (deps: TemporaryIndex['deps']) => Promise<unknown>) {
  const once = async (deps: TemporaryIndex['deps']) => {
    const before = meter.snapshot();
    const used = process.cpuUsage();
    const answer = await ask(deps).catch((error: unknown) => {
      if (error instanceof GlossError && error.code === 'query_too_costly') return 'refused';
      throw error;
    });
    const { user, system } = process.cpuUsage(used);
    return { answer, units: meter.since(before).readUnits, cpuMs: Math.round((user + system) / 1000) };
  };
  const cold = await once(store.deps);
  const caching = { ...store.deps, segments: cachingSegmentStore(store.deps.segments, 2 ** 28) };
  const first = await once(caching);
  const again = await once(caching);
  rows.push(
    `| ${name} | ${cold.answer === 'refused' ? 'no' : 'yes'} | ${cold.units} | ${again.units} | ${cold.cpuMs} |`,
  );
  expect(first.answer, name).toEqual(cold.answer);
  expect(again.answer, name).toEqual(cold.answer);
  const { indexUnits, loadUnits } = READ_BOUNDS;
  expect(cold.units, name).toBeLessThanOrEqual(indexUnits + loadUnits + MANIFEST_UNITS);
  return cold;
}

const ALL = { limit: 100, likely: true, related: true, suggestions: true };
const read = queryParser(ENGLISH);
const searching = (tenant: TenantId, request: SearchRequest) => async (deps: TemporaryIndex['deps']) => {
  const { hits, total, likely, related, suggestions } = await search(deps, tenant, request);
  return {
    total,
    hits: hits.map(({ imageId }) => imageId),
    likely: likely?.map(({ imageId }) => imageId),
    related,
    suggestions,
  };
};
const two = (count: number) => [...new Set(common.map((word) => word.slice(0, 2)))].slice(0, count);

it.each([
  ['64 common words', () => common.slice(0, 64).join(' ')],
  ['64 common words, any of them', () => common.slice(0, 64).join(' OR ')],
  [
    '20 beginnings of two letters',
    () =>
      two(20)
        .map((prefix) => `${prefix}*`)
        .join(' '),
  ],
  [
    '20 beginnings of two letters, any of them',
    () =>
      two(20)
        .map((prefix) => `${prefix}*`)
        .join(' OR '),
  ],
  ['a phrase of common words', () => `"${common[1]!} ${common[0]!}"`],
  [
    '64 words that nobody has',
    () =>
      common
        .slice(0, 64)
        .map((word) => `${word}q`)
        .join(' '),
  ],
])('%s', async (name, text) => {
  const all = { ...ALL, query: read(text().slice(0, 1_000)) };
  await costOf(name, searching(words, { ...all, limit: 20, likely: false, related: false }));
  await costOf(`${name}, with likely and related, 100 hits`, searching(words, all));
  await costOf(
    `${name}, by date, 100 hits`,
    searching(words, { ...all, likely: false, related: false, order: 'newest' }),
  );
  await costOf(
    `${name}, plain, 100 hits`,
    searching(words, { ...all, query: plainQuery(text().replaceAll(' OR ', ' ')) }),
  );
});

it.each([
  ['a word of glosses of 95 KB', 'sky'],
  ['a phrase that only glosses decide, 95 KB each', '"sky w19"'],
  ['a field that only glosses decide, 95 KB each', 'text:sky'],
  ['misspelt words, glosses of 95 KB', 'skyy wx w11x n0x skkyy skyx'],
])('%s', async (name, text) => {
  const { units } = await costOf(name, searching(huge, { ...ALL, query: read(text) }));
  expect(units).toBeGreaterThan(1); // it has read something
  await costOf(`${name}, by date`, searching(huge, { ...ALL, query: read(text), order: 'oldest' }));
});

it.each([
  ['a word of 90 KB of words of their own each', 'sky'],
  ['a beginning, the same', 'ab*'],
  ['a phrase that only glosses decide, the same', '"sky aaaaa" OR caption:sky'],
  ['misspelt words, the same', 'abcdq bcdeq cdefq defgq'],
])('%s', async (name, text) => {
  const { units } = await costOf(name, searching(own, { ...ALL, query: read(text) }));
  expect(units).toBeGreaterThan(1); // it has read something
});

it('completions of a letter', async () => {
  await costOf('GET /v1/words, a letter', (deps) => completeWord(deps, words, common[0]![0]!, ENGLISH, 20));
  await costOf('GET /v1/words, glosses of 95 KB', (deps) => completeWord(deps, huge, 'w', ENGLISH, 20));
  await costOf('GET /v1/words, words of their own', (deps) => completeWord(deps, own, 'ab', ENGLISH, 20));
});
