import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { embeddedTenants, makeTenantKey } from '../../lib/cli/service/tenant-keys.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { firstLine, kill, runNode, startNode, type NodeProcess } from '../support/start-node.ts';

/** The examples of the documentation, run as they stand. */

const ROOT = join(import.meta.dirname, '../..');
const example = (name: string) => join(ROOT, 'docs/examples', name);
const dataDir = mkdtempSync(join(tmpdir(), 'gloss-examples-'));

/** The shell examples use these, which a machine with npm alone may not have. */
const missing = ['curl', 'jq'].filter((tool) => spawnSync(tool, ['--version']).error);
if (missing.length > 0) console.warn(`the examples are not run: ${missing.join(' and ')} not found`);

let stack: NodeProcess;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  if (missing.length > 0) return;
  stack = startNode([join(import.meta.dirname, 'run-local-stack.ts'), dataDir]);
  const { apiUrl, environment } = JSON.parse(await firstLine(stack)) as {
    apiUrl: string;
    environment: unknown;
  };
  env = {
    PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
    GLOSS_URL: apiUrl,
    GLOSS_KEY: await makeTenantKey(embeddedTenants(environment), parseTenantId('demo')),
  };
});
afterAll(async () => {
  if (missing.length === 0) await kill(stack);
  rmSync(dataDir, { recursive: true });
});

async function sh(name: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', [example(name), ...args], { env, cwd: ROOT });
  return stdout;
}

/** Waits for an image with the example, which says so when the image is not there yet. */
async function waitAndSearch(id: string, query: string): Promise<string> {
  const { code, stdout, stderr } = await runNode([example('wait-and-search.ts'), id, query], env);
  expect(stderr.replaceAll(/^not there yet: .*404.*\n/gm, '')).toBe('');
  expect(code).toBe(0);
  return stdout;
}

test.skipIf(missing.length > 0)('the import file is imported and found', async () => {
  expect(await sh('import.sh', example('documents.jsonl'))).toContain(
    '3 of 3 documents imported, 3 searchable',
  );
  expect(await sh('search.sh', 'red kite')).toBe('kites/1\nkites/2\n');
  expect(await sh('search.sh', 'harbour')).toBe('boats/1\n');
});

test.skipIf(missing.length > 0)('a picture is uploaded, waited for and found', async () => {
  const id = (await sh('upload.sh', join(ROOT, 'test/fixtures/samples/chelsea.jpg'))).trim();
  expect(await waitAndSearch(id, 'cat')).toMatch(/^\d+\.\d\d chelsea\.jpg$/m);
});

test.skipIf(missing.length > 0)(
  'a picture is put straight into the bucket, waited for and found',
  async () => {
    const picture = join(ROOT, 'test/fixtures/samples/collins.jpg');
    const command = `eval "$(sh "$1" "$2")" && node "$3" demo "$4"`;
    const args = [example('embedded-aws.sh'), dataDir, example('put-in-bucket.ts'), picture];
    // What a shell may have of somebody's own AWS account.
    const own = { ...env, AWS_PROFILE: 'nobody', AWS_SESSION_TOKEN: 'of another key' };
    const { stdout } = await promisify(execFile)('sh', ['-c', command, 'sh', ...args], { env: own });
    expect(await waitAndSearch(stdout.trim(), 'person')).toMatch(/^\d+\.\d\d collins\.jpg$/m);
  },
);

test.skipIf(missing.length > 0)('the typed client uploads, waits, searches and shows crops', async () => {
  const picture = join(ROOT, 'test/fixtures/samples/chelsea.jpg');
  for (const time of ['first', 'second']) {
    const { code, stdout, stderr } = await runNode([example('typed-client.ts'), picture, 'cat'], env);
    expect([time, code, stderr]).toEqual([time, 0, '']);
    const crop = /^chelsea\.jpg: cats? at \d+,\d+ \d+x\d+: (.+)$/m.exec(stdout);
    expect(crop, `${time} time: ${stdout}`).not.toBeNull();
    const shown = await fetch(crop![1]!);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  }
});
