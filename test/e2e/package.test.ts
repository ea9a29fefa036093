import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedTenants, makeTenantKey } from '../../lib/cli/service/tenant-keys.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { firstLine, kill, startNode, type NodeProcess } from '../support/start-node.ts';

/** What `npm pack` would publish, installed in an empty folder and used there; by `npm run test:clients` on the oldest Node.js and with the resolution of bundlers too. */

const ROOT = join(import.meta.dirname, '../..');
const NODES = [process.execPath, ...oldestNode()];
const PICTURE = join(ROOT, 'test/fixtures/samples/chelsea.jpg');
const run = promisify(execFile);

/** The oldest Node.js that the package is for, from the registry. */
function oldestNode(): string[] {
  if (process.env['GLOSS_OUTSIDE'] === undefined) return [];
  const place = mkdtempSync(join(tmpdir(), 'gloss-node-'));
  process.once('exit', () => rmSync(place, { recursive: true }));
  const install = ['install', '--prefix', place, 'node@20.19.5', '--no-audit', '--no-fund'];
  if (spawnSync('npm', install).status === 0) return [join(place, 'node_modules/node/bin/node')];
  console.warn('the package is not tried on Node.js 20.19: npm does not install it here');
  return [];
}

let folder: string;
let stack: NodeProcess;
let service: { readonly GLOSS_ENDPOINT: string; readonly GLOSS_KEY: string };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gloss-package-'));
  stack = startNode([join(import.meta.dirname, 'run-local-stack.ts'), join(folder, 'data')]);
  const [told] = await Promise.all([firstLine(stack), installed()]);
  const { apiUrl, environment } = JSON.parse(told) as { apiUrl: string; environment: unknown };
  const key = await makeTenantKey(embeddedTenants(environment), parseTenantId('packed'));
  service = { GLOSS_ENDPOINT: apiUrl, GLOSS_KEY: key };
});
afterAll(async () => {
  await kill(stack);
  await rm(folder, { recursive: true });
});

/** By npm, where the registry answers; otherwise unpacked, with the dependencies of this checkout. */
async function installed(): Promise<void> {
  const dist = join(folder, 'dist');
  await run(process.execPath, [join(ROOT, 'lib/tools/package/build-package.ts'), dist]);
  const { stdout } = await run('npm', ['pack', dist, '--json', '--pack-destination', folder]);
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  const home = join(folder, 'home');
  await mkdir(home);
  await writeFile(join(home, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const npm = run(
    'npm',
    ['install', join(folder, filename), '--no-audit', '--no-fund', '--fetch-retries=1'],
    {
      cwd: home,
    },
  );
  await npm.catch(async () => {
    console.warn(
      'npm installs nothing here: the package is unpacked, beside the dependencies of the checkout',
    );
    const place = join(home, 'node_modules/gloss-search');
    await mkdir(place, { recursive: true });
    await run('tar', ['xzf', join(folder, filename), '--strip-components=1', '-C', place]);
    const { dependencies } = JSON.parse(await readFile(join(place, 'package.json'), 'utf8')) as {
      dependencies: object;
    };
    for (const name of Object.keys(dependencies)) {
      await mkdir(dirname(join(home, 'node_modules', name)), { recursive: true });
      await symlink(join(ROOT, 'node_modules', name), join(home, 'node_modules', name));
    }
    await mkdir(join(home, 'node_modules/.bin'));
    await symlink('../gloss-search/cli.js', join(home, 'node_modules/.bin/gloss'));
  });
}

const LIFE = `
import { openAsBlob } from 'node:fs';
import { createClient, GlossProblem } from 'gloss-search';
const [name] = process.argv.slice(2);
const gloss = createClient(process.env.GLOSS_ENDPOINT, process.env.GLOSS_KEY);
let sentBytes = 0;
const file = await openAsBlob(${JSON.stringify(PICTURE)});
const { status, id } = await gloss.upload(file, { name, onProgress: (step) => (sentBytes = step.sentBytes) });
const names = [];
for await (const hit of gloss.search('cat')) names.push(hit.name);
await gloss.call('deleteImage', { path: { id } });
const gone = [];
for await (const hit of gloss.search('cat')) gone.push(hit.name);
const problem = await gloss.call('search', { query: { q: '' } }).catch((error) => error);
console.log(JSON.stringify({ status, names, gone, isWhole: sentBytes === file.size, code: problem instanceof GlossProblem && problem.code }));
`;

const TYPED = `
import { createClient, GlossProblem, verifyWebhook, type Hit, type components } from 'gloss-search';
const gloss = createClient('https://gloss.example', 'gls_1');
export async function firstWords(query: string): Promise<readonly string[]> {
  for await (const hit of gloss.search(query, { sort: 'newest' })) return wordsOf(hit);
  return [];
}
const wordsOf = ({ views }: Hit): readonly string[] => views.flatMap(({ words }) => words);
export async function usedUp(): Promise<number> {
  const { total } = await gloss.call('showUsage', { query: { from: '2026-11-01' } });
  return total.usd.total;
}
export async function stateIn(request: Request): Promise<components['schemas']['ImageState'] | undefined> {
  const message = await verifyWebhook('whsec_', request.headers, await request.text());
  return message.type === 'webhook.test' ? undefined : message.data;
}
export const codeOf = (error: unknown): string => (error instanceof GlossProblem ? error.code : '');
// @ts-expect-error -- there is no such operation
await gloss.call('showNothing');
// @ts-expect-error -- an id is missing
await gloss.call('showImage');
`;

describe.each(NODES)('on %s', (node) => {
  it('takes a picture through its life with the client', async () => {
    await writeFile(join(folder, 'home/life.js'), LIFE);
    const { stdout } = await run(node, ['life.js', 'cat.jpg'], {
      cwd: join(folder, 'home'),
      env: { ...service },
    });
    expect(JSON.parse(stdout)).toEqual({
      status: 'searchable',
      names: ['cat.jpg'],
      gone: [],
      isWhole: true,
      code: 'query_syntax',
    });
  });

  it('does so with the command line', async () => {
    const home = join(folder, 'home');
    const gloss = async (...args: string[]) => {
      const { stdout } = await run(node, ['node_modules/.bin/gloss', ...args], {
        cwd: home,
        env: { ...service, PATH: process.env['PATH'] },
      });
      return stdout;
    };
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(await gloss('--version')).toBe(`${version}\n`);
    expect(JSON.parse(await gloss('add', PICTURE, '--wait', '--json'))).toMatchObject({
      totals: { sent: 1, searchable: 1 },
    });
    expect(JSON.parse(await gloss('search', 'cat', '--json'))).toMatchObject({
      hits: [{ name: 'chelsea.jpg' }],
    });
    expect(await gloss('list')).toContain('chelsea.jpg');
    expect(await gloss('show', 'chelsea.jpg')).toContain('view 0');
    await writeFile(join(home, 'words.jsonl'), '{"id": "pier", "texts": ["a pier"]}\n');
    expect(await gloss('import', 'words.jsonl', '--wait')).toContain('1 searchable');
    expect(await gloss('export', '-')).toContain('a pier');
    expect(await gloss('usage')).toContain('stored: 2 of');
    for (const name of ['chelsea.jpg', 'pier']) await gloss('delete', name);
    expect(await gloss('list')).not.toContain('chelsea.jpg');
    expect(await gloss('--help')).not.toMatch(/^\s+(?:up|eval|bench|migrate) /m);
  });
});

/** Each takes a run of the compiler: as bundlers do it by `npm run test:clients` alone. */
const RESOLUTIONS = process.env['GLOSS_OUTSIDE'] === undefined ? ['nodenext'] : ['nodenext', 'bundler'];
it.each(RESOLUTIONS)('has types that a program compiles with, resolved as %s', async (resolution) => {
  const home = join(folder, 'home');
  await writeFile(join(home, 'typed.ts'), TYPED);
  const options = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: [],
    module: resolution === 'bundler' ? 'esnext' : 'nodenext',
    moduleResolution: resolution,
  };
  await writeFile(
    join(home, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, files: ['typed.ts'] }),
  );
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout } = await run(process.execPath, [tsc, '--project', home]).catch(
    (error: unknown) => error as { stdout: string },
  );
  expect(stdout).toBe('');
});
