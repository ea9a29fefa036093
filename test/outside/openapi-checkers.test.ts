import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../lib/api/openapi/document.ts';
import { withoutNpx } from './outside-tools.ts';

/** The description of the API, as those who check such documents see it. Their rules, and why some are off, are in checkers. */

const CHECKERS = join(import.meta.dirname, 'checkers');
const run = promisify(execFile);

describe.skipIf(withoutNpx)(`the description of the API${withoutNpx}`, () => {
  let folder: string;
  let description: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gloss-checkers-'));
    description = join(folder, 'openapi.json');
    await writeFile(description, JSON.stringify(openApiDocument()));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** What a checker says, who ends with 1 where it finds something. */
  const check = async (...args: string[]): Promise<string> => {
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const options = { cwd: folder, env, maxBuffer: 1e8 };
    try {
      return (await run('npx', ['--yes', ...args], options)).stdout;
    } catch (error) {
      const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
      return expect.fail(`${stdout}\n${stderr}`);
    }
  };

  it('Redocly CLI', async () => {
    const config = ['--config', join(CHECKERS, 'redocly.yaml'), '--format', 'json'];
    const found = await check('@redocly/cli@2.77.0', 'lint', ...config, description);
    expect(JSON.parse(found)).toMatchObject({ totals: { errors: 0, warnings: 0, ignored: 0 } });
  });

  it('Spectral', async () => {
    const rules = ['--ruleset', join(CHECKERS, 'spectral.yaml'), '--fail-severity', 'hint'];
    const found = await check('@stoplight/spectral-cli@6.16.3', 'lint', ...rules, description);
    expect(found).toContain('No results with a severity of');
  });

  it('swagger-parser', async () => {
    await run('npm', [
      'install',
      '--prefix',
      folder,
      '--no-audit',
      '--no-fund',
      '@apidevtools/swagger-parser@13.1.0',
    ]);
    const parsing = `import parser from '@apidevtools/swagger-parser';
      const { info, paths } = await parser.validate(process.argv[1]);
      console.log(info.title, Object.keys(paths).length);`;
    const args = ['--input-type=module', '--eval', parsing, description];
    const { stdout } = await run(process.execPath, args, { cwd: folder });
    expect(stdout).toBe(`Gloss ${Object.keys(openApiDocument().paths).length}\n`);
  });
});
