import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { startLocalStack } from '../../../infra/local/local-stack.ts';
import { markdownTable } from '../../cli/terminal/markdown-table.ts';
import { print } from '../../cli/terminal/print.ts';
import { percentile } from '../../lab/metrics/percentile.ts';
import { codeLoadedAtStart } from './loaded-code.ts';
import { searchEvent } from './search-event.ts';

/**
 * `npm run measure-starts [-- --pairs 15] [--bundles FOLDER]`: what the cold start of each function takes, and that of the API with the first
 * search. Each is a whole process, after one whose handler does nothing, in turn; the figure is the median of the ratios
 * of their CPU. The embedded servers are other processes' affair.
 */

const PROJECT = join(import.meta.dirname, '../../..');
const PROCESS = join(import.meta.dirname, 'start-process.mjs');
const BARE = 'export const handler = () => Promise.resolve({ statusCode: 200 });\n';
const API = 'api';
const run = promisify(execFile);

interface Taken {
  readonly startMs: number;
  readonly answeredMs?: number;
}

const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '15' }, bundles: { type: 'string' } },
});
const pairs = Number(values.pairs);
const work = await mkdtemp(join(tmpdir(), 'gloss-starts-'));
const stack = await startLocalStack({ dataDir: join(work, 'data'), port: 0 });
try {
  const eventFile = join(work, 'event.json');
  await writeFile(eventFile, JSON.stringify(await searchEvent(stack)));
  const bare = join(work, 'bare.mjs');
  await writeFile(bare, BARE);
  const bundles = values.bundles ?? (await bundleAll(join(work, 'bundles')));

  const rows = [];
  for (const name of await functionNames()) {
    const folder = join(bundles, name);
    const event = name === API ? [eventFile] : [];
    const own: Taken[] = [];
    const base: Taken[] = [];
    for (let pair = 0; pair <= pairs; pair += 1) {
      base.push(await taken(bare, { environment: {}, event }));
      own.push(await taken(join(folder, 'index.mjs'), { environment: environmentOf(name, folder), event }));
    }
    const { files, bytes } = codeLoadedAtStart(folder);
    const column = (of: (one: Taken) => number) => {
      // The first pair warms the machine's caches.
      const median = (numbers: readonly number[]) => percentile(numbers.slice(1), 0.5).toFixed(1);
      return [median(own.map(of)), median(own.map((one, i) => of(one) / of(base[i]!)))];
    };
    const search = name === API ? column(({ answeredMs }) => answeredMs!) : ['', ''];
    rows.push([
      name,
      String(files.length),
      String(Math.round(bytes / 1_000)),
      ...column(({ startMs }) => startMs),
      ...search,
    ]);
  }
  const head = ['function', 'modules', 'KB', 'start, ms', 'times bare', 'with a search, ms', 'times bare'];
  print(markdownTable(head, rows));
} finally {
  await stack.close();
  await rm(work, { recursive: true });
}

async function functionNames(): Promise<string[]> {
  const files = await readdir(join(PROJECT, 'functions'));
  const entries = files.filter((file) => file.endsWith('.ts') && file !== 'decode-child.ts');
  return entries.map((file) => basename(file, '.ts')).sort();
}

/** As they are deployed. */
async function bundleAll(folder: string): Promise<string> {
  for (const name of await functionNames()) {
    await mkdir(join(folder, name), { recursive: true });
    const extra = name === 'decode' ? ['decoder'] : [];
    const script = join(PROJECT, 'infra/bundle.ts');
    await run(process.execPath, [script, `functions/${name}.ts`, ...extra, join(folder, name)]);
  }
  return folder;
}

/** Of a function whose code is the bundle alone. */
function environmentOf(name: string, folder: string): Record<string, string> {
  const environment = stack.environmentOf(`functions/${name}.ts`);
  return { ...environment, LAMBDA_TASK_ROOT: folder, POWERTOOLS_LOG_LEVEL: 'SILENT' };
}

async function taken(
  module: string,
  { environment, event }: { readonly environment: Record<string, string>; readonly event: readonly string[] },
): Promise<Taken> {
  const { stdout } = await run(process.execPath, [PROCESS, module, ...event], { env: environment });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{'))) as Taken;
}
