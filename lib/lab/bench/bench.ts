import { GlossError } from '../../domain/errors.ts';
import { parseTenantId } from '../../domain/ids.ts';
import { growthExponent } from '../metrics/growth-exponent.ts';
import type { Progress } from '../progress.ts';
import { openBenchStore, type BenchStore, type StoreKind } from './bench-store.ts';
import { ExhaustiveSnapshot } from './exhaustive-snapshot.ts';
import { IndexBuild, readGlosses, type BuildCost } from './index-build.ts';
import { measureSet, readQuerySets, termsOf, type QuerySets, type SetFigures } from './measure-queries.ts';
import { NaiveIndex, type NaiveFigures } from './naive-index.ts';

export interface BenchOptions {
  readonly docs: string;
  readonly queries: string;
  readonly sizes: readonly number[];
  readonly batch: number;
  readonly store: StoreKind;
  readonly mergeAll?: true;
  readonly clusters?: boolean;
  readonly widened?: true;
  readonly naive?: true;
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
/** 70 items a document are many for a store in memory, and slow to write to the embedded server. */
export const MOST_NAIVE = 10_000;

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
          throw new GlossError(
            'invalid',
            'documents',
            `${docs} has ${there} documents: ask for at most as many by --sizes`,
          );
        }
        await build.add(taken);
        if (size <= MOST_NAIVE) await naiveIndex?.add(taken);
        progress.update(build.cost.documents);
      }
      const naiveOfSize = size <= MOST_NAIVE ? naiveIndex : undefined;
      measured.push(await measure(store, build.cost, sets, progress, naiveOfSize));
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
  const snapshot = await ExhaustiveSnapshot.read(store, TENANT, termsOf(sets));
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
