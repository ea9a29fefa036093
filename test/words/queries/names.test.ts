import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseTenantId } from '../../../lib/domain/ids.ts';
import { startService } from '../../support/service.ts';

/** Names of pictures, which words find them and which do not: by reading, with `;` between. */
const NAMES: readonly (readonly [name: string, finds: string, not: string])[] = [
  ['beach.jpg', 'beach; BEACH; beaches; name:beach; bea*', 'jpg'],
  ['holiday/Italy 2019/rome_colosseum-night.jpeg', 'holidays; Italy; 2019; Rome; colosseum; night', 'jpeg'],
  [
    'IMG_1234.JPG',
    'IMG_1234; img-1234; IMG_1234.JPG; name:IMG_1234; name:"IMG 1234"',
    'img; 1234; name:1234; name:IMG_12',
  ],
  ['DSC0001.jpg', 'DSC0001; dsc0001.jpg; name:dsc0001', 'dsc; 0001; name:0001'],
  ['DCIM/100CANON/IMG_0042.jpg', 'IMG_0042; DCIM/100CANON/IMG_0042.jpg', 'canon; dcim; 0042; 100'],
  ['P1010001.JPG', 'P1010001; name:p1010001', 'p; 1010001'],
  ['PXL_20210304_123456789.jpg', 'PXL_20210304_123456789; name:20210304', 'pxl; 20210304'],
  ['IMG-20190812-WA0003.jpg', 'IMG-20190812-WA0003; name:20190812; name:WA0003', 'wa; img; 0003; 20190812'],
  ['IMG_2019.jpg', 'IMG_2019', '2019; img'],
  ['550e8400-e29b-41d4-a716-446655440000.png', '550e8400-e29b-41d4-a716-446655440000', '41; d4; a716; 8400'],
  ['d41d8cd98f00b204e9800998ecf8427e.webp', 'd41d8cd98f00b204e9800998ecf8427e', 'd41d8cd98f00b204'],
  ['dQw4w9WgXcQ.jpg', 'dQw4w9WgXcQ; name:dQw4w9WgXcQ', 'wg'],
  ['photos/1506744038136.jpg', 'photos; 1506744038136; name:1506744038136', '150674; 1506744038137'],
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
  ['sunset01.jpg', 'sunset; name:sunset01', '01; 1; sunset02'],
  ['R2D2_robot.jpg', 'robot; R2D2', '2'],
  ['img/poodle.jpg', 'poodle; img; dog', ''],
  // Numbers and models that people look for.
  ['boeing-747.jpg', '747; boeing 747; boeing747; "boeing 747"; name:747', ''],
  ['Boeing 747-400 KLM.jpg', '747; 400; KLM; "747 400"', ''],
  ['747.jpg', '747', ''],
  ['B52.jpg', 'B52; b-52; B 52', ''],
  ['B-52_Stratofortress.jpg', 'B52; B-52; stratofortress', ''],
  ['route-66.jpg', 'route 66; route-66; route66; 66', ''],
  ['Route66 sign.jpg', 'route 66; route66; sign', ''],
  ['A380 landing.jpg', 'A380; landing; a-380', ''],
  ['airbus_a320neo.jpg', 'a320neo; airbus', ''],
  ['F-16 airshow 2019.jpg', 'F-16; F16; airshow; 2019; 16', ''],
  ['Apollo 11 1969.jpg', 'apollo 11; 11; 1969', ''],
  ['porsche_911_turbo.jpg', '911; porsche 911; turbo', ''],
  ['Nokia-3310.jpg', 'nokia 3310; 3310', ''],
  ['Peugeot 205 GTI 1.9.jpg', '205; gti', '9'],
  ['area51.jpg', 'area 51; area51', ''],
  ['studio 54.png', 'studio 54; 54', ''],
  ['1960s kitchen.jpg', '1960s; kitchen', ''],
  ['tv 1080p.png', '1080p; tv', ''],
  ['4x4 desert.jpg', '4x4; desert', ''],
  ['U2 concert.jpg', 'U2; concert', '2'],
  ['mp3-player.png', 'mp3; player', '3'],
  ['BMW_M3_E46.jpg', 'm3; e46; bmw', ''],
  ['GT3RS.jpg', 'gt3rs', ''],
  ['T-34 tank.jpg', 'T-34; t34; tank', ''],
  ['lens 24-70mm.jpg', '70mm; lens', ''],
  ['flight MH370.jpg', 'MH370; flight', ''],
  ['H2O.svg', 'h2o', ''],
  ['C-3PO and R2-D2.jpg', 'r2d2; R2-D2', ''],
  // Numbers of cameras and programs, dates and times.
  ['100_1234.JPG', '100_1234; name:100_1234', '100; 1234'],
  ['DSC_4711.NEF', 'DSC_4711; name:DSC_4711.NEF', 'dsc; 4711; DSC_4712'],
  ['_MG_5678.CR2', '_MG_5678; MG_5678', 'mg; 5678'],
  ['_IGP1234.jpg', '', 'igp; 1234'],
  ['L1020345.DNG', '', 'l; 1020345'],
  ['G0012345.JPG', '', 'g; 12345'],
  ['SDIM0123.jpg', '', 'sdim; 0123'],
  ['P5120123.ORF', '', 'p; 0123'],
  ['DSCN4567 lighthouse.jpg', 'lighthouse; name:DSCN4567', 'dscn; 4567'],
  ['IMG_2034-edited.jpg', 'edited', 'img; 2034'],
  ['20240512_101112.jpg', '20240512_101112; name:20240512', '20240512; 101112'],
  ['WhatsApp Image 2024-05-17 at 10.23.45.jpeg', 'whatsapp; 2024', '10; 23; 45; 17'],
  ['WP_20150101_12_34_56_Pro.jpg', 'pro', 'wp; 12; 34; 56'],
  ['Screen Shot 2020-11-12 at 11.14.15 PM.png', 'screen; 2020', '11; 12; 14; 15'],
  ['signal-2023-11-12-183045.jpg', 'signal; 2023', '11; 12; 183045'],
  ['2019/12/market.jpg', 'market; 2019', '12'],
  ['17.12.24 dinner.jpg', 'dinner', '17; 12; 24'],
  ['photo 4711.jpg', 'photo', '4711'],
  ['Scan 23.png', 'scan', '23'],
  ['holiday/4711.jpg', 'holiday', '4711'],
  ['orchid (12).jpg', 'orchids', '12'],
  ['meadow20240517.jpg', 'meadow', '20240517'],
  ['tulip0012.jpg', 'tulips', '0012; 12'],
  ['poster 800x600.png', 'poster', '800; 600'],
  ['unsplash-photo-1506744038136-46273834b3fb.jpg', 'unsplash', '1506744038136; 46273834b3fb'],
  ['12345_678901_n.jpg', '12345_678901_n', '12345; 678901'],
  // With spaces, and typed with others.
  [
    'DSC 0815.jpg',
    'DSC 0815; DSC_0815; DSC 0815.jpg; dsc-0815.JPG; name:"DSC 0815.jpg"; a field DSC 0815',
    '0815; DSC 0816.jpg',
  ],
  ['DSC_0816.jpg', 'DSC 0816; DSC 0816.jpg; name:"DSC 0816"', 'DSC 0815.jpg; 0816'],
  ['Lagoon Trip 12.jpg', 'lagoon trip 12.jpg; lagoons', 'lagoo trip 12.jpg'],
  [
    'IMG 20240517 101113.jpg',
    'IMG_20240517_101113; IMG 20240517 101113.jpg; name:20240517',
    'IMG 20240517 101114.jpg',
  ],
  ['image_2034.png', 'image_2034; name:image_2034', '2034'],
  [
    'COCO_val2014_000000000790.jpg',
    'name:000000000790; COCO_val2014_000000000790',
    '000000000790; 790; name:790',
  ],
  [
    'trip/000000000791.jpg',
    '000000000791; name:000000000791; name:000000000791.jpg',
    '791; name:791; 000000000792',
  ],
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
