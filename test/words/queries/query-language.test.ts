import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseTenantId } from '../../../lib/domain/ids.ts';
import { countKinds, linesOfKinds } from './count-kinds.ts';
import { startService } from '../../support/service.ts';

/** The examples of docs/query-language.md, replayed. */

const PAGE = readFileSync(new URL('../../../docs/query-language.md', import.meta.url), 'utf8');
const rowsOf = (from: string, to: string) =>
  PAGE.slice(PAGE.indexOf(from), to === '' ? undefined : PAGE.indexOf(to))
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()));
const PICTURES = rowsOf('| picture', 'The answers,').map(([, id, caption]) => ({ id, captions: [caption] }));
const EXAMPLES = rowsOf('The answers,', '').map(([, query, finds]) => ({
  query: query!.slice(1, -1),
  finds: finds!,
}));

let service: Awaited<ReturnType<typeof startService>>;
let key: string;
beforeAll(async () => {
  service = await startService();
  key = await service.keys.create(parseTenantId('examples'));
  const { status } = await service.request('POST', '/v1/documents', key, { documents: PICTURES });
  expect(status).toBe(202);
  await service.indexAll();
});
afterAll(() => service.close());

it('stand below as many kinds of queries as there are', () =>
  expect(
    linesOfKinds(PAGE).map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, 3),
    ),
  ).toEqual([
    ...countKinds().map(([kind, queries]) => [kind, String(queries)]),
    ['all', String(countKinds().reduce((sum, [, queries]) => sum + queries, 0))],
  ]));

it('are twenty', () => expect(EXAMPLES).toHaveLength(20));

it.each(EXAMPLES)('$query finds $finds', async ({ query, finds }) => {
  const { json } = await service.request('GET', `/v1/search?q=${encodeURIComponent(query)}`, key);
  const names = (json as { hits: { name: string }[] }).hits.map(({ name }) => name);
  if (finds.startsWith('first ')) expect(names[0]).toBe(finds.slice('first '.length));
  else expect(names.toSorted()).toEqual(finds === 'nothing' ? [] : finds.split(' ').toSorted());
});
