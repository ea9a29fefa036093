import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoManifests } from '../../lib/adapters/dynamo-manifests.ts';
import { dynamoGlosses } from '../../lib/adapters/dynamo-glosses.ts';
import { dynamoImageRecords } from '../../lib/adapters/dynamo-image-records.ts';
import { dynamoSegmentStore } from '../../lib/adapters/dynamo-segment-store.ts';
import { parseQuery } from '../../lib/query/syntax/parse-query.ts';
import { search } from '../../lib/steps/search/search.ts';
import { imageIdOf, parseTenantId, type SegmentId, type TenantId } from '../../lib/domain/ids.ts';
import { sqsEvent, startService } from '../support/service.ts';

/** Pages of a search: every match once, in one order, from one snapshot. */

let service: Awaited<ReturnType<typeof startService>>;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

interface Hit {
  readonly name: string;
  readonly score: number;
  readonly hasAll?: boolean;
}
interface Page {
  readonly hits: readonly Hit[];
  readonly cursor?: string;
  readonly total: number;
  readonly totalIs: string;
}

async function newTenant(name: string) {
  const tenant = parseTenantId(name);
  const limits = { requestsPerSec: 1000, burst: 100_000 };
  return { tenant, key: await service.keys.create(tenant, undefined, { limits }) };
}
type Document = (typeof pictures)[number];
/** In so many commits, each of which makes a segment. */
async function load(key: string, documents: readonly Document[], commits = 1) {
  const each = Math.ceil(documents.length / commits);
  for (let start = 0; start < documents.length; start += Math.min(each, 100)) {
    const body = { documents: documents.slice(start, start + Math.min(each, 100)) };
    expect((await service.request('POST', '/v1/documents', key, body)).status).toBe(202);
    if (commits > 1) await service.indexAll();
  }
  await service.indexAll();
}
const ask = async (key: string, query: string, parameters: string) => {
  const path = `/v1/search?q=${encodeURIComponent(query)}${parameters}`;
  const { status, json } = await service.request('GET', path, key);
  return { status, page: json as unknown as Page };
};
const cursorOf = (page: Page): string =>
  page.cursor === undefined ? '' : `&cursor=${encodeURIComponent(page.cursor)}`;

/** All pages of an answer. */
async function walk(key: string, query: string, limit: number, more = ''): Promise<Page[]> {
  const pages: Page[] = [];
  let at = '';
  do {
    const { status, page } = await ask(key, query, `&limit=${limit}${more}${at}`);
    expect(status).toBe(200);
    expect(page.hits.length).toBeLessThanOrEqual(limit);
    pages.push(page);
    at = cursorOf(page);
  } while (at !== '');
  return pages;
}
const namesOf = (pages: readonly Page[]) => pages.flatMap(({ hits }) => hits.map(({ name }) => name));

/** Every 2nd picture has a dog, every 3rd a car and every 5th both beside each other; lengths and counts differ. */
const COUNT = 330;
const hasDog = (i: number) => i % 2 === 0 || i % 5 === 0;
const hasCar = (i: number) => i % 3 === 0 || i % 5 === 0;
const pictures = Array.from({ length: COUNT }, (_, i) => ({
  id: `p${i}`,
  captions: [
    i % 5 === 0 ? 'a dog car' : 'a thing',
    ...(i % 2 === 0 ? [`a dog ${'dog '.repeat(i % 7)}`] : []),
    ...(i % 3 === 0 ? [`a car ${'tree '.repeat(i % 4)}`] : []),
  ],
}));
const those = (is: (i: number) => boolean) => pictures.filter((_, i) => is(i)).map(({ id }) => id);

describe('the pages of an answer', () => {
  let key: string;
  beforeAll(async () => {
    ({ key } = await newTenant('paged'));
    await load(key, pictures);
  });

  it.each([
    ['dog', those(hasDog)],
    ['dog car', those((i) => hasDog(i) || hasCar(i))],
    ['+dog +car', those((i) => hasDog(i) && hasCar(i))],
    ['dog -car', those((i) => hasDog(i) && !hasCar(i))],
    ['"dog car"', those((i) => i % 5 === 0)],
    ['caption:car', those(hasCar)],
    ['unicorn', []],
  ])('of %s have every match once', async (query, expected) => {
    for (const limit of [20, 100]) {
      const pages = await walk(key, query, limit);
      expect(namesOf(pages).toSorted(), String(limit)).toEqual([...expected].sort());
      expect(pages.at(-1)).toMatchObject({ total: expected.length, totalIs: 'exact' });
      // Whether there is another match, a phrase does not tell before it was looked for.
      const full = query.startsWith('"') ? pages.slice(0, -1) : pages;
      if (expected.length > 0) expect(full.map(({ hits }) => hits.length)).not.toContain(0);
    }
  });

  it('that are ranked by words alone are in one order, whatever their size', async () => {
    const whole = (await walk(key, 'dog car', 100, '&plain=true')).flatMap(({ hits }) => hits);
    expect(whole.map(({ score }) => score)).toEqual(
      whole.map(({ score }) => score).toSorted((a, b) => b - a),
    );
    for (const limit of [33])
      expect((await walk(key, 'dog car', limit, '&plain=true')).flatMap(({ hits }) => hits)).toEqual(whole);
  });

  it('are ordered by the words within views up to the window, and by BM25 behind it; those with all words come first', async () => {
    const hits = (await walk(key, 'dog car', 20)).flatMap((page) => page.hits);
    const withAll = those((i) => hasDog(i) && hasCar(i));
    expect(hits.slice(0, withAll.length).every(({ hasAll }) => hasAll)).toBe(true);
    expect(hits.slice(withAll.length).some(({ hasAll }) => hasAll)).toBe(false);
    const parts = [hits.slice(0, 40), hits.slice(40, withAll.length), hits.slice(withAll.length)];
    for (const part of parts)
      expect(part.map(({ score }) => score)).toEqual(
        part.map(({ score }) => score).toSorted((a, b) => b - a),
      );
  });

  it('may change their size on the way', async () => {
    const { page: first } = await ask(key, 'dog', '&limit=10');
    const { page: second } = await ask(key, 'dog', `&limit=50${cursorOf(first)}`);
    expect(second.hits).toHaveLength(50);
    expect(new Set(namesOf([first, second])).size).toBe(60);
  });

  it('are those of one query and one tenant', async () => {
    const { page } = await ask(key, 'dog', '&limit=10');
    const { key: other } = await newTenant('not-paged');
    const refused = { status: 400, page: { code: 'field', field: 'cursor' } };
    expect(await ask(key, 'cat', cursorOf(page))).toMatchObject(refused);
    expect(await ask(key, 'dog', `&plain=true${cursorOf(page)}`)).toMatchObject(refused);
    expect(await ask(other, 'dog', cursorOf(page))).toMatchObject(refused);
    expect(await ask(key, 'dog', '&cursor=x')).toMatchObject(refused);
    const forged = page.cursor!.replace(/.{9}$/, 'AAAAAAAAA');
    expect(await ask(key, 'dog', `&cursor=${forged}`)).toMatchObject(refused);
  });
});

describe('what only glosses decide', () => {
  it('is found to the last, however many candidates have its words', async () => {
    const { key } = await newTenant('decided');
    const NEEDLES = [3, 541, 542, 687];
    const documents = Array.from({ length: 700 }, (_, i) => ({
      id: `p${i}`,
      captions: NEEDLES.includes(i)
        ? ['a red wall beside a very large red door']
        : ['a door that is red and a red door handle red'],
    }));
    await load(key, documents);
    const pages = await walk(key, '"large red door"', 20);
    expect(namesOf(pages).toSorted()).toEqual(NEEDLES.map((i) => `p${i}`).sort());
    expect(pages.length).toBeLessThanOrEqual(4);
    expect(pages.at(-1)).toMatchObject({ total: 4, totalIs: 'exact' });
  });
});

describe('a snapshot', () => {
  const manifestOf = (tenant: TenantId) =>
    dynamoManifests(new DynamoDBClient({}), process.env['INDEX_TABLE']!).read(tenant);
  const merged = async (tenant: TenantId) => {
    const before = (await manifestOf(tenant)).segments.map(({ id }) => id);
    await service.merge(sqsEvent({ tenant, task: 'merge' }));
    const after = new Set((await manifestOf(tenant)).segments.map(({ id }) => id));
    return before.filter((id) => !after.has(id));
  };
  const drop = (tenant: TenantId, segmentIds: readonly SegmentId[]) =>
    service.merge(sqsEvent({ tenant, task: 'drop', segmentIds, again: true }));

  it('stays as it was while images come, and shows nothing of those that go', async () => {
    const { tenant, key } = await newTenant('changing');
    await load(key, pictures, 30);
    const { page: first } = await ask(key, 'dog', '&limit=20');
    const shown = namesOf([first]);
    const gone = those(hasDog)
      .filter((name) => !shown.includes(name))
      .slice(0, 15);
    for (const name of gone)
      expect((await service.request('DELETE', `/v1/images/${imageIdOf(tenant, name)}`, key)).status).toBe(
        204,
      );
    await load(
      key,
      Array.from({ length: 60 }, (_, i) => ({ id: `new${i}`, captions: ['dog dog dog'] })),
    );
    const segments = await merged(tenant);
    expect(segments.length).toBeGreaterThan(0);
    const rest = [];
    for (let at = cursorOf(first); at !== '';) {
      const { status, page } = await ask(key, 'dog', `&limit=20${at}`);
      expect(status).toBe(200);
      rest.push(page);
      at = cursorOf(page);
    }
    const expected = those(hasDog).filter((name) => !gone.includes(name));
    expect(namesOf([first, ...rest]).toSorted()).toEqual(expected.sort());
  });

  it('that is gone is said to be so', async () => {
    const { tenant, key } = await newTenant('merged-away');
    await load(key, pictures.slice(0, 200), 30);
    const dynamo = new DynamoDBClient({});
    const { INDEX_TABLE, IMAGES_TABLE } = process.env as Record<string, string>;
    // An instance that has nothing in its cache.
    const deps = {
      manifests: dynamoManifests(dynamo, INDEX_TABLE!),
      segments: dynamoSegmentStore(dynamo, INDEX_TABLE!),
      records: dynamoImageRecords(dynamo, IMAGES_TABLE!),
      glosses: dynamoGlosses(dynamo, IMAGES_TABLE!, { nowMs: () => Date.now() }),
    };
    const request = { query: parseQuery('dog car'), limit: 20 };
    const { next } = await search(deps, tenant, request);
    const segments = await merged(tenant);
    expect(segments.length).toBeGreaterThan(0);
    const second = await search(deps, tenant, { ...request, from: next! });
    expect(second.hits).toHaveLength(20);
    await drop(tenant, segments);
    await expect(search(deps, tenant, { ...request, from: next! })).rejects.toMatchObject({
      kind: 'gone',
      code: 'snapshot_gone',
    });
    expect((await ask(key, 'dog car', '&limit=20')).status).toBe(200);
  });
});
