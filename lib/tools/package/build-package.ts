/**
 * Builds the package gloss-search into a folder: the client and the command line for a deployed service, as JavaScript with types.
 *   npm run build-package dist && npm publish dist
 */
import { build, type BuildOptions } from 'esbuild';
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(import.meta.dirname, '../../..');
const out = resolve(process.argv[2] ?? 'dist');
/** The oldest that the package is for. */
const TARGET = 'node20.19';

interface PackageJson {
  readonly version: string;
  readonly license: string;
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const root = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as PackageJson;
const common = { bundle: true, format: 'esm', metafile: true, logLevel: 'warning' } satisfies BuildOptions;

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  ...common,
  entryPoints: { client: join(ROOT, 'lib/client/index.ts') },
  outdir: out,
  platform: 'neutral', // what it imports of Node.js would fail here
  target: [TARGET, 'es2022'],
});
const { metafile } = await build({
  ...common,
  entryPoints: { cli: join(ROOT, 'lib/cli/gloss-search.ts') },
  outdir: out,
  platform: 'node',
  packages: 'external',
  splitting: true,
  chunkNames: 'cli/[name]-[hash]',
  target: TARGET,
});
await promisify(execFile)(process.execPath, [
  join(ROOT, 'node_modules/typescript/bin/tsc'),
  ...['--project', join(ROOT, 'lib/client/tsconfig.json'), '--outDir', join(out, 'types')],
]);
await cp(join(ROOT, 'LICENSE'), join(out, 'LICENSE'));
await cp(join(ROOT, 'docs/client.md'), join(out, 'README.md'));
await cp(join(ROOT, 'docs/errors.md'), join(out, 'errors.md'));

/** Packages that the command line imports, with the versions that it is tested with. */
function dependencies(): Record<string, string> {
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
  const names = imported
    .filter(({ path, external }) => external === true && !path.startsWith('node:'))
    .map(({ path }) => /^(?:@[^/]+\/)?[^/]+/.exec(path)![0]);
  return Object.fromEntries(
    [...new Set(names)].sort().map((name) => {
      const version = root.dependencies[name] ?? root.devDependencies[name];
      if (version === undefined) throw new Error(`${name} is no dependency`);
      return [name, version];
    }),
  );
}

const manifest = {
  name: 'gloss-search',
  version: root.version,
  description: 'Client and command line of Gloss: image search by words',
  license: root.license,
  type: 'module',
  engines: { node: root.engines.node },
  exports: { '.': { types: './types/client/index.d.ts', default: './client.js' } },
  bin: { gloss: './cli.js' },
  sideEffects: false,
  dependencies: dependencies(),
};
await writeFile(join(out, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
