import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findFiles } from '../../../../lib/cli/service/find-files.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gloss-files-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** First bytes of each kind of file, from the formats' specifications. */
const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex');
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const TIFF = Buffer.from('49492a00', 'hex');
const PSD = '8BPS';

async function put(content: Uint8Array | string, ...paths: string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(join(dir, path, '..'), { recursive: true });
    await writeFile(join(dir, path), content);
  }
}
const find = (...paths: string[]) => findFiles(paths.map((path) => join(dir, path)));
const namesIn = async (...paths: string[]) => (await find(...paths)).files.map(({ name }) => name);
const passedOver = async (...paths: string[]) =>
  Object.fromEntries(
    (await find(...paths)).passedOver.map(({ path, code, wasMeant }) => [
      relative(dir, path),
      `${code}${wasMeant ? ' (meant)' : ''}`,
    ]),
  );

test('a folder gives its pictures at any depth, named by their path from the folder on', async () => {
  await put(JPEG, 'trip/b.JPG', 'trip/day 1/a.webp', 'trip/day 1/deep/c.jpg');
  expect(await namesIn('trip')).toEqual(['trip/b.JPG', 'trip/day 1/a.webp', 'trip/day 1/deep/c.jpg']);
  expect(await namesIn('trip/', 'trip/day 1')).toEqual([
    'trip/b.JPG',
    'trip/day 1/a.webp',
    'trip/day 1/deep/c.jpg',
  ]);
  expect(await namesIn('trip/day 1')).toEqual(['day 1/a.webp', 'day 1/deep/c.jpg']);
});

test('a picture is told by its content, whatever its ending', async () => {
  await put(JPEG, 'trip/a', 'trip/b.dat');
  await put(PNG, 'trip/c.jpg');
  await put(TIFF, 'trip/d.TIF');
  const { files } = await find('trip');
  expect(Object.fromEntries(files.map(({ name, contentType }) => [name, contentType]))).toEqual({
    'trip/a': 'image/jpeg',
    'trip/b.dat': 'image/jpeg',
    'trip/c.jpg': 'image/png',
    'trip/d.TIF': 'image/tiff',
  });
});

test('what is passed over has a reason', async () => {
  await put(JPEG, 'trip/a.jpg', 'trip/._a.jpg', 'trip/.thumbnails/a.jpg', 'trip/@eaDir/a.jpg');
  await put(JPEG, 'trip/#recycle/a.jpg', 'other/a.jpg');
  await put('words', 'trip/notes.txt', 'trip/words.jpg');
  await put('', 'trip/empty.png');
  await put(PSD, 'trip/logo.psd');
  await symlink(join(dir, 'other'), join(dir, 'trip/linked'));
  await symlink(dir, join(dir, 'trip/circle.jpg'));
  await symlink(join(dir, 'nowhere'), join(dir, 'trip/broken.jpg'));
  expect(await namesIn('trip')).toEqual(['trip/a.jpg']);
  expect(await passedOver('trip')).toEqual({
    'trip/._a.jpg': 'hidden',
    'trip/.thumbnails': 'hidden',
    'trip/@eaDir': 'of_device',
    'trip/#recycle': 'of_device',
    'trip/notes.txt': 'not_a_picture',
    'trip/words.jpg': 'not_a_picture (meant)',
    'trip/empty.png': 'empty_file (meant)',
    'trip/logo.psd': 'format_not_read (meant)',
    'trip/linked': 'link_to_folder',
    'trip/circle.jpg': 'link_to_folder',
    'trip/broken.jpg': 'broken_link',
  });
});

test('a file that is named itself is looked at whatever its name, and was meant', async () => {
  await put(JPEG, '.hidden.jpg');
  await put('words', 'notes.txt');
  expect(await namesIn('.hidden.jpg', 'notes.txt')).toEqual(['.hidden.jpg']);
  expect(await passedOver('notes.txt')).toEqual({ 'notes.txt': 'not_a_picture (meant)' });
});

test('what is neither a file nor a folder is told', async () => {
  expect((await findFiles(['/dev/null'])).passedOver).toMatchObject([{ code: 'no_file', wasMeant: true }]);
});

/** Bytes that are no UTF-8. */
const named = (...parts: (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.of(part) : Buffer.from(part))));

test.skipIf(process.platform === 'darwin')(
  'names that are no UTF-8 are told, and stop nothing (not on macOS, which has none)',
  async () => {
    await put(JPEG, 'trip/a.jpg');
    await writeFile(named(dir, '/trip/caf', 0xe9, '.jpg'), JPEG);
    await mkdir(named(dir, '/trip/cot', 0xe9));
    expect(await namesIn('trip')).toEqual(['trip/a.jpg']);
    expect(await passedOver('trip')).toEqual({
      'trip/caf\uFFFD.jpg': 'name_not_utf8 (meant)',
      'trip/cot\uFFFD': 'name_not_utf8 (meant)',
    });
  },
);

test.skipIf(process.getuid?.() === 0)(
  'what may not be read is told, and stops nothing (not as root, who may read all)',
  async () => {
    await put(JPEG, 'trip/a.jpg', 'trip/closed.jpg', 'trip/shut/b.jpg');
    await chmod(join(dir, 'trip/closed.jpg'), 0);
    await chmod(join(dir, 'trip/shut'), 0);
    expect(await namesIn('trip')).toEqual(['trip/a.jpg']);
    expect(await passedOver('trip')).toEqual({
      'trip/closed.jpg': 'unreadable (meant)',
      'trip/shut': 'unreadable (meant)',
    });
    await chmod(join(dir, 'trip/shut'), 0o700);
  },
);

const links = async (...paths: string[]) =>
  (await find(...paths)).passedOver
    .filter(({ code }) => code === 'link_to_sent')
    .map(({ path, name, why }) => [relative(dir, path), name, why]);

test('a file is sent under its own name, whether it or a link to it is met first', async () => {
  await put(JPEG, 'sym/photos/real.jpg');
  await mkdir(join(dir, 'sym/album'));
  await mkdir(join(dir, 'sym/zoo'));
  await symlink('../photos/real.jpg', join(dir, 'sym/album/fav.jpg'));
  await symlink('../album/fav.jpg', join(dir, 'sym/zoo/again.jpg'));
  const told = [
    ['sym/album/fav.jpg', 'sym/album/fav.jpg', 'a link to sym/photos/real.jpg'],
    ['sym/zoo/again.jpg', 'sym/zoo/again.jpg', 'a link to sym/photos/real.jpg'],
  ];
  expect(await namesIn('sym')).toEqual(['sym/photos/real.jpg']);
  expect(await links('sym')).toEqual(told);
  expect(await links('sym', 'sym')).toEqual(told);
  expect(await namesIn('sym/album/fav.jpg', 'sym/photos')).toEqual(['photos/real.jpg']);
  expect(await links('sym/album/fav.jpg', 'sym/photos')).toEqual([
    ['sym/album/fav.jpg', 'fav.jpg', 'a link to photos/real.jpg'],
  ]);
});

test('a link to a file elsewhere is sent under its own name, once', async () => {
  await put(JPEG, 'trip/a.jpg', 'other/b.jpg');
  await symlink(join(dir, 'other/b.jpg'), join(dir, 'trip/link.jpg'));
  expect(await namesIn('trip')).toEqual(['trip/a.jpg', 'trip/link.jpg']);
  expect(await namesIn('trip', 'trip/link.jpg')).toEqual(['trip/a.jpg', 'trip/link.jpg']);
  expect(await links('trip', 'trip/link.jpg')).toEqual([]);
  expect(await namesIn('trip', 'other')).toEqual(['trip/a.jpg', 'other/b.jpg']);
  await symlink('link.jpg', join(dir, 'trip/second.jpg'));
  expect(await namesIn('trip')).toEqual(['trip/a.jpg', 'trip/link.jpg']);
  expect(await links('trip')).toEqual([
    ['trip/second.jpg', 'trip/second.jpg', 'a link to the same file as trip/link.jpg'],
  ]);
});

test('a folder that is given by a link has files, not links', async () => {
  await put(JPEG, 'trip/a.jpg');
  await symlink('trip', join(dir, 'linked'));
  expect(await namesIn('linked')).toEqual(['linked/a.jpg']);
  expect(await links('linked')).toEqual([]);
});

test('one file that is named twice is one file; two files of one name are two', async () => {
  await put(JPEG, 'x/trip/a.jpg', 'y/trip/a.jpg');
  expect(await namesIn('x/trip', 'x/trip/a.jpg', 'y/trip')).toEqual(['trip/a.jpg', 'trip/a.jpg']);
});

test('names are composed', async () => {
  await put(JPEG, 'cafe\u0301/a\u0300.jpg');
  expect(await namesIn('cafe\u0301')).toEqual(['caf\u00e9/\u00e0.jpg']);
});

test('what is not there and what holds no pictures is told', async () => {
  await put('words', 'words/notes.txt');
  await expect(namesIn('nowhere')).rejects.toThrow(/there is no file or folder .*nowhere/);
  await expect(namesIn('words')).rejects.toThrow(/no pictures in .*words.*1 passed over/);
});
