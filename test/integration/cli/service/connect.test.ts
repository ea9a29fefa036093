import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../../../../lib/cli/service/connect.ts';
import { writeLocalKey } from '../../../../lib/cli/service/stack-files.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'gloss-connect-'));
});
afterEach(() => rm(data, { recursive: true }));

const stackRuns = (pid: number) =>
  writeFile(
    join(data, 'stack.json'),
    JSON.stringify({ pid, apiUrl: 'http://127.0.0.1:4711', endpoints: {}, buckets: [] }),
  );

test('options win over the environment, and the environment over the embedded stack', async () => {
  await stackRuns(process.pid);
  await writeLocalKey(data, 'tenant', 'gls_local');
  const environment = { GLOSS_ENDPOINT: 'https://env.example', GLOSS_KEY: 'gls_env' };
  expect(await connect({ data }, {})).toEqual({ endpoint: 'http://127.0.0.1:4711', key: 'gls_local' });
  expect(await connect({ data }, environment)).toEqual({ endpoint: 'https://env.example', key: 'gls_env' });
  expect(await connect({ data, endpoint: 'https://opt.example/', key: 'gls_opt' }, environment)).toEqual({
    endpoint: 'https://opt.example',
    key: 'gls_opt',
  });
});

test('a key alone opens the embedded stack as another tenant', async () => {
  await stackRuns(process.pid);
  await writeLocalKey(data, 'tenant', 'gls_local');
  expect(await connect({ data, key: 'gls_other' }, {})).toMatchObject({ key: 'gls_other' });
});

test('without a running stack it says what to do', async () => {
  await expect(connect({ data }, {})).rejects.toThrow(
    /no stack runs on .*--endpoint and --key, or set GLOSS_ENDPOINT and GLOSS_KEY.*npm start/,
  );
});

test('a stack that was killed, or whose file is half written, does not run', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  await stackRuns(pid);
  await expect(connect({ data }, {})).rejects.toThrow(/no stack runs/);
  await writeFile(join(data, 'stack.json'), '{"pid": 1');
  await expect(connect({ data }, {})).rejects.toThrow(/no stack runs/);
});

test('an endpoint needs a key, and has to be an address', async () => {
  await expect(connect({ data, endpoint: 'https://x.example' }, {})).rejects.toThrow(/pass the key/);
  for (const endpoint of ['x.example', 'ftp://x.example', '']) {
    await expect(connect({ data, endpoint, key: 'k' }, {})).rejects.toThrow(/no address of a service/);
  }
});

test.each(['gls_\u00e9', 'gls_ 1', '', 'gls_\n'])('%j can be no key', async (key) => {
  await expect(connect({ data, endpoint: 'https://x.example', key }, {})).rejects.toThrow(
    'the key has a character that none has: copy it again',
  );
});

test('the kept key is for its owner alone', async () => {
  const dir = join(data, 'new');
  await mkdir(dir);
  await writeLocalKey(dir, 'tenant', 'gls_x');
  expect((await stat(join(dir, 'key'))).mode & 0o777).toBe(0o600);
});
