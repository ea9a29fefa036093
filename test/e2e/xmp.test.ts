import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { embeddedTenants, makeTenantKey, type TenantsTable } from '../../lib/cli/service/tenant-keys.ts';
import { createClient, type Client } from '../../lib/client/index.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { firstLine, kill, runNode, startNode, type NodeProcess } from '../support/start-node.ts';

/** Words out as XMP sidecars, as ExifTool reads them, and in again. */

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'gloss-xmp-'));
const out = join(folder, 'sidecars');

const exiftool = (...args: string[]) => spawnSync('exiftool', args, { encoding: 'utf8' });
const withoutExiftool = exiftool('-ver').status === 0 ? '' : ' (skipped: exiftool not found)';

let stack: NodeProcess;
let url: string;
let table: TenantsTable;
let key: string;
let gloss: Client;
let catId: string;
beforeAll(async () => {
  stack = startNode([join(import.meta.dirname, 'run-local-stack.ts'), join(folder, 'data')]);
  const told = JSON.parse(await firstLine(stack)) as { apiUrl: string; environment: unknown };
  url = told.apiUrl;
  table = embeddedTenants(told.environment);
  key = await makeTenantKey(table, parseTenantId('out'));
  gloss = createClient(url, key);
  const cat = new File([await readFile(join(ROOT, 'test/fixtures/samples/chelsea.jpg'))], 'pets/cat.jpg');
  catId = (await gloss.upload(cat)).id;
  const { images } = await gloss.call('importDocuments', {
    body: {
      documents: [
        {
          id: 'pier.jpg',
          captions: ['a wooden pier at <sunset> & dusk'],
          tags: ['pier'],
          file: { keywords: ['Brighton'], takenAt: '2024-05-17T10:20:30' },
        },
      ],
    },
  });
  await gloss.waitUntilSearchable(images[0]!.id);
});
afterAll(async () => {
  await kill(stack);
  rmSync(folder, { recursive: true });
});

const run = (as: string, ...args: string[]) =>
  runNode([join(ROOT, 'lib/cli/gloss.ts'), ...args], { ...process.env, GLOSS_ENDPOINT: url, GLOSS_KEY: as });

it('writes a sidecar for each picture, and over none', async () => {
  const first = await run(key, 'export', '--xmp', out);
  expect([first.code, first.stdout]).toEqual([0, `2 sidecars written to ${out}\n`]);
  expect((await readdir(out, { recursive: true })).toSorted()).toEqual([
    'pets',
    'pets/cat.jpg.xmp',
    'pier.jpg.xmp',
  ]);
  const again = await run(key, 'export', '--xmp', out);
  expect(again.code).toBe(2);
  expect(again.stdout).toContain('pier.jpg is left out: its sidecar is there already');
});

it('says where no folder can be made', async () => {
  const file = join(folder, 'a file');
  await writeFile(file, '');
  for (const [place, why] of [
    [file, 'is a file: name a folder'],
    [join(file, 'out'), 'is inside a file: name a folder'],
    ...(process.platform === 'linux' ? [['/proc/gloss', 'cannot be written: ENOENT']] : []),
  ] as const) {
    const { code, stderr } = await run(key, 'export', '--xmp', place);
    expect([code, stderr.includes(`gloss: ${place} ${why}`)]).toEqual([1, true]);
  }
});

interface Read {
  readonly 'XMP-dc:Subject': readonly string[] | string;
  readonly 'XMP-dc:Description': string;
  readonly 'XMP-mwg-rs:RegionInfo'?: {
    readonly AppliedToDimensions: { readonly W: number; readonly H: number; readonly Unit: string };
    readonly RegionList: readonly {
      readonly Name: string;
      readonly Area: Readonly<Record<'X' | 'Y' | 'W' | 'H', number>> & { readonly Unit: string };
    }[];
  };
}
const read = (name: string): Read => {
  const { stdout } = exiftool('-json', '-struct', '-G1', '-XMP:all', join(out, name));
  return (JSON.parse(stdout) as [Read])[0];
};

it.skipIf(withoutExiftool)(
  `has keywords, description and boxes as ExifTool reads them${withoutExiftool}`,
  async () => {
    const pier = read('pier.jpg.xmp');
    expect(pier).toMatchObject({
      'XMP-dc:Subject': ['Brighton', 'pier'],
      'XMP-dc:Description': 'a wooden pier at <sunset> & dusk',
      'XMP-exif:DateTimeOriginal': '2024:05:17 10:20:30',
    });
    const { widthPx, heightPx, gloss: words } = await gloss.call('showImage', { path: { id: catId } });
    const cat = read('pets/cat.jpg.xmp');
    expect([cat['XMP-dc:Subject']].flat()).toEqual([...new Set(words!.views.flatMap(({ tags }) => tags))]);
    expect(cat['XMP-dc:Description']).toBe(words!.views[0]!.caption);
    const { AppliedToDimensions: size, RegionList: regions } = cat['XMP-mwg-rs:RegionInfo']!;
    expect(size).toEqual({ W: widthPx, H: heightPx, Unit: 'pixel' });
    const boxes = regions.map(({ Area: { X, Y, W, H } }) => ({
      left: Math.round((X - W / 2) * size.W) + 0, // no -0
      top: Math.round((Y - H / 2) * size.H) + 0,
      width: Math.round(W * size.W),
      height: Math.round(H * size.H),
    }));
    const crops = words!.views.filter(({ kind }) => kind === 'crop');
    expect(boxes).toEqual(crops.map(({ box }) => box));
    for (const name of ['pier.jpg.xmp', 'pets/cat.jpg.xmp'])
      expect(exiftool('-validate', '-warning', '-error', '-a', join(out, name)).stdout).toMatch(
        /^Validate *: OK\n$/,
      );
  },
);

it('takes no picture’s place unasked, and is the same words for another tenant', async () => {
  const back = await run(key, 'import', out);
  expect([back.code, back.stderr]).toEqual([1, expect.stringContaining('would take the place of a picture')]);
  const other = await makeTenantKey(table, parseTenantId('in'));
  const imported = await run(other, 'import', out, '--wait');
  expect([imported.stdout, imported.code]).toEqual(['2 of 2 documents imported, 2 searchable\n', 0]);
  const client = createClient(url, other);
  const namesFor = async (query: string) => {
    const names: string[] = [];
    for await (const { name } of client.search(query)) names.push(name);
    return names;
  };
  expect(await namesFor('cat')).toEqual(['pets/cat.jpg']);
  expect(await namesFor('tag:pier')).toEqual(['pier.jpg']);
  expect(await namesFor('keyword:Brighton')).toEqual(['pier.jpg']);
  expect(await namesFor('date:2024-05')).toEqual(['pier.jpg']);
  const { images } = await client.call('askStatus', { body: { names: ['pets/cat.jpg'] } });
  const shown = await client.call('showImage', { path: { id: images[0]!.id } });
  const before = await gloss.call('showImage', { path: { id: catId } });
  const cropsOf = (views: NonNullable<typeof shown.gloss>['views']) =>
    views
      .filter(
        ({ kind, tags, caption, visibleText }) =>
          kind === 'crop' && (tags.length > 0 || caption + visibleText),
      )
      .map(({ box, tags, caption }) => ({ box, tags, caption }));
  expect(cropsOf(shown.gloss!.views)).toEqual(cropsOf(before.gloss!.views));
  expect(cropsOf(shown.gloss!.views).length).toBeGreaterThan(0);
});

it.skipIf(withoutExiftool)(`takes what ExifTool writes${withoutExiftool}`, async () => {
  const theirs = mkdtempSync(join(folder, 'theirs-'));
  const made = exiftool(
    ...['-subject=lighthouse', '-subject=storm', '-description=waves break over the mole', '-title=Winter'],
    join(theirs, 'IMG_7.xmp'),
  );
  expect(made.status).toBe(0);
  await rename(join(theirs, 'IMG_7.xmp'), join(theirs, 'IMG_7.jpg.xmp'));
  await writeFile(join(theirs, 'broken.xmp'), '<x:xmpmeta');
  const one = await makeTenantKey(table, parseTenantId('theirs'));
  const { stdout, code } = await run(one, 'import', theirs, '--wait');
  expect([code, stdout]).toEqual([
    2,
    `1 of 1 document imported, 1 searchable\n  skipped: ${join(theirs, 'broken.xmp')}: is no XMP\n`,
  ]);
  const client = createClient(url, one);
  for (const query of ['lighthouse', 'keyword:storm', 'title:winter', 'description:mole']) {
    const { value } = await client.search(query).next();
    expect([query, (value as { name: string } | undefined)?.name]).toEqual([query, 'IMG_7.jpg']);
  }
});
