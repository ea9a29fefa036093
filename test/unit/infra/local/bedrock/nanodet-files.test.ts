import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const DIR = join(import.meta.dirname, '../../../../../infra/local/bedrock/nanodet');

it.each(['nanodet.json', 'nanodet.bin'])(
  '%s is the one of the package that its README names',
  async (name) => {
    const readme = await readFile(join(DIR, 'README.md'), 'utf8');
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``));
    const sha256 = createHash('sha256')
      .update(await readFile(join(DIR, name)))
      .digest('hex');
    expect(row).toContain(sha256);
  },
);
