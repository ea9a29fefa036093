import { Command, InvalidArgumentError, Option } from 'commander';
import { parseTenantId } from '../domain/ids.ts';
import { growthExponent } from '../eval/growth-exponent.ts';
import { IndexBuild, readGlosses, type BuildCost } from './bench-build.ts';
import { measureSet, readQuerySets, termsOf, type QuerySets, type SetFigures } from './bench-queries.ts';
import { parseEngines, runEngineBench } from './bench-engines.ts';
import { formatEngineBench } from './bench-engines-report.ts';
import { formatBench } from './bench-report.ts';
import { Snapshot } from './bench-snapshot.ts';
import { openBenchStore, STORES, type BenchStore, type StoreKind } from './bench-store.ts';
import { CommandError } from './command-error.ts';
import type { EngineName } from './engines/catalog.ts';
import { NaiveIndex, type NaiveFigures } from './naive-index.ts';
import { wholeNumber } from './options.ts';
import { showProgress, type Progress } from './progress.ts';

export interface BenchOptions {
  readonly docs: string;
  readonly queries: string;
  readonly sizes: readonly number[];
  readonly batch: number;
  readonly store: StoreKind;
  readonly engines?: readonly EngineName[];
  readonly mergeAll?: true;
  readonly clusters?: boolean;
  readonly widened?: true;
  readonly naive?: true;
  readonly json?: true;
}

/** One size of the index: what it took to build and what it takes to ask. */
export interface SizeFigures {
  readonly build: BuildCost;
  readonly segments: number;
  readonly postings: number;
  readonly storedBytes: number;
  /** Of this process, which holds a store in memory as well. */
  readonly peakMemoryMb: number;
  readonly sets: readonly SetFigures[];
  /** One item a posting, on a store of its own. */
  readonly naive?: NaiveFigures;
  /** All of it was merged into one segment first. */
  readonly merged?: true;
}

export interface BenchReport {
  readonly store: StoreKind;
  readonly batch: number;
  readonly sizes: readonly SizeFigures[];
  /** Read units of a mean query grow as documents to the power of this; absent where there is one size. */
  readonly growth: readonly { readonly set: string; readonly ours?: number; readonly naive?: number }[];
}

const TENANT = parseTenantId('bench');
const MOST_DOCUMENTS = 100_000_000;
/** 70 items a document are many for a store in memory, and slow to write to the embedded server. */
const MOST_NAIVE = 10_000;

export const benchCommand = new Command('bench')
  .description('counts what building an index and asking it costs, on a private store')
  .requiredOption('--docs <file>', 'documents: JSON lines {id, tags, captions} or {id, texts}, gz or plain')
  .requiredOption('--queries <file>', 'queries: lines of set and query with a tab between')
  .option('--sizes <list>', 'numbers of documents to stop and ask at, ascending', parseSizes, [10_000])
  .option('--batch <n>', 'documents indexed at once', wholeNumber(1, 10_000), 100)
  .addOption(
    new Option('--store <kind>', 'memory charges what DynamoDB would; dynamodb is the embedded server')
      .choices(STORES)
      .default('memory'),
  )
  .option('--merge-all', 'ask the last size once more with all of it merged into one segment')
  .option('--widened', 'index and ask with synonyms and kinds, as the service does; words alone otherwise')
  .option('--no-clusters', 'merge by length alone, without clusters of like documents')
  .option('--naive', `write and ask one item a posting as well, up to ${MOST_NAIVE} documents`)
  .option(
    '--engines <list>',
    'instead: Gloss beside lancedb, sqlite, minisearch, orama, lucene, or all',
    parseEngines,
  )
  .option('--json', 'print one JSON object on stdout')
  .action(async (options: BenchOptions) => {
    const progress = showProgress();
    const { engines } = options;
    if (engines) {
      const report = await runEngineBench({ ...options, engines }, progress).finally(() => progress.stop());
      console.log(options.json ? JSON.stringify(report) : formatEngineBench(report));
      return;
    }
    const report = await runBench(options, progress).finally(() => progress.stop());
    console.log(options.json ? JSON.stringify(report) : formatBench(report));
  });

/** Builds and asks an index of each size in turn; a larger one goes on where the smaller one stopped. */
export async function runBench(
  { docs, queries, sizes, batch, store: kind, mergeAll, clusters, widened, naive }: BenchOptions,
  progress: Progress,
): Promise<BenchReport> {
  const sets = await readQuerySets(queries, widened);
  const store = await openBenchStore(kind, {
    ...(clusters === false && { rules: { clusterDepth: () => 0 } }),
    widened: widened === true,
  });
  const naiveStore = naive && (await openBenchStore(kind, { widened: widened === true }));
  const naiveIndex = naiveStore && new NaiveIndex(naiveStore);
  try {
    const build = new IndexBuild(store, TENANT);
    const glosses = readGlosses(docs, TENANT);
    const measured: SizeFigures[] = [];
    for (const size of sizes) {
      progress.phase('indexing', size);
      while (build.cost.documents < size) {
        const taken = await take(glosses, Math.min(batch, size - build.cost.documents));
        if (taken.length === 0) {
          const there = build.cost.documents;
          throw new CommandError(
            'documents',
            `${docs} has ${there} documents: ask for at most as many by --sizes`,
          );
        }
        await build.add(taken);
        if (size <= MOST_NAIVE) await naiveIndex?.add(taken);
        progress.update(build.cost.documents);
      }
      const asked = size <= MOST_NAIVE ? naiveIndex : undefined;
      measured.push(await measure(store, build.cost, sets, progress, asked));
    }
    const growth = growthOf(measured);
    if (mergeAll) {
      progress.phase('merging all', 1);
      await build.mergeAll();
      measured.push({ ...(await measure(store, build.cost, sets, progress)), merged: true });
    }
    return { store: kind, batch, sizes: measured, growth };
  } finally {
    await naiveStore?.close();
    await store.close();
  }
}

async function measure(
  store: BenchStore,
  build: BuildCost,
  sets: QuerySets,
  progress: Progress,
  naiveIndex?: NaiveIndex,
): Promise<SizeFigures> {
  const peakMemoryMb = process.resourceUsage().maxRSS / 1_024;
  const snapshot = await Snapshot.read(store, TENANT, termsOf(sets));
  const figures: SetFigures[] = [];
  for (const set of sets) {
    let done = 0;
    progress.phase(`asking ${set[0]}`, set[1].length);
    figures.push(await measureSet(store, TENANT, snapshot, set, () => progress.update((done += 1))));
  }
  const { manifest, postings, storedBytes } = snapshot;
  const segments = manifest.segments.length;
  const naive = await naiveIndex?.measure(sets, snapshot);
  return { build, segments, postings, storedBytes, peakMemoryMb, sets: figures, ...(naive && { naive }) };
}

/** The next items, fewer at the end. */
async function take<T>(items: AsyncIterator<T, undefined>, count: number): Promise<T[]> {
  const taken: T[] = [];
  while (taken.length < count) {
    const { done, value } = await items.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

function growthOf(sizes: readonly SizeFigures[]): BenchReport['growth'] {
  return sizes[0]!.sets.map(({ set }, i) => {
    const exponent = (of: (figures: SetFigures) => number) =>
      growthExponent(sizes.map(({ build, sets }) => [build.documents, of(sets[i]!)]));
    const ours = exponent(({ readUnits }) => readUnits.mean);
    const naive = exponent((figures) => figures.naive.readUnits.mean);
    return { set, ...(ours !== undefined && { ours }), ...(naive !== undefined && { naive }) };
  });
}

function parseSizes(text: string): number[] {
  const sizes = text.split(',').map(wholeNumber(1, MOST_DOCUMENTS));
  if (sizes.some((size, i) => i > 0 && size <= sizes[i - 1]!))
    throw new InvalidArgumentError('write the sizes in ascending order.');
  return sizes;
}
