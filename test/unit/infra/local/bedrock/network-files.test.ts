import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const DIR = join(import.meta.dirname, '../../../../../infra/local/bedrock');

it.each([
  'nanodet/nanodet.json',
  'nanodet/nanodet.bin',
  'efficientnet/efficientnet.json',
  'efficientnet/efficientnet.bin',
])('%s is the one that its README names', async (path) => {
  const [folder, name] = path.split('/') as [string, string];
  const readme = await readFile(join(DIR, folder, 'README.md'), 'utf8');
  const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``));
  const sha256 = createHash('sha256')
    .update(await readFile(join(DIR, path)))
    .digest('hex');
  expect(row).toContain(sha256);
});
