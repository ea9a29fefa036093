import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findFiles } from '../../../../lib/cli/service/find-files.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gloss-files-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function put(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(join(dir, path, '..'), { recursive: true });
    await writeFile(join(dir, path), '');
  }
}
const namesIn = async (...paths: string[]) =>
  (await findFiles(paths.map((path) => join(dir, path)))).map(({ name }) => name);

test('a folder gives its pictures at any depth, named by their path in it', async () => {
  await put('trip/b.JPG', 'trip/day 1/a.webp', 'trip/day 1/deep/c.heic', 'trip/notes.txt', 'trip/jpg');
  expect(await namesIn('trip')).toEqual(['b.JPG', 'day 1/a.webp', 'day 1/deep/c.heic']);
});

test('hidden files and folders stay out', async () => {
  await put('trip/a.jpg', 'trip/._a.jpg', 'trip/.thumbnails/a.jpg');
  expect(await namesIn('trip')).toEqual(['a.jpg']);
});

test('a file that is named itself is taken whatever its name', async () => {
  await put('notes.txt', '.hidden.jpg');
  expect(await namesIn('notes.txt', '.hidden.jpg')).toEqual(['notes.txt', '.hidden.jpg']);
});

test('the type follows the extension', async () => {
  await put('a.JPEG', 'b.tif', 'c.bin');
  const files = await findFiles(['a.JPEG', 'b.tif', 'c.bin'].map((name) => join(dir, name)));
  expect(files.map(({ contentType }) => contentType)).toEqual([
    'image/jpeg',
    'image/tiff',
    'application/octet-stream',
  ]);
});

test('a link to a file counts; a link to a folder could go round in circles', async () => {
  await put('trip/a.jpg', 'other/b.jpg');
  await symlink(join(dir, 'other/b.jpg'), join(dir, 'trip/link.jpg'));
  await symlink(dir, join(dir, 'trip/circle.jpg'));
  await symlink(join(dir, 'nowhere'), join(dir, 'trip/broken.jpg'));
  expect(await namesIn('trip')).toEqual(['a.jpg', 'link.jpg']);
});

test('the same file named twice is one file', async () => {
  await put('trip/a.jpg');
  expect(await namesIn('trip', 'trip/a.jpg')).toEqual(['a.jpg']);
});

test('two files that would get one name are refused, because one would replace the other', async () => {
  await put('x/a.jpg', 'y/a.jpg');
  await expect(namesIn('x', 'y')).rejects.toThrow(/would both be called "a.jpg"/);
});

test('what is not there and what holds no pictures is told', async () => {
  await put('words/notes.txt');
  await expect(namesIn('nowhere')).rejects.toThrow(/there is no file or folder .*nowhere/);
  await expect(namesIn('words')).rejects.toThrow(/no pictures in .*words/);
});
