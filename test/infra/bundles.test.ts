import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { synthesize, type SynthesizedTemplate } from '../../infra/synthesize.ts';
import { hostFunction, type FunctionHost } from '../../infra/local/function-host.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { codeLoadedAtStart } from '../../lib/tools/starts/loaded-code.ts';
import { eventFile, startService } from '../support/service.ts';
import { FUNCTIONS, propertiesOf, synthesized } from './synthesized.ts';

const PROJECT = join(import.meta.dirname, '../..');
const DECODERS = ['sharp', 'libheif-js', 'jxl-oxide-wasm'];
const SHARP_NODE = 'node_modules/@img/sharp-linux-arm64';
const workdir = mkdtempSync(join(tmpdir(), 'gloss-bundles-'));
let template: SynthesizedTemplate;

/** Really bundles all of them: seconds; the very first time sharp for arm64 comes from the npm registry. */
beforeAll(() => {
  template = synthesize({ outdir: join(workdir, 'cdk.out'), bundle: true });
});

afterAll(() => rmSync(workdir, { recursive: true, force: true }));

function bundleOf(name: string): string {
  const code = propertiesOf(template, 'AWS::Lambda::Function')[`${name}Function`]?.Code as { S3Key: string };
  return join(workdir, 'cdk.out', `asset.${code.S3Key.replace('.zip', '')}`);
}

/** The modules of a bundle. */
function modulesOf(name: string) {
  const files = readdirSync(bundleOf(name)).filter((file) => file.endsWith('.mjs'));
  return files.map((file) => ({ file, code: readFileSync(join(bundleOf(name), file), 'utf8') }));
}

/** The environment that the template gives a function, with names such as AWS would fill in. */
function environmentOf(name: string): Record<string, string> {
  const { Variables } = propertiesOf(template, 'AWS::Lambda::Function')[`${name}Function`]?.Environment as {
    Variables: Record<
      string,
      string | { Ref: string } | { 'Fn::GetAtt': [string, string] } | { 'Fn::Join': unknown }
    >;
  };
  const filled = Object.entries(Variables).map(([key, value]) => {
    if (typeof value === 'string') return [key, value];
    if ('Fn::Join' in value) return [key, 'https://bucket.s3.us-east-1.amazonaws.com'];
    if ('Fn::GetAtt' in value) return [key, `arn:aws:iam::123456789012:role/${value['Fn::GetAtt'][0]}`];
    const isQueue = template.Resources[value.Ref]?.Type === 'AWS::SQS::Queue';
    return [
      key,
      isQueue ? `https://sqs.us-east-1.amazonaws.com/123456789012/${value.Ref}` : value.Ref.toLowerCase(),
    ];
  });
  return Object.fromEntries(filled) as Record<string, string>;
}

test.each(FUNCTIONS)('%s is one module with its source map, and parses', (name) => {
  const files = readdirSync(bundleOf(name)).filter((file) => file.startsWith('index.'));
  expect(files.sort()).toEqual(['index.mjs', 'index.mjs.map']);
  execFileSync(process.execPath, ['--check', join(bundleOf(name), 'index.mjs')]);
});

test.each(FUNCTIONS)('%s starts from its bundle alone and exports a handler', (name) => {
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
});

describe('what a cold start loads', () => {
  /** Bytes before the handler is there, of `npm run measure-starts` when they were last looked at. */
  const BYTES = {
    Admit: 653_000,
    Api: 819_000,
    Decode: 139_000,
    Describe: 693_000,
    Index: 638_000,
    Merge: 637_000,
    Notify: 450_000,
    Ping: 421_000,
    Purge: 427_000,
    Reindex: 658_000,
    Remove: 644_000,
    Segments: 314_000,
    Sweep: 673_000,
  };

  test('has no more code than it had, by a twentieth', () => {
    const grown = FUNCTIONS.filter((name) => {
      const { bytes } = codeLoadedAtStart(bundleOf(name));
      return bytes > 1.05 * BYTES[name as keyof typeof BYTES];
    });
    expect(grown).toEqual([]);
  });

  test.each(FUNCTIONS)('of %s is no client that not every event needs', (name) => {
    const { files } = codeLoadedAtStart(bundleOf(name));
    const code = files.map((file) => readFileSync(join(bundleOf(name), file), 'utf8')).join('\n');
    // As clients say who they are.
    for (const client of ['S3', 'SQS', 'Lambda', 'EventBridge', 'Bedrock Runtime'])
      expect(code.includes(`serviceId:"${client}"`) || code.includes(`??"${client}"`), client).toBe(false);
    expect(/from\s*"node:http"/.test(code), 'imports node:http').toBe(false);
    expect(code.includes('sourceMappingURL=data:'), 'has its source map within').toBe(false);
  });

  test('leaves out the languages of zod and the ways to credentials that no function has', () => {
    const code = FUNCTIONS.flatMap(modulesOf)
      .map((module) => module.code)
      .join('\n');
    const has = (text: string) => code.includes(text);
    expect(has('Invalid input: expected')).toBe(true); // in English
    expect(has('Ungültige Eingabe')).toBe(false);
    expect(has('credential_process')).toBe(false);
  });
});

test('a stack trace names lines of the sources', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(bundleOf('Api'), 'index.mjs')], {
    env: {},
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain("the function's environment is not complete");
  const lines = readFileSync(join(PROJECT, 'functions/deps/api-deps.ts'), 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes('= readEnvironment(')) + 1;
  expect(stderr).toContain(`(functions/deps/api-deps.ts:${line}:`);
});

describe('sharp for Lambda', () => {
  /** ELF header: class at byte 4 (2 is 64 bit), machine as uint16 at byte 18 (183 is AArch64). */
  test('is native code for 64-bit ARM, with libvips beside it and no other platform', () => {
    const bundle = bundleOf('Decode');
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
    for (const path of [...DECODERS.map((name) => `node_modules/${name}`), SHARP_NODE]) {
      expect(read(join(bundleOf('Decode'), path, 'package.json')).version).toBe(packages[path]?.version);
    }
  });

  test('has beside it what the formats need that it does not read, with the licences', () => {
    const files = (path: string) => readdirSync(join(bundleOf('Decode'), 'node_modules', path)).sort();
    expect(files('libheif-js/libheif-wasm')).toEqual([
      'LICENSE',
      'libheif.d.ts',
      'libheif.js',
      'libheif.wasm',
    ]);
    expect(files('jxl-oxide-wasm')).toEqual(
      expect.arrayContaining(['LICENSE-APACHE', 'LICENSE-MIT', 'jxl_oxide_wasm_bg.wasm']),
    );
  });

  test('loads none of that before a picture needs it', () => {
    const child = readFileSync(join(bundleOf('Decode'), 'decode-child.mjs'), 'utf8');
    expect(child).toContain('from"sharp"');
    for (const name of ['libheif-js', 'jxl-oxide-wasm']) expect(child).not.toContain(name);
  });

  test('is in no other bundle, and the child that loads it is a module beside its function', () => {
    const withSharp = FUNCTIONS.filter((name) => existsSync(join(bundleOf(name), SHARP_NODE)));
    const withChild = FUNCTIONS.filter((name) => existsSync(join(bundleOf(name), 'decode-child.mjs')));
    expect([withSharp, withChild]).toEqual([['Decode'], ['Decode']]);
    execFileSync(process.execPath, ['--check', join(bundleOf('Decode'), 'decode-child.mjs')]);
  });

  test('is found by the bundled child that the bundled function starts', { timeout: 120_000 }, async () => {
    // Within the project, so that the child finds the sharp of this machine's processor.
    const bundle = mkdtempSync(join(PROJECT, 'node_modules/.cache/decode-bundle-'));
    const folder = join(PROJECT, 'test/fixtures/images');
    const server = createServer(({ url }, response) => response.end(readFileSync(join(folder, url!))));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const { file } of modulesOf('Decode')) cpSync(join(bundleOf('Decode'), file), join(bundle, file));
    const host = hostFunction({
      name: 'Decode',
      entryPath: join(bundle, 'index.mjs'),
      exportName: 'handler',
      environment: {
        ...environmentOf('Decode'),
        PATH: process.env['PATH'] ?? '',
        PICTURE_ORIGIN: origin,
        POWERTOOLS_LOG_LEVEL: 'SILENT',
      },
      timeoutMs: 60_000,
      memoryMb: 512,
      maxConcurrency: 1,
      maxWaiting: 1,
      log: (text) => process.stderr.write(text),
    });
    try {
      const wish = { cropPolicy: 'none', maxBytes: 1e6, maxPixels: 1e6 };
      const factsOf = async (name: string) =>
        ((await host.invoke({ owner: 'acme', url: `${origin}/${name}`, wish })) as { facts: object }).facts;
      expect(await factsOf('rotated.jpg')).toEqual({ format: 'jpeg', widthPx: 40, heightPx: 60 });
      for (const format of ['heic', 'jxl', 'bmp'])
        expect(await factsOf(`scene.${format}`)).toEqual({ format, widthPx: 160, heightPx: 120 });
    } finally {
      await host.close();
      server.close();
      rmSync(bundle, { recursive: true });
    }
  });

  test('comes from the cache when the registry is out of reach', () => {
    const again = join(workdir, 'again');
    execFileSync(process.execPath, [join(PROJECT, 'infra/decoder-packages.ts'), again, ...DECODERS], {
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

const LANGUAGES_WITH_FORMS = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'zh'];

describe('the lexicon', () => {
  test('lies with its licence beside each function that analyses texts, and nowhere else', () => {
    const withTable = FUNCTIONS.filter((name) => {
      const files = readdirSync(bundleOf(name));
      const isWhole = files.includes('english.bin') && files.includes('LICENSE-wordnet.txt');
      const isRead = modulesOf(name).some(({ code }) => code.includes('english.bin'));
      expect(isWhole, name).toBe(isRead);
      return isWhole;
    });
    expect(withTable).toEqual(expect.arrayContaining(['Index', 'Api']));
    for (const name of [
      'english.bin',
      'known-words.txt',
      'background.bin',
      'LICENSE-coco-captions.txt',
      ...LANGUAGES_WITH_FORMS.map((language) => `forms/${language}.txt`),
      'forms/LICENSES.md',
    ]) {
      const [copied, source] = [join(bundleOf('Api'), name), join(PROJECT, 'lib/lexicon', name)];
      expect(readFileSync(copied).equals(readFileSync(source)), name).toBe(true);
    }
  });

  test(
    'is read from the bundle alone, where words are indexed and where they are looked for',
    { timeout: 120_000 },
    async () => {
      const service = await startService();
      const hosts: FunctionHost[] = [];
      /** A process with the bundle as its code, and the project's files nowhere near. */
      function host(name: string): FunctionHost {
        const started = hostFunction({
          name,
          entryPath: join(bundleOf(name), 'index.mjs'),
          exportName: 'handler',
          environment: {
            ...(process.env as Record<string, string>),
            ...service.environmentOf(name.toLowerCase()),
            LAMBDA_TASK_ROOT: bundleOf(name),
          },
          timeoutMs: 60_000,
          memoryMb: 512,
          maxConcurrency: 1,
          maxWaiting: 1,
          log: (text) => process.stderr.write(text),
        });
        hosts.push(started);
        return started;
      }
      try {
        const key = await service.keys.create(parseTenantId('bundled'));
        const documents = [
          { id: 'seat', texts: ['a couch by the window'] },
          { id: 'plant', texts: ['a fern by the window'] },
        ];
        expect((await service.request('POST', '/v1/documents', key, { documents })).status).toBe(202);
        await host('Index').invoke(await service.drainIndexQueue());

        const event = await eventFile<APIGatewayProxyEventV2>('search');
        event.rawPath = event.requestContext.http.path = '/v1/search';
        event.rawQueryString = 'q=sofa';
        event.headers = { host: 'localhost', authorization: `Bearer ${key}` };
        const { statusCode, body } = (await host('Api').invoke(event)) as {
          statusCode: number;
          body: string;
        };
        expect(statusCode, body).toBe(200);
        const { hits } = JSON.parse(body) as { hits: readonly { readonly name: string }[] };
        expect(hits.map(({ name }) => name)).toEqual(['seat']); // WordNet: a couch is a sofa
      } finally {
        await Promise.all(hosts.map((started) => started.close()));
        await service.close();
      }
    },
  );
});

test('a template without bundles is the deployed one but for the hashes of the code', () => {
  const withoutHashes = (value: unknown) => JSON.stringify(value).replaceAll(/[0-9a-f]{64}\.zip/g, '.zip');
  expect(withoutHashes(synthesized())).toBe(withoutHashes(template));
});
