import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTenantId } from '../../../lib/domain/ids.ts';
import type { Language } from '../../../lib/domain/language.ts';
import { startService } from '../../support/service.ts';
import type { QueryTable } from './table.ts';

interface Found {
  readonly query: { readonly withoutAbsent?: string };
  readonly hits: readonly { readonly name: string }[];
  readonly didYouMean?: readonly { readonly words: readonly { readonly word: string }[] }[];
}

const sorted = (words: string): string => words.split(' ').toSorted().join(' ');

/** Asks every query of the tables through the API, each table as a tenant of its own. */
export function askTables(tables: readonly QueryTable[]): void {
  let service: Awaited<ReturnType<typeof startService>>;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  describe.each(tables)('$name', ({ name, language, documents, queries }) => {
    let key: string;
    beforeAll(async () => {
      const limits = { requestsPerSec: 1_000, burst: 10_000 };
      key = await service.keys.create(
        parseTenantId(name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-')),
        undefined,
        {
          language: language as Language,
          limits,
        },
      );
      const imports = Object.entries(documents).map(([id, words]) =>
        typeof words === 'string' ? { id, captions: [words] } : { id, tags: words },
      );
      const { status } = await service.request('POST', '/v1/documents', key, { documents: imports });
      expect(status).toBe(202);
      await service.indexAll();
    });

    it.each(queries)('%s → %s', async (query, expected) => {
      const { status, json } = await service.request(
        'GET',
        `/v1/search?q=${encodeURIComponent(query)}&limit=100`,
        key,
      );
      const [kind, wanted] = /^(first|suggests|offers|refused): (.*)$/u.exec(expected)?.slice(1) ?? ['', ''];
      if (kind === 'refused') {
        const { at, length } = json as { at: number; length: number };
        expect([status, query.slice(at, at + length)]).toEqual([400, wanted]);
        return;
      }
      expect([status, json]).toEqual([200, expect.anything()]);
      const { hits, didYouMean = [], query: read } = json as Found;
      const names = hits.map((hit) => hit.name);
      if (kind === 'first') expect(names[0]).toBe(wanted);
      else if (kind === 'suggests')
        expect(didYouMean.flatMap(({ words }) => words.map(({ word }) => word))).toContain(wanted);
      else if (expected === 'no correction') expect(didYouMean).toEqual([]);
      else if (kind === 'offers') expect(read.withoutAbsent).toBe(wanted);
      else expect(sorted(names.join(' '))).toBe(sorted(expected));
    });
  });
}
