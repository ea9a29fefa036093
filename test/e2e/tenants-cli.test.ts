import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { commandRunner } from '../support/run-commands.ts';
import { kill, runNode, startNode, type NodeProcess } from '../support/start-node.ts';

/** A customer's life on the embedded stack, by commands alone. */

const PROJECT = resolve(import.meta.dirname, '../..');
const GLOSS = join(PROJECT, 'lib/cli/gloss.ts');
const CAT = join(PROJECT, 'test/fixtures/samples/chelsea.jpg');
/** The environment without a service of the developer's own. */
const { GLOSS_ENDPOINT: _endpoint, GLOSS_KEY: _key, ...environment } = process.env;

let work: string;
let data: string;
let stack: NodeProcess;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'gloss-tenants-'));
  data = join(work, 'data');
  stack = startNode([GLOSS, 'up', '--port', '0', '--data', data], environment);
  stack.stderr.resume();
  for await (const line of createInterface({ input: stack.stdout })) if (line.includes('Ctrl-C')) break;
});
afterAll(async () => {
  await commands.close();
  await kill(stack, 'SIGTERM');
  await rm(work, { recursive: true });
});

const commands = commandRunner(environment);
/** Runs a command and reads the object that it prints. */
async function gloss<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  const { stdout } = await commands.run([...args, '--data', data, '--json']);
  return JSON.parse(stdout) as T;
}

interface MadeKey {
  readonly id: string;
  readonly key: string;
}

test('made, uploads, searches, lists usage, rotates, is refused after revocation, exported, deleted with proof', async () => {
  expect(
    await gloss('tenants', 'create', 'acme', '--crop-policy', 'none', '--asks', '2', '--budget', '5'),
  ).toMatchObject({
    tenant: 'acme',
    status: 'active',
    settings: { cropPolicy: 'none', asks: 2, limits: { modelUsdPerMonth: 5 } },
  });
  expect(await gloss('env', '--tenant', 'acme')).toHaveProperty('AWS_SESSION_TOKEN');
  expect(await gloss('env', '--tenant', 'nobody')).toMatchObject({ error: { code: 'tenant_not_found' } });
  const old = await gloss<MadeKey>('keys', 'create', '--tenant', 'acme', '--name', 'app');
  expect(await gloss('add', CAT, '--wait', '--key', old.key)).toMatchObject({ totals: { searchable: 1 } });
  expect(await gloss('search', 'cat', '--key', old.key)).toMatchObject({ total: 1 });
  expect(await gloss('usage', '--key', old.key)).toMatchObject({
    total: { images: 1, views: 2 }, // it was asked about twice
    stored: { images: 1 },
  });
  const [{ id }] = (await gloss<{ images: [{ id: string }] }>('list', '--key', old.key)).images;
  expect((await said('show', id, '--key', old.key)).stdout).toMatch(
    /view 0 \(whole\): cat.*\nview 0 \(whole, ask 2\): cat/,
  );

  const fresh = await gloss<MadeKey>('keys', 'rotate', old.id, '--overlap-sec', '60', '--key', old.key);
  for (const { key } of [old, fresh])
    expect(await gloss('search', 'cat', '--key', key)).toMatchObject({ total: 1 });
  expect(await gloss('keys', 'revoke', old.id, '--key', fresh.key)).toMatchObject({ revoked: true });
  expect(await gloss('search', 'cat', '--key', old.key)).toMatchObject({ error: { code: 'key_unknown' } });

  expect(await gloss('webhook', 'set', 'http://127.0.0.1:9/hook', '--key', fresh.key)).toMatchObject({
    url: 'http://127.0.0.1:9/hook',
  });
  const { secret } = await gloss('webhook', 'show', '--key', fresh.key);
  expect(await gloss('webhook', 'rotate', '--key', fresh.key)).not.toMatchObject({ secret });
  expect(await gloss('webhook', 'test', '--key', fresh.key)).toMatchObject({
    delivered: false,
    reason: 'the webhook refused the connection',
  });
  expect(await gloss('webhook', 'remove', '--key', fresh.key)).toMatchObject({ url: null });
  expect(await gloss('usage', '--all')).toMatchObject({
    by: 'month',
    tenants: expect.arrayContaining([
      expect.objectContaining({ tenant: 'acme', total: expect.objectContaining({ images: 1 }) as unknown }),
    ]) as unknown,
    usd: expect.any(Number) as unknown,
  });
  const reckoned = { cropPolicy: 'none', asks: 2, modelId: 'us.amazon.nova-2-lite-v1:0' };
  expect(await gloss('usage', 'acme', '--dollars', '--by', 'day')).toMatchObject({
    periods: [{ images: 1, views: 2, usd: { model: 0 } }],
    reckoned: { ...reckoned, usd: { model: expect.closeTo(0.00138, 5) as number } },
  });
  expect((await said('usage', 'acme', '--dollars')).stdout).toMatch(
    /^acme, from \S+ to \S+ +model +DynamoDB +together\n  \d{4}-\d\d  1 image, 2 answers +0\.00 +under 0\.01 +under 0\.01\n/,
  );
  expect(await gloss('usage', 'nobody')).toMatchObject({ error: { code: 'tenant_not_found' } });
  expect(await gloss('usage', 'acme', '--all')).toMatchObject({ error: { code: 'usage' } });

  const file = join(work, 'acme.jsonl');
  expect(await gloss('export', file, '--key', fresh.key)).toMatchObject({ documents: 1 });
  await gloss('tenants', 'create', 'copy');
  expect(
    await gloss('tenants', 'change', 'copy', '--language', 'de', '--retention-days', '90'),
  ).toMatchObject({
    settings: { language: 'de', retentionDays: 90 },
  });
  expect(
    await gloss('tenants', 'change', 'copy', '--language', 'en', '--retention-days', 'forever'),
  ).toMatchObject({ settings: { language: 'en', retentionDays: null } });
  const told = await said('tenants', 'change', 'copy', '--max-images', '50', '--origins', 'none');
  expect(told.stdout).toBe('copy  active\n  origins  none\n  images  50\n');
  const copy = await gloss<MadeKey>('keys', 'create', '--tenant', 'copy', '--scopes', 'search,upload,admin');
  expect(await gloss('import', file, '--wait', '--key', copy.key)).toMatchObject({ searchable: 1 });
  const again = join(work, 'copy.jsonl');
  await gloss('export', again, '--key', copy.key);
  expect(await readFile(again, 'utf8')).toBe(await readFile(file, 'utf8'));

  const whole = { tenant: 'copy', images: 1, documents: 1, differences: [] };
  expect(await gloss('check', 'copy')).toEqual({ ...whole, waiting: 0 });
  expect(await gloss('reindex', 'copy', '--wait')).toMatchObject({
    tenant: 'copy',
    documents: 1,
    segments: 1,
    stale: false,
    rebuilt: expect.any(String) as string,
  });
  expect(await gloss('reindex', 'copy', '--status')).not.toHaveProperty('rebuild');
  expect(await gloss('check', 'copy')).toEqual({ ...whole, waiting: 1 });
  const checked = await runNode([GLOSS, 'check', 'copy', '--data', data], environment);
  expect(checked).toMatchObject({
    code: 0,
    stdout: 'waiting to be dropped: 1\ncopy  1 image and 1 document agree\n',
  });
  expect(await gloss('search', 'cat', '--key', copy.key)).toMatchObject({ total: 1 });
  expect(await gloss('check', 'nobody')).toMatchObject({ error: { code: 'tenant_not_found' } });

  expect(await gloss('tenants', 'suspend', 'acme')).toMatchObject({ status: 'suspended' });
  expect(await gloss('search', 'cat', '--key', fresh.key)).toMatchObject({
    error: { code: 'tenant_suspended' },
  });
  expect(await gloss('tenants', 'delete', 'acme')).toMatchObject({ error: { code: 'not_sure' } });
  expect(await gloss('tenants', 'delete', 'acme', '--yes', '--wait')).toMatchObject({
    status: 'deleted',
    deletion: { removedObjects: 2, found: 0 }, // the original and its thumbnail
  });
  expect(await gloss('search', 'cat', '--key', copy.key)).toMatchObject({ total: 1 });
  const soon = /final about \d{4}-\d\d-\d\d [\d:]{8} UTC, then the name is free again/;
  expect((await said('tenants', 'list')).stdout).toMatch(soon);
  expect((await said('tenants', 'create', 'acme')).stderr).toMatch(
    /when its deletion is final, about \d{4}-/,
  );
});

/** Runs a command for people. */
const said = (...args: string[]) => commands.run([...args, '--data', data]);

test('lists of nothing say so, and what cannot be says what to do', async () => {
  expect((await said('tenants', 'strays')).stdout).toBe('no strays\n');
  expect((await said('tenants', 'strays', 'nobody')).stdout).toBe('no strays under nobody\n');
  expect((await said('tenants', 'strays', 'nobody', '--adopt')).stderr).toBe(
    'gloss: there is no tenant nobody\ncreate it first: gloss tenants create nobody\n',
  );
  await gloss('tenants', 'create', 'keyless');
  expect((await said('keys', 'list', '--tenant', 'keyless')).stdout).toBe('no keys\n');
  await gloss('keys', 'create', '--tenant', 'keyless', '--expires-in-sec', '1');
  await eventually(async () => {
    expect((await said('keys', 'list', '--tenant', 'keyless')).stdout).toMatch(/ {2}expired \d{4}-/);
  });
  expect((await said('usage', '--by', 'month')).stderr).toContain(
    'pass --all, name a tenant, or leave --by out',
  );
  expect((await said('tenants', 'create', 'Ghost')).stderr).toMatch(/^gloss: tenant must be of a-z, .*\n$/);
  expect((await said('key', 'Ghost')).stderr).toMatch(/^gloss: "Ghost" cannot name a tenant: .*\n$/);
});

test('files that cannot be are told in plain words', async () => {
  expect((await said('import', join(work, 'nowhere'))).stderr).toBe(
    `gloss: ${join(work, 'nowhere')} is not there\n`,
  );
  expect((await said('import', work)).stderr).toBe(
    `gloss: ${work} holds no XMP sidecars with words: name a file, or a folder that has some\n`,
  );
  expect((await said('export', work)).stderr).toMatch(/^gloss: \S+ is (there already|a folder).*\n$/);
  expect((await said('export', CAT)).stderr).toBe(
    `gloss: ${CAT} is there already, and an export writes over nothing: name another file\n`,
  );
  expect((await said('export', join(work, 'no', 'file'))).stderr).toMatch(/is in a folder that is not there/);
  const up = await runNode([GLOSS, 'up', '--port', '0', '--data', CAT], environment);
  expect(up.stderr).toBe(`gloss: ${CAT} cannot be the folder of a stack: there is a file of that name\n`);
  const drawing = join(work, 'logo.psd');
  await writeFile(drawing, '8BPS');
  expect((await said('add', drawing)).stdout).toMatch(/not sent: logo\.psd: PSD, .*: convert it to JPEG\n/);
});
