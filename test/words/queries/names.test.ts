import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseTenantId } from '../../../lib/domain/ids.ts';
import { startService } from '../../support/service.ts';

/** Names of pictures, which words find them and which do not: by reading, with `;` between. */
const NAMES: readonly (readonly [name: string, finds: string, not: string])[] = [
  ['beach.jpg', 'beach; BEACH; beaches; name:beach; bea*', 'jpg'],
  ['holiday/Italy 2019/rome_colosseum-night.jpeg', 'holidays; Italy; 2019; Rome; colosseum; night', 'jpeg'],
  ['IMG_1234.JPG', '', 'img; 1234; IMG_1234'],
  ['DSC0001.jpg', '', 'dsc; 0001; DSC0001'],
  ['DCIM/100CANON/IMG_0042.jpg', '', 'canon; dcim; 0042; 100'],
  ['P1010001.JPG', '', 'p; P1010001; 1010001'],
  ['PXL_20210304_123456789.jpg', '', 'pxl; 20210304'],
  ['IMG-20190812-WA0003.jpg', '', 'wa; img; 0003; 20190812'],
  ['IMG_2019.jpg', '', '2019; img'],
  ['550e8400-e29b-41d4-a716-446655440000.png', '', '41; d4; a716; 8400'],
  ['d41d8cd98f00b204e9800998ecf8427e.webp', '', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['dQw4w9WgXcQ.jpg', '', 'dQw4w9WgXcQ; wg'],
  ['photos/1506744038136.jpg', 'photos', '1506744038136'],
  ['GoldenGateBridge.png', 'golden; gate; bridge; "golden gate bridge"; GoldenGateBridge', 'png'],
  ['YouTube-Thumbnail.jpg', 'youtube; thumbnails; tube', ''],
  ['iPhone15.jpg', 'iphone; iphone15; "iphone 15"', ''],
  ['mountain-lake-2.jpg', 'mountain; lakes; "mountain lake"', '2'],
  ['tower (1).jpg', 'towers', '1'],
  ['Screenshot 2024-05-17 at 10.23.45.png', 'screenshots; 2024', '10; 23; 45; 17; 05'],
  ['t-shirt_red.jpg', 't-shirt; tshirt; shirt; red; "red"', ''],
  ['HTMLPage.png', 'html; page; htmlpage', ''],
  ['DVDs.jpg', 'dvd; dvds', 'ds'],
  ['lens 50mm.tif', 'lens; 50mm; "50mm"', 'tif'],
  ['icecream.avif', 'icecream; ice-cream', 'avif'],
  ['hot.dog.stand.gif', 'hot dog; stand', 'gif'],
  ['Café_Zürich.jpg', 'cafe; zurich; Zürich', ''],
  ['Cafe\u0301Mu\u0308nchen.jpg', 'café; munchen', ''],
  ['summer%20garden.jpg', 'summer; garden; "summer garden"', '20'],
  ['москва_зима.jpg', 'москва; зима', ''],
  ['東京タワー_夜.jpg', '東京タワー; 夜', ''],
  ['1920x1080/waterfall.jpg', 'waterfalls', '1920; 1080; 1920x1080'],
  ["grandma's_birthday.jpg", 'grandma; birthday; birthdays', ''],
  ['sunset01.jpg', 'sunset', '01; 1'],
  ['R2D2_robot.jpg', 'robot; R2D2', '2'],
  ['img/poodle.jpg', 'poodle; img; dog', ''],
];
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
const listed = (words: string) => (words === '' ? [] : words.split('; '));

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
  const isFound = async (query: string) => [query, (await namesFor(query)).includes(name)];
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

it('restricts a word to names', async () => {
  expect(await namesFor('something')).toHaveLength(NAMES.length + IDS.length);
  expect(await namesFor('name:something')).toEqual([]);
  expect(await namesFor('something -name:beach')).not.toContain('beach.jpg');
});
