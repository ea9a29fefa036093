import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openAsBlob } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedTenants, makeOperatorKey, makeTenantKey } from '../../lib/cli/service/tenant-keys.ts';
import { createClient } from '../../lib/client/index.ts';
import { OPERATIONS } from '../../lib/api/openapi/operations.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { firstLine, kill, startNode, type NodeProcess } from '../support/start-node.ts';
import { pythonWith, withoutPython } from './outside-tools.ts';

/**
 * Every operation, asked by Schemathesis with what it makes of the description of the API: what is right, nearly right and wrong. What it is told
 * beside the description is in the folder schemathesis.
 */

const GIVEN = join(import.meta.dirname, 'schemathesis');
const SAMPLES = join(import.meta.dirname, '../fixtures/samples');
/** Of one run: as many requests as go into it. */
const SECONDS = process.env['GLOSS_SCHEMATHESIS_SEC'] ?? '600';
const SEED = process.env['GLOSS_SCHEMATHESIS_SEED'] ?? '1';
const OF_OPERATOR = '^/v1/(tenant|strays)';

interface Report {
  readonly operations: { readonly tested: number };
  readonly test_cases: { readonly generated: number };
  readonly failures: readonly object[];
  readonly errors: readonly object[];
}

describe.skipIf(withoutPython)(`Schemathesis${withoutPython}`, () => {
  let folder: string;
  let bin: string;
  let stack: NodeProcess;
  let url: string;
  let keys: { tenant: string; operator: string };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gloss-schemathesis-'));
    stack = startNode([join(import.meta.dirname, '../e2e/run-local-stack.ts'), join(folder, 'data')]);
    const told = JSON.parse(await firstLine(stack)) as { apiUrl: string; environment: unknown };
    url = told.apiUrl;
    const table = embeddedTenants(told.environment);
    keys = { tenant: '', operator: await makeOperatorKey(table) };
    const limits = { requestsPerSec: 10_000, burst: 100_000 };
    const operator = createClient(url, keys.operator);
    await operator.call('createTenant', { body: { tenant: 'fuzzed', settings: { limits } } });
    keys.tenant = await makeTenantKey(table, parseTenantId('fuzzed'));
    const gloss = createClient(url, keys.tenant);
    for (const name of ['chelsea.jpg', 'collins.jpg'])
      await gloss.upload(await openAsBlob(join(SAMPLES, name)), { name });
    bin = await pythonWith(join(folder, 'venv'), 'schemathesis==4.32.5');
  });
  afterAll(async () => {
    await kill(stack);
    await rm(folder, { recursive: true, force: true });
  });

  async function ask(as: keyof typeof keys, operations: '--include-path-regex' | '--exclude-path-regex') {
    const path = join(folder, `${as}.json`);
    const child = spawn(
      `${bin}/st`,
      [
        ...['--no-color', '--config-file', join(GIVEN, 'schemathesis.toml'), 'run', `${url}/openapi.json`],
        ...[operations, OF_OPERATOR, '--max-time', SECONDS, '--seed', SEED],
        ...['--report', 'json', '--report-json-path', path],
      ],
      {
        cwd: folder,
        env: {
          ...process.env,
          ...{ GLOSS_URL: url, GLOSS_KEY: keys[as], SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: GIVEN },
          PYTHONDONTWRITEBYTECODE: '1', // nothing is left beside the hooks
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    const report = JSON.parse(await readFile(path, 'utf8').catch(() => expect.fail(said))) as Report;
    const { operations: asked, test_cases: cases, failures, errors } = report;
    console.log(`Schemathesis as ${as}: ${asked.tested} operations, ${cases.generated} cases`);
    expect([...failures, ...errors], said).toEqual([]);
    const isIncluded = operations.startsWith('--include');
    const meant = OPERATIONS.filter(({ path: of }) => new RegExp(OF_OPERATOR).test(of) === isIncluded);
    expect(asked.tested).toBe(meant.length);
  }

  it('finds nothing as a tenant', () => ask('tenant', '--exclude-path-regex'));
  it('finds nothing as the operator', () => ask('operator', '--include-path-regex'));
});
