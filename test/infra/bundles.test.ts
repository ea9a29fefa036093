import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { synthesize, type Template } from '../../infra/synthesize.ts';
import { propertiesOf, synthesized } from './synthesized.ts';

const PROJECT = join(import.meta.dirname, '../..');
const SHARP_NODE = 'node_modules/@img/sharp-linux-arm64';
const workdir = mkdtempSync(join(tmpdir(), 'gloss-bundles-'));
let template: Template;

/** Really bundles all seven: seconds; the very first time sharp for arm64 comes from the npm registry. */
beforeAll(() => {
  template = synthesize({ outdir: join(workdir, 'cdk.out'), bundle: true });
});

afterAll(() => rmSync(workdir, { recursive: true, force: true }));

function bundleOf(name: string): string {
  const code = propertiesOf(template, 'AWS::Lambda::Function')[`${name}Function`]?.Code as { S3Key: string };
  return join(workdir, 'cdk.out', `asset.${code.S3Key.replace('.zip', '')}`);
}

/** The environment that the template gives a function, with names such as AWS would fill in. */
function environmentOf(name: string): Record<string, string> {
  const { Variables } = propertiesOf(template, 'AWS::Lambda::Function')[`${name}Function`]?.Environment as {
    Variables: Record<string, string | { Ref: string } | { 'Fn::GetAtt': [string, string] }>;
  };
  const filled = Object.entries(Variables).map(([key, value]) => {
    if (typeof value === 'string') return [key, value];
    if ('Fn::GetAtt' in value) return [key, `arn:aws:iam::123456789012:role/${value['Fn::GetAtt'][0]}`];
    const isQueue = template.Resources[value.Ref]?.Type === 'AWS::SQS::Queue';
    return [
      key,
      isQueue ? `https://sqs.us-east-1.amazonaws.com/123456789012/${value.Ref}` : value.Ref.toLowerCase(),
    ];
  });
  return Object.fromEntries(filled) as Record<string, string>;
}

test.each(['Describe', 'Remove', 'Index', 'Merge', 'Purge', 'Sweep', 'Notify', 'Api'])(
  '%s is one module with its source map, and parses',
  (name) => {
    const files = readdirSync(bundleOf(name)).filter((file) => file.startsWith('index.'));
    expect(files.sort()).toEqual(['index.mjs', 'index.mjs.map']);
    execFileSync(process.execPath, ['--check', join(bundleOf(name), 'index.mjs')]);
  },
);

/** Not Describe: the sharp in its bundle is for Lambda's processor and does not load on every machine. */
test.each(['Remove', 'Index', 'Merge', 'Purge', 'Sweep', 'Notify', 'Api'])(
  '%s starts from its bundle alone and exports a handler',
  (name) => {
    const code =
      'const { handler } = await import(process.argv[1]); process.stdout.write(typeof handler); process.exit(0);';
    const bundle = bundleOf(name);
    const printed = execFileSync(
      process.execPath,
      ['--input-type=module', '--eval', code, join(bundle, 'index.mjs')],
      {
        cwd: bundle,
        env: {
          ...environmentOf(name),
          AWS_REGION: 'us-east-1',
          AWS_LAMBDA_FUNCTION_NAME: name,
          LAMBDA_TASK_ROOT: bundle,
        },
        encoding: 'utf8',
      },
    );
    expect(printed).toBe('function');
  },
);

describe('sharp for Lambda', () => {
  /** ELF header: class at byte 4 (2 is 64 bit), machine as uint16 at byte 18 (183 is AArch64). */
  test('is native code for 64-bit ARM, with libvips beside it and no other platform', () => {
    const bundle = bundleOf('Describe');
    const [addon] = readdirSync(join(bundle, SHARP_NODE, 'lib')).filter((file) => file.endsWith('.node'));
    const elf = readFileSync(join(bundle, SHARP_NODE, 'lib', addon!));
    expect(elf.subarray(0, 4).toString('latin1')).toBe('\x7fELF');
    expect([elf[4], elf.readUInt16LE(18)]).toEqual([2, 183]);
    expect(readdirSync(join(bundle, 'node_modules/@img')).sort()).toEqual([
      'colour',
      'sharp-libvips-linux-arm64',
      'sharp-linux-arm64',
    ]);
  });

  test('has the version of package-lock.json', () => {
    const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    const { packages } = read(join(PROJECT, 'package-lock.json')) as {
      packages: Record<string, { version: string }>;
    };
    for (const path of ['node_modules/sharp', SHARP_NODE]) {
      expect(read(join(bundleOf('Describe'), path, 'package.json')).version).toBe(packages[path]?.version);
    }
  });

  test('comes from the cache when the registry is out of reach', () => {
    const again = join(workdir, 'again');
    execFileSync(process.execPath, [join(PROJECT, 'infra/lambda-sharp.ts'), again], {
      env: {
        ...process.env,
        npm_config_registry: 'http://127.0.0.1:9',
        npm_config_cache: join(workdir, 'npm'),
      },
    });
    expect(existsSync(join(again, SHARP_NODE))).toBe(true);
  });
});

test('the API carries the files of the page', () => {
  expect(readdirSync(join(bundleOf('Api'), 'web'))).toContain('index.html');
});

test('a template without bundles is the deployed one but for the hashes of the code', () => {
  const withoutHashes = (value: unknown) => JSON.stringify(value).replaceAll(/[0-9a-f]{64}\.zip/g, '.zip');
  expect(withoutHashes(synthesized())).toBe(withoutHashes(template));
});
