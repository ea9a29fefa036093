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
const TAKEN = {
  'old.jpg': ['1998:12:31 23:59:59', 'Canon', 'Canon EOS 5'],
  'may.jpg': ['2024:05:17 10:20:30', 'Apple', 'iPhone 13'],
  'june.jpg': ['2024:06:01 00:00:00', 'Apple', 'iPhone 5'],
} as const;

/** When all of them come. */
let nowMs: number;
let service: Awaited<ReturnType<typeof startService>>;
let key: string;
const answerOf = async (query: string, by = key) =>
  (await service.request('GET', `/v1/search?q=${encodeURIComponent(query)}`, by)).json as { hits: Hit[] };
const namesFor = async (query: string, by = key) => (await answerOf(query, by)).hits.map(({ name }) => name);

beforeAll(async () => {
  service = await startService();
  key = await service.keys.create(acme);
  nowMs = Date.now();
  for (const [i, [name, words]] of Object.entries(FILES).entries()) {
    const xmp = Object.keys(words).length > 0 ? { xmp: xmpOf(words) } : {};
    await service.upload(`uploads/acme/${name}`, await pictureWith(xmp));
    await service.describe(s3Event('Created:Put', `uploads/acme/${name}`, `0${i + 1}`, 1, { atMs: nowMs }));
  }
  for (const [i, [name, [DateTimeOriginal, Make, Model]]] of Object.entries(TAKEN).entries()) {
    const exif = { IFD0: { Make, Model }, IFD2: { DateTimeOriginal } };
    await service.upload(
      `uploads/acme/taken/${name}`,
      await pictureWith({ exif, xmp: xmpOf({ keywords: ['heron', name.replace('.jpg', '')] }) }),
    );
    await service.describe(s3Event('Created:Put', `uploads/acme/taken/${name}`, `1${i}`, 1, { atMs: nowMs }));
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
  ['title:harbour', HARBOUR],
  ['title:old boats', HARBOUR],
  ['+title:dawn', undefined],
  ['description:dawn', HARBOUR],
  ['description:"boats at dawn"', HARBOUR],
  ['+description:harbour', undefined],
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
  for (const query of [
    'seagull',
    'keyword:walrus',
    'dawn',
    'name:evening',
    'plain',
    'date:1998',
    'camera:canon',
  ])
    expect(await namesFor(query, other)).toEqual(await namesFor(query));
});

it('is imported beside words', async () => {
  const file = {
    takenAt: '1999-12-31T23:59:00',
    keywords: ['pelican'],
    title: 'Last day',
    camera: 'Leica M6',
  };
  const documents = [
    { id: 'an-id', captions: ['A quay.'], file },
    { id: 'quay-wall', texts: ['A quay.'], file: { name: 'quay-wall', storedOn: '2001-01-01' } },
    { id: 'undated', texts: ['A quay.'] },
  ];
  const fourth = await service.keys.create(parseTenantId('fourth'));
  expect((await service.request('POST', '/v1/documents', fourth, { documents })).status).toBe(202);
  await service.indexAll();
  for (const [query, names] of [
    ['keyword:pelican', ['an-id']],
    ['title:"last day"', ['an-id']],
    ['camera:leica date:1999', ['an-id']],
    ['quay after:2000', ['quay-wall']],
    ['name:wall', ['quay-wall']],
    ['name:id', []],
  ] as const)
    expect(await namesFor(query, fourth), query).toEqual(names);
  const { json } = await service.request('GET', '/v1/search?q=quay&sort=oldest', fourth);
  expect((json as { hits: object[] }).hits).toMatchObject([
    { name: 'an-id', date: file.takenAt },
    { name: 'quay-wall', date: '2001-01-01' },
    { name: 'undated' },
  ]);
  const both = [
    { id: 'both', gloss: { model: 'm', promptVersion: '1', cropPolicy: 'none', views: [] }, file },
  ];
  expect((await service.request('POST', '/v1/documents', fourth, { documents: both })).status).toBe(400);
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

const OLD = 'taken/old.jpg';
const MAY = 'taken/may.jpg';
const JUNE = 'taken/june.jpg';
it.each([
  ['heron', [OLD, MAY, JUNE]],
  ['heron date:2024', [MAY, JUNE]],
  ['heron date:2024-05', [MAY]],
  ['heron date:2024-05-17', [MAY]],
  ['heron date:2024-05-18', []],
  ['date:1998', [OLD]],
  ['before:1999 heron', [OLD]],
  ['heron before:2024-05-17', [OLD]],
  ['heron before:2024-06', [OLD, MAY]],
  ['heron after:1998', [MAY, JUNE]],
  ['heron after:2024-05-16 before:2024-05-18', [MAY]],
  ['heron after:2024-05-17', [JUNE]],
  ['heron after:2024', []],
  ['+heron -date:2024', [OLD]],
  ['heron NOT before:2024', [MAY, JUNE]],
  ['date:1998 OR date:2024-06', [OLD, JUNE]],
  ['heron (date:1998 OR date:2024-06)', [OLD, MAY, JUNE]],
  ['heron AND (date:1998 OR date:2024-06)', [OLD, JUNE]],
  ['unicorn date:2024', []],
  ['heron camera:canon', [OLD]],
  ['camera:iphone', [MAY, JUNE]],
  ['camera:"iphone 13"', [MAY]],
  ['heron -camera:apple', [OLD]],
  ['apple', []],
  ['iphone', []],
  ['heron +keyword:june date:2024', [JUNE]],
  ['keyword:heron date:2024-05', [MAY]],
])('%s finds %s', async (query, names) => {
  const found = (await namesFor(query)).filter((name) => name.startsWith('taken/'));
  expect(found.toSorted()).toEqual(names.toSorted());
});

it('is found by the day on which it came, where the file does not say when it was taken', async () => {
  const year = new Date(nowMs).toISOString().slice(0, 4);
  expect(await namesFor(`plain date:${year}`)).toEqual(['plain.jpg']);
  expect(await namesFor(`plain before:${year}`)).toEqual([]);
});

it('shows the whole picture where a date alone was asked for', async () => {
  expect((await answerOf('date:1998')).hits).toMatchObject([
    { name: OLD, views: [{ kind: 'whole', words: [] }] },
  ]);
});

it('tells a date that is none, with its place, and reads words as words', async () => {
  for (const [query, at, length] of [
    ['heron date:2024-13', 11, 7],
    ['before:20240517', 7, 8],
    ['heron after:1066', 12, 4],
    ['camera:can*', 7, 4],
  ] as const) {
    const { status, json } = await service.request('GET', `/v1/search?q=${encodeURIComponent(query)}`, key);
    expect([status, json]).toMatchObject([400, { field: 'q', at, length }]);
  }
  expect(await namesFor('after:heron')).toHaveLength(3);
});

it('is shown with the image: when, with what, and not where', async () => {
  const { json } = await service.request('GET', `/v1/images/${imageIdOf(acme, MAY)}`, key);
  const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/) as string;
  expect((json as { gloss: { file: object } }).gloss.file).toEqual({
    keywords: ['heron', 'may'],
    takenAt: '2024-05-17T10:20:30',
    storedOn: moment,
    camera: 'Apple iPhone 13',
  });
});

it('keeps where a picture was taken only for a tenant that asks for it', async () => {
  const IFD3 = {
    GPSLatitudeRef: 'S',
    GPSLatitude: '33/1 51/1 0/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '151/1 12/1 0/1',
  };
  const picture = await pictureWith({ exif: { IFD0: { Make: 'Canon' }, IFD3 } });
  const fileOf = async (tenant: string, settings: object) => {
    const id = parseTenantId(tenant);
    const own = await service.keys.create(id, undefined, settings);
    await service.upload(`uploads/${tenant}/sydney.jpg`, picture);
    await service.describe(s3Event('Created:Put', `uploads/${tenant}/sydney.jpg`, '01'));
    const { json } = await service.request('GET', `/v1/images/${imageIdOf(id, 'sydney.jpg')}`, own);
    return (json as { gloss: { file: object } }).gloss.file;
  };
  expect(await fileOf('silent', {})).not.toHaveProperty('place');
  expect(await fileOf('asking', { readsPlace: true })).toMatchObject({
    place: { latitude: expect.closeTo(-33.85, 5) as number, longitude: expect.closeTo(151.2, 5) as number },
  });
});
