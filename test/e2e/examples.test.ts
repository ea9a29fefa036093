import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { embeddedTenants, makeTenantKey } from '../../lib/cli/service/tenant-keys.ts';
import { createClient } from '../../lib/client/index.ts';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { firstLine, kill, runNode, startNode, type NodeProcess } from '../support/start-node.ts';

/** The examples of the documentation, run as they stand. */

const ROOT = join(import.meta.dirname, '../..');
const example = (name: string) => join(ROOT, 'docs/examples', name);
const GLOSS = join(ROOT, 'lib/cli/gloss.ts');
const dataDir = mkdtempSync(join(tmpdir(), 'gloss-examples-'));

/** The shell examples use these, which a machine with npm alone may not have. */
const missing = ['curl', 'jq'].filter((tool) => spawnSync(tool, ['--version']).error);
if (missing.length > 0) console.warn(`the examples are not run: ${missing.join(' and ')} not found`);

/** The example in Python needs its library for HTTP as well. */
const hasPython = spawnSync('python3', ['-c', 'import requests']).status === 0;
if (!hasPython) console.warn('the example in Python is not run: python3 with the package requests not found');

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
    const command = `eval "$(node "$1" env --data "$2")" && node "$3" demo "$4"`;
    const args = [GLOSS, dataDir, example('put-in-bucket.ts'), picture];
    // What a shell may have of somebody's own AWS account.
    const own = { ...env, AWS_PROFILE: 'nobody', AWS_SESSION_TOKEN: 'of another key' };
    const { stdout } = await promisify(execFile)('sh', ['-c', command, 'sh', ...args], { env: own });
    expect(await waitAndSearch(stdout.trim(), 'person')).toMatch(/^\d+\.\d\d collins\.jpg$/m);
  },
);

const hasAws = spawnSync('aws', ['--version']).status === 0;
if (!hasAws) console.warn('the AWS CLI is not tried: aws not found');

test.skipIf(missing.length > 0 || !hasAws)(
  'the AWS CLI copies a picture into the bucket and back',
  async () => {
    const picture = join(ROOT, 'test/fixtures/samples/pikolo.jpg');
    const command = `eval "$(node "$1" env --data "$2")" && aws s3 cp --quiet "$3" "s3://$GLOSS_BUCKET/uploads/demo/by-aws.jpg" &&
    aws s3 cp --quiet "s3://$GLOSS_BUCKET/uploads/demo/by-aws.jpg" "$2/back.jpg" &&
    aws dynamodb list-tables --output text`;
    const { stdout } = await promisify(execFile)('sh', ['-c', command, 'sh', GLOSS, dataDir, picture], {
      env,
    });
    expect(stdout).toMatch(/TABLENAMES/);
    expect(readFileSync(join(dataDir, 'back.jpg')).equals(readFileSync(picture))).toBe(true);
    const gloss = createClient(env['GLOSS_URL']!, env['GLOSS_KEY']!);
    await gloss.waitUntilSearchable(imageIdOf(parseTenantId('demo'), 'by-aws.jpg'));
  },
);

test.skipIf(missing.length > 0)('the typed client uploads, waits, searches and shows crops', async () => {
  const picture = join(ROOT, 'test/fixtures/samples/chelsea.jpg');
  // The picture is there already: curl has uploaded it, or the first time has.
  for (const [time, status] of [
    ['first', /^chelsea\.jpg is (?:searchable|unchanged)$/m],
    ['second', /^chelsea\.jpg is unchanged$/m],
  ] as const) {
    const { code, stdout, stderr } = await runNode([example('typed-client.ts'), picture, 'cat'], env);
    expect([time, code, stderr]).toEqual([time, 0, expect.stringMatching(status)]);
    const crop = /^chelsea\.jpg: cats? at \d+,\d+ \d+x\d+: (.+)$/m.exec(stdout);
    expect(crop, `${time} time: ${stdout}`).not.toBeNull();
    const shown = await fetch(crop![1]!);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  }
});

test.skipIf(missing.length > 0 || !hasPython)('Python uploads, waits and searches', async () => {
  const picture = join(ROOT, 'test/fixtures/samples/pikolo.jpg');
  for (const time of ['first', 'second']) {
    const args = [example('upload_and_search.py'), picture, 'cup'];
    const { stdout } = await promisify(execFile)('python3', args, { env });
    expect([time, stdout.split('\n')]).toEqual([time, expect.arrayContaining(['pikolo.jpg'])]);
  }
  const wrong = promisify(execFile)('python3', [example('upload_and_search.py'), picture, 'c?p'], { env });
  await expect(wrong).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('query_syntax: ') as string,
  });
});

test.skipIf(missing.length > 0)(
  'a receiver prints what the webhook tells, and what is signed with another secret it refuses',
  async () => {
    const gloss = createClient(env['GLOSS_URL']!, env['GLOSS_KEY']!);
    const { secret } = await gloss.call('showWebhook');
    for (const [signedBy, answer] of [
      [secret, { delivered: true }],
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', { delivered: false, reason: expect.any(String) as string }],
    ] as const) {
      const receiver = startNode([example('receive-webhook.ts'), '0'], { ...env, GLOSS_SECRET: signedBy });
      try {
        const url = await firstLine(receiver);
        await gloss.call('setWebhook', { body: { url } });
        const told = new Promise<string>((resolve) =>
          receiver.stdout.once('data', (line: Buffer) => resolve(line.toString())),
        );
        expect(await gloss.call('testWebhook')).toEqual(answer);
        if (answer.delivered)
          expect(JSON.parse(await told)).toMatchObject({ type: 'webhook.test', data: {} });
      } finally {
        await kill(receiver);
        await gloss.call('setWebhook', { body: { url: null } });
      }
    }
  },
);
