import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataDir } from '../../../../infra/local/data-dir.ts';
import { kill, startScript } from '../../../support/start-node.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gloss-data-dir-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const open = (reset = false) => openDataDir(dir, { reset });

test('a folder belongs to one at a time', async () => {
  const first = await open();
  await expect(open()).rejects.toThrow(`another stack runs on ${dir}`);
  await first.release();
  await (await open()).release();
});

test('a process that was killed leaves no lock behind', async () => {
  const module = join(import.meta.dirname, '../../../../infra/local/data-dir.ts');
  const script = `import { openDataDir } from ${JSON.stringify(module)};
    await openDataDir(${JSON.stringify(dir)}, { reset: false });
    console.log('open'); setInterval(() => {}, 1000);`;
  const { child } = await startScript(script);
  await expect(open()).rejects.toThrow('another stack');
  await kill(child);
  await (await open()).release();
});

test('credentials are random, and stay', async () => {
  const first = await open();
  const made = await first.credentialsOf('ApiFunction');
  const other = await first.credentialsOf('IndexFunction');
  await first.release();
  const second = await open();
  expect(await second.credentialsOf('ApiFunction')).toEqual(made);
  expect(made.secretAccessKey).toMatch(/^[\w-]{40}$/);
  expect(other.secretAccessKey).not.toBe(made.secretAccessKey);
  expect(statSync(join(dir, 'credentials.json')).mode & 0o077).toBe(0);
  await second.release();
});

test('a reset deletes what stacks made and nothing else, and not while one runs', async () => {
  mkdirSync(join(dir, 's3/objects'), { recursive: true });
  writeFileSync(join(dir, 'holiday.jpg'), '');
  const owner = await open();
  const { secretAccessKey } = await owner.credentialsOf('ApiFunction');
  await expect(open(true)).rejects.toThrow('another stack');
  expect(existsSync(join(dir, 's3/objects'))).toBe(true);
  await owner.release();

  const fresh = await open(true);
  expect(existsSync(join(dir, 's3'))).toBe(false);
  expect(existsSync(join(dir, 'holiday.jpg'))).toBe(true);
  expect((await fresh.credentialsOf('ApiFunction')).secretAccessKey).not.toBe(secretAccessKey);
  await fresh.release();
});

test('a folder tells where its stack is, as long as it runs', async () => {
  const owner = await open();
  const told = { pid: process.pid, apiUrl: 'http://127.0.0.1:8080', endpoints: {}, buckets: ['photos'] };
  await owner.publish(told);
  expect(JSON.parse(readFileSync(join(dir, 'stack.json'), 'utf8'))).toEqual(told);
  await owner.release();
  expect(existsSync(join(dir, 'stack.json'))).toBe(false);
});
