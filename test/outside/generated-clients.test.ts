import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedTenants, makeTenantKey } from '../../lib/cli/service/tenant-keys.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { firstLine, kill, startNode, type NodeProcess } from '../support/start-node.ts';
import { isAsked, pythonWith, withoutPython, withoutTool } from './outside-tools.ts';
import { recordService } from './recorded-service.ts';

/**
 * Clients in four languages, generated from /openapi.json: each compiles and takes a picture through its life. What each asked is kept in
 * generated-clients/lives. `npm test` has the client that people install in test/e2e/client.test.ts.
 */

const PICTURE = join(import.meta.dirname, '../fixtures/samples/chelsea.jpg');
const PROGRAMS = join(import.meta.dirname, 'generated-clients');
const run = promisify(execFile);

const withoutGo = withoutTool('go', 'version');
const withoutMaven = withoutTool('mvn', '--version');

describe.skipIf(!isAsked)('generated clients', () => {
  let folder: string;
  let description: string;
  let stack: NodeProcess;
  let recorded: Awaited<ReturnType<typeof recordService>>;
  let environment: unknown;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gloss-clients-'));
    stack = startNode([join(import.meta.dirname, '../e2e/run-local-stack.ts'), join(folder, 'data')]);
    const told = JSON.parse(await firstLine(stack)) as { apiUrl: string; environment: unknown };
    ({ environment } = told);
    recorded = await recordService(told.apiUrl);
    description = join(folder, 'openapi.json');
    await writeFile(description, await (await fetch(`${told.apiUrl}/openapi.json`)).text());
  });
  afterAll(async () => {
    recorded.close();
    await kill(stack);
    await rm(folder, { recursive: true, force: true });
  });

  async function asTenant(name: string): Promise<NodeJS.ProcessEnv> {
    const key = await makeTenantKey(embeddedTenants(environment), parseTenantId(name));
    recorded.taken();
    return { ...process.env, GLOSS_URL: recorded.url, GLOSS_KEY: key };
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
  /** What came of the life, beside the requests that it was made of. */
  async function expectLife(client: string, stdout: string): Promise<void> {
    const said = stdout.trim();
    expect(JSON.parse(said)).toEqual(LIFE);
    const asked = recorded.taken().map((line) => line.replaceAll(/[0-9a-f]{32}/g, '{id}'));
    await expect(`${[...asked, said].join('\n')}\n`).toMatchFileSnapshot(
      `generated-clients/lives/${client}.log`,
    );
  }

  it('openapi-typescript, with lib/client around it', async () => {
    const env = await asTenant('typescript');
    const { stdout } = await run(process.execPath, [join(PROGRAMS, 'life.ts'), PICTURE], { env });
    await expectLife('typescript', stdout);
  });

  it.skipIf(withoutPython)(`openapi-python-client${withoutPython}`, async () => {
    const env = await asTenant('python');
    const bin = await pythonWith(join(folder, 'venv'), 'openapi-python-client==0.29.1');
    const out = join(folder, 'python');
    await run(`${bin}/openapi-python-client`, ['generate', '--path', description, '--output-path', out]);
    await run(`${bin}/python`, ['-m', 'compileall', '-q', out]);
    await copyFile(join(PROGRAMS, 'life.py'), join(out, 'life.py'));
    const { stdout } = await run(`${bin}/python`, ['life.py', PICTURE], { cwd: out, env });
    await expectLife('python', stdout);
  });

  it.skipIf(withoutGo)(`oapi-codegen (Go)${withoutGo}`, async () => {
    const env = await asTenant('go');
    const out = join(folder, 'go');
    await mkdir(join(out, 'gloss'), { recursive: true });
    await writeFile(join(out, 'go.mod'), 'module life\n\ngo 1.25\n');
    const options = { cwd: out, env, maxBuffer: 1e8 };
    const generator = 'github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2';
    const generated = ['-generate', 'types,client,skip-prune', '-package', 'gloss', '-o', 'gloss/client.go'];
    await run('go', ['run', generator, ...generated, description], options);
    await copyFile(join(PROGRAMS, 'main.go'), join(out, 'main.go'));
    await run('go', ['mod', 'tidy'], options);
    const { stdout } = await run('go', ['run', '.', PICTURE], options);
    await expectLife('go', stdout);
  });

  it.skipIf(withoutMaven)(`openapi-generator (Java)${withoutMaven}`, async () => {
    const env = await asTenant('java');
    const out = join(folder, 'java');
    await cp(join(PROGRAMS, 'java'), out, { recursive: true });
    const options = { cwd: out, env, maxBuffer: 1e8 };
    const given = ['-Dstyle.color=never', `-Dspec=${description}`, `-Dpicture=${PICTURE}`];
    const { stdout } = await run('mvn', ['-q', '-B', 'compile', 'exec:java', ...given], options);
    await expectLife(
      'java',
      stdout.split('\n').find((line) => line.startsWith('{'))!,
    );
  });
});
