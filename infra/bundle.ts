/**
 * Bundles a function for Lambda: `node infra/bundle.ts functions/api.ts [web | decoder] FOLDER`. The CDK runs it for every function of the
 * stack (gloss-function.ts).
 */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';

const PROJECT = join(import.meta.dirname, '..');
/** What texts are analysed with lies beside the module that reads it, with the licences. */
const TABLES = [
  'english.bin',
  'known-words.txt',
  'LICENSE-wordnet.txt',
  'background.bin',
  'LICENSE-coco-captions.txt',
  'forms',
];

/**
 * Importing `node:http` makes Node read every name that it exports, and one of them loads all of fetch: more CPU than the DynamoDB client
 * takes. What is taken from the module itself costs what is used. A module of Node that nothing is used of is not loaded.
 */
const builtins: Plugin = {
  name: 'builtins',
  setup(builder) {
    builder.onResolve({ filter: /^(node:)?[a-z0-9_/]+$/ }, ({ path, kind }) => {
      const name = path.replace('node:', '');
      if (kind === 'entry-point' || !isBuiltin(name)) return undefined;
      if (name === 'http' || kind === 'require-call')
        return { path: name, namespace: 'builtin', sideEffects: false };
      return { path: `node:${name}`, external: true, sideEffects: false };
    });
    builder.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}')`,
    }));
  },
};

/** Packages of the process that decodes: they stay outside of its bundle. */
const DECODERS = ['sharp', 'libheif-js', 'jxl-oxide-wasm'];
/** Small, and with maps that name the places of the sources in stack traces (functions/shared/stack-traces.ts). */
const OPTIONS = {
  absWorkingDir: PROJECT,
  bundle: true,
  splitting: true,
  metafile: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: 'linked',
  sourcesContent: false,
  outExtension: { '.js': '.mjs' },
  logLevel: 'warning',
  // Lambda gives a function its credentials in the environment. Of the other ways of the SDK, from files to single sign-on, nothing is
  // bundled; they would be another fifth of the code.
  alias: {
    '@aws-sdk/credential-provider-node': join(PROJECT, 'functions/shared/environment-credentials.ts'),
  },
  plugins: [builtins],
} satisfies BuildOptions;

const args = process.argv.slice(2);
const outdir = args.pop();
const [entry, extra] = args;
if (entry === undefined || outdir === undefined)
  throw new Error('usage: node infra/bundle.ts ENTRY [web | decoder] FOLDER');

// AWS SDK included: what was tested is what runs. What is imported when it is first needed becomes a module of its own.
const { metafile } = await build({ ...OPTIONS, entryPoints: { index: join(PROJECT, entry) }, outdir });
if ('lib/lexicon/english.ts' in metafile.inputs)
  for (const name of TABLES)
    cpSync(join(PROJECT, 'lib/lexicon', name), join(outdir, name), { recursive: true });
if (extra === 'web') cpSync(join(PROJECT, 'lib/web'), join(outdir, 'web'), { recursive: true });
if (extra === 'decoder') {
  // The process that the Decode function starts; what is native, or read as a file, stays outside.
  const child = join(PROJECT, 'functions/decode-child.ts');
  await build({ ...OPTIONS, entryPoints: { 'decode-child': child }, outdir, external: DECODERS });
  execFileSync(process.execPath, [join(PROJECT, 'infra/decoder-packages.ts'), outdir, ...DECODERS], {
    stdio: 'inherit',
  });
}
nameSources(outdir);

/** Has maps name sources by their paths in the project, wherever the project and the bundle are. */
function nameSources(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.mjs.map'))) {
    const path = join(folder, name);
    const map = JSON.parse(readFileSync(path, 'utf8')) as { readonly sources: readonly string[] };
    const sources = map.sources.map((source) => relative(PROJECT, resolve(folder, source)));
    writeFileSync(path, JSON.stringify({ ...map, sources }));
  }
}
