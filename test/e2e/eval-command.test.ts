import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';

const GLOSS = join(import.meta.dirname, '../../lib/cli/gloss.ts');

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gloss-eval-'));
  const lines = (rows: readonly object[]) => gzipSync(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const documents = [
    { id: 'one', texts: ['a dog'] },
    { id: 'two', texts: ['a dog in a park'] },
    { id: 'young', texts: ['a puppy'] },
    { id: 'other', texts: ['a cat'] },
  ];
  await writeFile(join(dir, 'docs.jsonl.gz'), lines(documents));
  const labels = documents.map(({ id }) => ({ id, labels: [id === 'other' ? 'cat' : 'dog'] }));
  await writeFile(join(dir, 'labels.jsonl.gz'), lines(labels));
});
afterAll(() => rm(dir, { recursive: true }));

const evaluate = async (...options: readonly string[]) => {
  const words = ['eval', dir, ...options, '--json', '--svg', join(dir, 'curves')];
  const { stdout } = await promisify(execFile)(process.execPath, [GLOSS, ...words]);
  return JSON.parse(stdout) as { readonly macroAP: number; readonly svg: string };
};

it('measures what is asked for: BM25 misses the puppy, a third of the dogs', async () => {
  expect((await evaluate('--plain')).macroAP).toBeCloseTo((2 / 3 + 1) / 2, 10);
  expect((await evaluate()).macroAP).toBe(1);
});

it('draws the curves of plain BM25, of matches and with likely ones', async () => {
  const { svg } = await evaluate('--likely', '--with-plain');
  const drawn = await readFile(svg, 'utf8');
  expect(drawn.match(/(?<=>documents, )[a-z ]+(?=: PR-AUC)/g)).toEqual(['plain', 'matches', 'with likely']);
  expect(drawn.match(/<polyline/g)).toHaveLength(3);
});
