import { describe, expect, it } from 'vitest';
import type { SegmentId } from '../../../lib/domain/ids.ts';
import type { SegmentEntry } from '../../../lib/segment/manifest.ts';
import { nextMerge } from '../../../lib/segment/merge-policy.ts';

const segment = (docs: number, deleted = 0): SegmentEntry => ({
  id: '' as SegmentId,
  docs,
  deleted,
  deletions: '',
  totalLen: 0,
  bytes: 0,
});
const chosen = (...sizes: number[]) => nextMerge(sizes.map((docs) => segment(docs)))?.map(({ docs }) => docs);

describe('nextMerge', () => {
  it.each<[string, number[], number[] | undefined]>([
    ['nothing', [], undefined],
    ['nine of a level', Array<number>(9).fill(1), undefined],
    ['ten of a level', Array<number>(10).fill(3), Array<number>(10).fill(3)],
    [
      'ten young ones behind larger ones',
      [5_000, 400, ...Array<number>(10).fill(1)],
      Array<number>(10).fill(1),
    ],
    ['small ones that a larger one closes in', [100, 1, 2, 3, 100], [1, 2, 3]],
    ['small ones that a larger one follows', [1, 2, 3, 100], [1, 2, 3]],
    ['small ones still waiting for company', [100, 1, 2, 3], undefined],
    ['one small one between larger ones', [100, 1, 100, 1, 100], undefined],
  ])('of %s', (_, sizes, expected) => {
    expect(chosen(...sizes)).toEqual(expected);
  });

  it('takes ten of a level with the smaller ones between them', () => {
    const sizes = [7_000, ...Array.from({ length: 11 }, () => [1, 100]).flat()];
    expect(chosen(...sizes)).toEqual(sizes.slice(1, 21));
  });

  it('rewrites a segment alone when many of its documents are deleted', () => {
    const merge = (...segments: SegmentEntry[]) =>
      nextMerge(segments)?.map(({ docs, deleted }) => [docs, deleted]);
    expect(merge(segment(500), segment(1_000, 200), segment(10))).toBeUndefined();
    expect(merge(segment(5_000), segment(1_000, 201), segment(10))).toEqual([[1_000, 201]]);
    expect(merge(segment(5_000), segment(100, 49), segment(10))).toBeUndefined();
    expect(merge(segment(5_000), segment(100), segment(3, 3))).toEqual([[3, 3]]);
  });
});

/** Segments whose documents know how often they were rewritten; the clock and the store are left out. */
interface Simulated extends SegmentEntry {
  readonly rewrites: number;
}

function simulate(commits: number, batch: (commit: number) => number, deleteOf: (docs: number) => number) {
  let segments: Simulated[] = [];
  let docs = 0;
  let written = 0;
  const worst = { live: 0, rewrites: 0, run: 0 };
  for (let commit = 0; commit < commits; commit += 1) {
    const size = batch(commit);
    docs += size;
    segments.push({ ...segment(size), rewrites: 0 });
    segments = segments.map((live) => {
      const deleted = Math.min(live.docs, live.deleted + deleteOf(live.docs));
      return deleted === live.deleted ? live : { ...live, deleted };
    });
    for (let run = nextMerge(segments); run; run = nextMerge(segments)) {
      const start = segments.indexOf(run[0] as Simulated);
      const sources = segments.slice(start, start + run.length);
      expect(sources).toEqual(run);
      const survivors = sources.reduce((sum, source) => sum + source.docs - source.deleted, 0);
      const rewrites = 1 + Math.max(...sources.map((source) => source.rewrites));
      written += survivors;
      segments.splice(start, run.length, ...(survivors > 0 ? [{ ...segment(survivors), rewrites }] : []));
      worst.rewrites = Math.max(worst.rewrites, rewrites);
      worst.run = Math.max(worst.run, run.length);
    }
    worst.live = Math.max(worst.live, segments.length);
  }
  return { docs, worst, written };
}

/** A linear congruential generator: the same numbers each time, from 0 to 1. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

describe('20,000 commits', () => {
  const random = randomOf(1);
  const batches: [string, (commit: number) => number][] = [
    ['one by one', () => 1],
    ['by hundreds', () => 100],
    ['of 1 or 100 at random', () => (random() < 0.5 ? 1 : 100)],
    ['of any size up to 1,000', () => Math.floor(10 ** (random() * 3))],
    ['nine single ones, then a hundred', (commit) => (commit % 10 === 9 ? 100 : 1)],
    ['one, then a thousand', (commit) => (commit % 2 === 0 ? 1 : 1_000)],
    ['of falling size', (commit) => Math.max(1, Math.floor(1e6 / (commit + 1)))],
  ];

  it.each(batches)('%s: few segments, and a document is rewritten once a level at most', (_, batch) => {
    const { docs, worst } = simulate(20_000, batch, () => 0);
    const levels = Math.floor(Math.log10(docs)) + 1;
    expect(worst.live).toBeLessThanOrEqual(18 * levels);
    expect(worst.rewrites).toBeLessThanOrEqual(levels);
    expect(worst.run).toBeLessThanOrEqual(20);
  });

  it.each(batches)('%s, with deletions: as few segments, and writing in proportion', (_, batch) => {
    const chance = randomOf(2);
    const { docs, worst, written } = simulate(20_000, batch, (size) => {
      if (chance() >= 0.02) return 0;
      return size === 1 ? 1 : Math.ceil(size * 0.03);
    });
    const levels = Math.floor(Math.log10(docs)) + 1;
    expect(worst.live).toBeLessThanOrEqual(18 * levels);
    // Rewriting alone drops a fifth, so it writes at most four documents for each that it drops.
    expect(written).toBeLessThanOrEqual(docs * (levels + 4));
  });
});
