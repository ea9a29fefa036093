import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseTenantId } from '../../../lib/domain/ids.ts';
import { startService } from '../../support/service.ts';
import { listed, NAMES } from './names.ts';

/** Ids that are no names of pictures. */
const IDS = ['walrus', 'https://example.com/walrus', 'walrus.txt', 'walrus-4711'];

let service: Awaited<ReturnType<typeof startService>>;
let key: string;
const answerOf = async (query: string) => {
  const { status, json } = await service.request(
    'GET',
    `/v1/search?q=${encodeURIComponent(query)}&limit=100`,
    key,
  );
  expect(status).toBe(200);
  return json as { hits: { name: string; file?: unknown; views: { words: string[]; caption: string }[] }[] };
};
const namesFor = async (query: string) => (await answerOf(query)).hits.map(({ name }) => name);

beforeAll(async () => {
  service = await startService();
  const limits = { requestsPerSec: 1_000, burst: 10_000 };
  key = await service.keys.create(parseTenantId('names'), undefined, { language: 'en', limits });
  const documents = [...NAMES.map(([id]) => id), ...IDS].map((id) => ({ id, captions: ['Something.'] }));
  expect((await service.request('POST', '/v1/documents', key, { documents })).status).toBe(202);
  await service.indexAll();
});
afterAll(() => service.close());

it.each(NAMES)('%s', async (name, finds, not) => {
  // Names are composed when they come in.
  const stored = name.normalize('NFC');
  const isFound = async (query: string) => [query, (await namesFor(query)).includes(stored)];
  for (const query of listed(finds)) expect(await isFound(query)).toEqual([query, true]);
  for (const query of listed(not)) expect(await isFound(query)).toEqual([query, false]);
});

it('takes no id for a name', async () => expect(await namesFor('walrus')).toEqual([]));

it('says which words of the name were found, and shows the whole picture', async () => {
  const { hits } = await answerOf('rome beach');
  expect(hits.find(({ name }) => name.includes('rome'))).toMatchObject({
    views: [{ caption: 'Something.', words: [], highlights: [] }],
    file: { words: ['rome'], highlights: [{ field: 'name', index: 0, start: 19, end: 23 }] },
  });
});

it('shows what of a name was typed', async () => {
  const { hits } = await answerOf('IMG_1234');
  expect(hits.map(({ name }) => name)).toEqual(['IMG_1234.JPG']);
  expect(hits[0]).toMatchObject({
    views: [{ caption: 'Something.', words: [], highlights: [] }],
    file: { words: ['IMG_1234'], highlights: [{ field: 'name', index: 0, start: 0, end: 8 }] },
  });
});

it('finds exactly the files of a name that is asked for', async () => {
  expect(await namesFor('name:4711')).toEqual(['holiday/4711.jpg']);
  expect(await namesFor('name:DSC_4711')).toEqual(['DSC_4711.NEF']);
  expect(await namesFor('something -name:DSC_4711')).toHaveLength(NAMES.length + IDS.length - 1);
  expect(await namesFor('+DSC_4711 something')).toEqual(['DSC_4711.NEF']);
});

it('restricts a word to names', async () => {
  expect(await namesFor('something')).toHaveLength(NAMES.length + IDS.length);
  expect(await namesFor('name:something')).toEqual([]);
  expect(await namesFor('something -name:beach')).not.toContain('beach.jpg');
});
