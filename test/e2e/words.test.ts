import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { startService } from '../support/service.ts';
import { readWordCases } from '../support/words.ts';

/** What people type finds what is there, whichever form, spelling or letters either of them uses: the tables of test/words. */

let service: Awaited<ReturnType<typeof startService>>;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const TABLES = readdirSync(join(import.meta.dirname, '../words'))
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.replace('.txt', ''));

it('has tables of every kind', () => {
  expect(TABLES.length).toBeGreaterThanOrEqual(15);
});

describe.each(TABLES)('the words of %s', (table) => {
  const { language, documents, queries } = readWordCases(table);
  let key: string;
  beforeAll(async () => {
    key = await service.keys.create(parseTenantId(`words-${table}`), undefined, { language });
    expect((await service.request('POST', '/v1/documents', key, { documents })).status).toBe(202);
    await service.index(await service.drainIndexQueue());
  });

  it.each(queries)('$query', async ({ query, names }) => {
    const { status, json } = await service.request('GET', `/v1/search?q=${encodeURIComponent(query)}`, key);
    expect(status).toBe(200);
    expect((json as { hits: { name: string }[] }).hits.map(({ name }) => name).toSorted()).toEqual(names);
  });
});
