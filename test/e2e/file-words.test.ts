import { afterAll, beforeAll, expect, it } from 'vitest';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { pictureWith, xmpOf } from '../support/file-words.ts';
import { s3Event, startService } from '../support/service.ts';

/** What files say of themselves, from the upload to the answer. */

interface Hit {
  name: string;
  score: number;
  views: { kind: string; words: string[] }[];
  file?: { words: string[]; highlights: object[]; keywords?: string[]; title?: string; description?: string };
}

const acme = parseTenantId('acme');
const FILES = {
  'Denmark/harbour_evening.jpg': {
    keywords: ['seagull', 'lighthouse keeper'],
    title: 'Old harbour',
    description: 'Boats at dawn.',
  },
  'IMG_0001.jpg': { keywords: ['walrus'] },
  'plain.jpg': {},
};

let service: Awaited<ReturnType<typeof startService>>;
let key: string;
const answerOf = async (query: string, by = key) =>
  (await service.request('GET', `/v1/search?q=${encodeURIComponent(query)}`, by)).json as { hits: Hit[] };
const namesFor = async (query: string, by = key) => (await answerOf(query, by)).hits.map(({ name }) => name);

beforeAll(async () => {
  service = await startService();
  key = await service.keys.create(acme);
  for (const [i, [name, words]] of Object.entries(FILES).entries()) {
    const xmp = Object.keys(words).length > 0 ? { xmp: xmpOf(words) } : {};
    await service.upload(`uploads/acme/${name}`, await pictureWith(xmp));
    await service.describe(s3Event('Created:Put', `uploads/acme/${name}`, `0${i + 1}`));
  }
  await service.indexAll();
});
afterAll(() => service.close());

const HARBOUR = 'Denmark/harbour_evening.jpg';

it.each([
  ['seagulls', HARBOUR],
  ['keyword:seagull', HARBOUR],
  ['"lighthouse keeper"', HARBOUR],
  ['dawn', HARBOUR],
  ['Denmark', HARBOUR],
  ['name:harbour', HARBOUR],
  ['walrus', 'IMG_0001.jpg'],
  ['plain', 'plain.jpg'],
  ['keyword:dawn', undefined],
  ['tag:walrus', undefined],
  ['name:seagull', undefined],
  ['jpg', undefined],
])('%s finds %s', async (query, name) => {
  expect(await namesFor(query)).toEqual(name === undefined ? [] : [name]);
});

it('says what was found in the file, and shows the whole picture', async () => {
  const { hits } = await answerOf('seagull evening harbour');
  expect(hits).toMatchObject([
    {
      name: HARBOUR,
      views: [{ kind: 'whole', words: [] }],
      file: {
        ...FILES[HARBOUR],
        words: ['harbour', 'evening', 'seagull'],
        highlights: [
          { field: 'name', index: 0, start: 8, end: 15 },
          { field: 'name', index: 0, start: 16, end: 23 },
          { field: 'keyword', index: 0, start: 0, end: 7 },
          { field: 'title', index: 0, start: 4, end: 11 },
        ],
      },
    },
  ]);
});

it('is shown with the image', async () => {
  const { json } = await service.request('GET', `/v1/images/${imageIdOf(acme, HARBOUR)}`, key);
  expect(json).toMatchObject({ gloss: { file: FILES[HARBOUR] } });
});

it('is exported and imported', async () => {
  const { json } = await service.request('GET', '/v1/export', key);
  const other = await service.keys.create(parseTenantId('other'));
  const { documents } = json as { documents: object[] };
  expect((await service.request('POST', '/v1/documents', other, { documents })).status).toBe(202);
  await service.indexAll();
  for (const query of ['seagull', 'keyword:walrus', 'dawn', 'name:evening', 'plain'])
    expect(await namesFor(query, other)).toEqual(await namesFor(query));
});

it('outranks what the model says, by keyword and title', async () => {
  const views = ['a', 'b', 'c', 'd', 'e'].map((letter, index) => ({
    index,
    kind: 'text' as const,
    tags: [],
    caption: `Something ${letter}.`,
    visibleText: '',
  }));
  const said = views.map((view) => ({ ...view, tags: ['zeppelin'], caption: `A zeppelin ${view.index}.` }));
  const origin = { model: 'm', promptVersion: '1', cropPolicy: 'none' };
  const documents = [
    { id: 'model', gloss: { ...origin, views: said } },
    { id: 'keyword', gloss: { ...origin, views, file: { keywords: ['zeppelin'] } } },
    { id: 'title', gloss: { ...origin, views, file: { title: 'My zeppelin' } } },
    { id: 'description', gloss: { ...origin, views, file: { description: 'With a zeppelin.' } } },
    { id: 'zeppelin.jpg', gloss: { ...origin, views } },
  ];
  const third = await service.keys.create(parseTenantId('third'));
  expect((await service.request('POST', '/v1/documents', third, { documents })).status).toBe(202);
  await service.indexAll();
  const found = await namesFor('zeppelin', third);
  expect(found.slice(0, 2).toSorted()).toEqual(['keyword', 'title']);
  expect(found.at(-1)).toBe('zeppelin.jpg');
});
