import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBench, type SizeFigures } from '../../lib/lab/bench/bench.ts';
import type { SetFigures, Spread } from '../../lib/lab/bench/measure-queries.ts';
import type { Capacity } from '../../lib/domain/capacity-meter.ts';
import { writeBenchCorpus } from './bench-corpus.ts';
import { SILENT } from './silent-progress.ts';

/** Where the committed figures are. */
export const BASELINE_FILE = new URL('../golden/bench-baseline.json', import.meta.url);

/** One batch, one merge and several merges are among them. */
const SIZES = [100, 500, 2_000];
const BATCH = 20;

/**
 * Runs the bench on a small corpus and keeps what is counted, not what is timed. The store is in memory and charges what
 * DynamoDB would; its clock and its ids count, so that every run gives the same text.
 * @returns JSON with a line for each figure, so that a diff shows which ones changed
 */
export async function benchBaseline(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gloss-baseline-'));
  try {
    const corpus = await writeBenchCorpus(folder, SIZES.at(-1)!);
    const options = { ...corpus, sizes: SIZES, batch: BATCH, store: 'memory', mergeAll: true } as const;
    const { sizes } = await runBench(options, SILENT);
    const text = JSON.stringify({ batch: BATCH, sizes: sizes.map(sizeFigures) }, undefined, 2);
    // Objects of numbers alone fit on a line.
    return `${text.replaceAll(/\{[^{}[\]]*\}/g, (flat) => flat.replaceAll(/\s+/g, ' '))}\n`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const sizeFigures = ({ build, segments, postings, storedBytes, sets, merged }: SizeFigures) => ({
  documents: build.documents,
  merged: merged === true,
  segments,
  postings,
  storedBytes,
  perImage: {
    indexing: perImage(build.indexing, build.documents),
    merging: perImage(build.merging, build.documents),
    dropping: perImage(build.dropping, build.documents),
  },
  sets: Object.fromEntries(sets.map((set) => [set.set, setFigures(set)])),
});

const perImage = ({ readUnits, writeUnits, writtenBytes }: Capacity, images: number) => ({
  readUnits: rounded(readUnits / images),
  writeUnits: rounded(writeUnits / images),
  writtenBytes: rounded(writtenBytes / images),
});

const setFigures = (figures: SetFigures) => ({
  queries: figures.queries,
  exact: figures.exact,
  readUnits: roundedSpread(figures.readUnits),
  warmReadUnits: roundedSpread(figures.warmReadUnits),
  rounds: roundedSpread(figures.rounds),
  requests: roundedSpread(figures.requests),
  bytes: roundedSpread(figures.bytes),
  postings: roundedSpread(figures.postings),
  hits: roundedSpread(figures.hits),
});

const roundedSpread = ({ mean, p50, p99, max }: Spread): Spread => ({
  mean: rounded(mean),
  p50: rounded(p50),
  p99: rounded(p99),
  max: rounded(max),
});

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
