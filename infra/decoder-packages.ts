/**
 * Puts the packages that decode pictures into the folder of a bundle: `node infra/decoder-packages.ts BUNDLE PACKAGE...`. sharp is native, so the
 * copy that npm installed on this machine is of no use on Lambda, which is arm64; the others are read as files when a picture
 * needs them. They are installed once, at the versions and hashes of package-lock.json, into node_modules/.cache; later bundles copy
 * them from there without network.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

interface LockedPackage {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

type LockedPackages = Readonly<Record<string, LockedPackage | undefined>>;

const PROJECT = join(import.meta.dirname, '..');
const CACHE = join(PROJECT, 'node_modules/.cache/gloss');
/** Builds of libheif that are not used. */
const UNUSED = ['libheif', ...['js', 'mjs'].map((ending) => `libheif-wasm/libheif-bundle.${ending}`)];
const TARGET = ['--os=linux', '--cpu=arm64', '--libc=glibc'];

const [bundle, ...PACKAGES] = process.argv.slice(2);
if (bundle === undefined) throw new Error('usage: node infra/decoder-packages.ts BUNDLE PACKAGE...');
cpSync(installedPackages(), join(bundle, 'node_modules'), { recursive: true });

/** The cached node_modules for the target; made if the lock has changed since. */
function installedPackages(): string {
  const lock = lockOfPackages();
  const hash = createHash('sha256')
    .update(JSON.stringify(lock))
    .update([...TARGET, ...UNUSED].join())
    .digest('hex');
  const cached = join(CACHE, `decoders-linux-arm64-${hash.slice(0, 12)}`);
  if (!existsSync(cached)) install(lock, cached);
  return cached;
}

/** Installs beside the cache and moves the result in, so that an interrupted or parallel run leaves nothing half. */
function install(lock: ReturnType<typeof lockOfPackages>, cached: string): void {
  mkdirSync(CACHE, { recursive: true });
  const work = mkdtempSync(join(CACHE, 'install-'));
  try {
    writeFileSync(join(work, 'package.json'), JSON.stringify(lock.packages['']));
    writeFileSync(join(work, 'package-lock.json'), JSON.stringify(lock));
    cpSync(join(PROJECT, '.npmrc'), join(work, '.npmrc'));
    const npm = spawnSync('npm', ['ci', ...TARGET, '--ignore-scripts'], {
      cwd: work,
      encoding: 'utf8',
    });
    if (npm.status !== 0) {
      throw new Error(
        `${PACKAGES.join(', ')} for linux-arm64 could not be installed; is the npm registry in reach?\n${npm.error?.message ?? npm.stderr}`,
      );
    }
    for (const path of UNUSED)
      rmSync(join(work, 'node_modules/libheif-js', path), { recursive: true, force: true });
    renameSync(join(work, 'node_modules'), cached);
  } catch (error) {
    if (!existsSync(cached)) throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The part of package-lock.json that they need. Builds for all platforms are in it; npm picks the target's. */
function lockOfPackages() {
  const { packages, lockfileVersion } = JSON.parse(
    readFileSync(join(PROJECT, 'package-lock.json'), 'utf8'),
  ) as {
    packages: LockedPackages;
    lockfileVersion: number;
  };
  const needed: Record<string, LockedPackage> = {};
  const visit = (name: string): void => {
    const path = `node_modules/${name}`;
    const locked = packages[path];
    if (locked === undefined || path in needed) return;
    needed[path] = locked;
    Object.keys({ ...locked.dependencies, ...locked.optionalDependencies }).forEach(visit);
  };
  PACKAGES.forEach(visit);
  const dependencies = Object.fromEntries(
    PACKAGES.map((name) => {
      const version = needed[`node_modules/${name}`]?.version;
      if (version === undefined) throw new Error(`package-lock.json has no ${name}: run npm install`);
      return [name, version];
    }),
  );
  const root = { name: 'lambda-decoders', version: '0.0.0', dependencies };
  return { name: root.name, version: root.version, lockfileVersion, packages: { '': root, ...needed } };
}
