import { execFile, spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedTenants, makeTenantKey } from '../../lib/cli/service/tenant-keys.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { firstLine, kill, startNode, type NodeProcess } from '../support/start-node.ts';

/**
 * Clients in other languages, generated from /openapi.json: each compiles and takes a picture through its life. Their generators are
 * fetched from the registries, so that this runs by `npm run test:clients` alone. That of TypeScript is test/e2e/client.test.ts.
 */

const PICTURE = join(import.meta.dirname, '../fixtures/samples/chelsea.jpg');
const PROGRAMS = join(import.meta.dirname, 'generated-clients');
const isAsked = process.env['GLOSS_CLIENTS'] !== undefined;
const run = promisify(execFile);

/** Why a client is not tried: said in the name of its test. */
const skipped = (tool: string, ...args: string[]): string => {
  if (!isAsked) return ' (skipped: npm run test:clients)';
  return spawnSync(tool, args).status === 0 ? '' : ` (skipped: no ${tool} here)`;
};
const withoutPython = skipped('python3', '-m', 'venv', '--help');
const withoutGo = skipped('go', 'version');

describe.skipIf(!isAsked)('generated clients', () => {
  let folder: string;
  let stack: NodeProcess;
  let env: NodeJS.ProcessEnv;
  let url: string;
  let environment: unknown;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gloss-clients-'));
    stack = startNode([join(import.meta.dirname, 'run-local-stack.ts'), join(folder, 'data')]);
    const told = JSON.parse(await firstLine(stack)) as { apiUrl: string; environment: unknown };
    ({ apiUrl: url, environment } = told);
    await writeFile(join(folder, 'openapi.json'), await (await fetch(`${url}/openapi.json`)).text());
  });
  afterAll(async () => {
    await kill(stack);
    await rm(folder, { recursive: true, force: true });
  });

  async function asTenant(name: string): Promise<void> {
    const key = await makeTenantKey(embeddedTenants(environment), parseTenantId(name));
    env = { ...process.env, GLOSS_URL: url, GLOSS_KEY: key };
  }

  const LIFE = {
    status: 'searchable',
    found: ['life.jpg'],
    isCat: true,
    listed: ['life.jpg'],
    deleted: 204,
    gone: [],
    code: 'query_syntax',
    field: 'q',
  };

  it.skipIf(withoutPython)(`openapi-python-client${withoutPython}`, async () => {
    await asTenant('python');
    const python = join(folder, 'venv/bin/python');
    await run('python3', ['-m', 'venv', join(folder, 'venv')]);
    await run(python, ['-m', 'pip', 'install', '--quiet', 'openapi-python-client']);
    const out = join(folder, 'python');
    const generator = join(folder, 'venv/bin/openapi-python-client');
    await run(generator, ['generate', '--path', join(folder, 'openapi.json'), '--output-path', out]);
    await run(python, ['-m', 'compileall', '-q', out]);
    await copyFile(join(PROGRAMS, 'life.py'), join(out, 'life.py'));
    const { stdout } = await run(python, ['life.py', PICTURE], { cwd: out, env });
    expect(JSON.parse(stdout)).toEqual(LIFE);
  });

  it.skipIf(withoutGo)(`oapi-codegen (Go)${withoutGo}`, async () => {
    await asTenant('go');
    const out = join(folder, 'go');
    await mkdir(join(out, 'gloss'), { recursive: true });
    await writeFile(join(out, 'go.mod'), 'module life\n\ngo 1.25\n');
    const options = { cwd: out, env, maxBuffer: 1e8 };
    const generator = 'github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2';
    const generated = ['-generate', 'types,client,skip-prune', '-package', 'gloss', '-o', 'gloss/client.go'];
    await run('go', ['run', generator, ...generated, join(folder, 'openapi.json')], options);
    await copyFile(join(PROGRAMS, 'main.go'), join(out, 'main.go'));
    await run('go', ['mod', 'tidy'], options);
    const { stdout } = await run('go', ['run', '.', PICTURE], options);
    expect(JSON.parse(stdout)).toEqual(LIFE);
  });
});
