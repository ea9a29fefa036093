import { describe, expect, it } from 'vitest';
import type { SegmentId } from '../../../../lib/domain/ids.ts';
import type { MergeClaim, SegmentEntry } from '../../../../lib/index/segment/manifest.ts';
import { MOST_MERGED_DOCS, nextMerge } from '../../../../lib/index/write/merge-policy.ts';

let made = 0;
const segment = (docs: number, deleted = 0): SegmentEntry => ({
  id: `s${made++}` as SegmentId,
  format: 2,
  docs,
  deleted,
  deletions: '',
  totalLen: 0,
  bytes: 0,
  isSingleItem: false,
});
const next = (segments: readonly SegmentEntry[], merges: readonly MergeClaim[] = []) =>
  nextMerge({ segments, merges });
const chosen = (...sizes: number[]) => next(sizes.map((docs) => segment(docs)))?.map(({ docs }) => docs);

describe('nextMerge', () => {
  it.each<[string, number[], number[] | undefined]>([
    ['nothing', [], undefined],
    ['five of a size', [1, 1, 1, 1, 1], undefined],
    ['six of a size', [1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]],
    ['six young ones behind larger ones', [5_000, 400, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]],
    ['an older one as large as all younger ones', [6, 1, 1, 1, 1, 1, 1], [6, 1, 1, 1, 1, 1, 1]],
    ['an older one that is larger', [7, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]],
    ['a chain of doubles', [24, 12, 6, 1, 1, 1, 1, 1, 1], [24, 12, 6, 1, 1, 1, 1, 1, 1]],
    ['small ones that a larger one follows', [1, 2, 3, 100, 100, 1, 1], [1, 2, 3, 100, 100, 1, 1]],
    ['few small ones behind a large one', [100, 1, 2, 3], undefined],
  ])('of %s', (_, sizes, expected) => {
    expect(chosen(...sizes)).toEqual(expected);
  });

  it('takes more along when there are more than twelve', () => {
    // Each is larger than all younger ones together, and not twice as large.
    const sizes = [1_900, 900, 400, 190, 90, 42, 12, 1, 1, 1, 1, 1, 1];
    expect(chosen(...sizes)).toEqual(sizes);
    expect(chosen(...sizes.slice(1))).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('leaves out segments that are being merged, and all before them', () => {
    const segments = [100, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1].map((docs) => segment(docs));
    const sources = segments.slice(1, 7).map(({ id }) => id);
    const claim = { result: 'r' as SegmentId, sources, deletions: sources.map(() => ''), expiresAtMs: 1 };
    expect(next(segments, [claim])).toEqual(segments.slice(7));
    expect(next(segments.slice(0, -1), [claim])).toBeUndefined();
  });

  it('makes no segment larger than a worker can hold', () => {
    const half = MOST_MERGED_DOCS / 2;
    expect(chosen(half, half, 10, 10, 10, 10, 10, 10)).toEqual([10, 10, 10, 10, 10, 10]);
  });

  it('rewrites a segment alone when many of its documents are deleted', () => {
    const merge = (...segments: SegmentEntry[]) =>
      next(segments)?.map(({ docs, deleted }) => [docs, deleted]);
    expect(merge(segment(500), segment(1_000, 200), segment(10))).toBeUndefined();
    expect(merge(segment(5_000), segment(1_000, 201), segment(10))).toEqual([[1_000, 201]]);
    expect(merge(segment(5_000), segment(100, 49), segment(10))).toBeUndefined();
    expect(merge(segment(5_000), segment(100), segment(3, 3))).toEqual([[3, 3]]);
  });
});

/** The clock and the store are left out. */
function simulate(commits: number, batch: (commit: number) => number, deleteOf: (docs: number) => number) {
  let segments: SegmentEntry[] = [];
  let docs = 0;
  let written = 0;
  let mostLive = 0;
  for (let commit = 0; commit < commits; commit += 1) {
    const size = batch(commit);
    docs += size;
    segments.push(segment(size));
    segments = segments.map((live) => {
      const deleted = Math.min(live.docs, live.deleted + deleteOf(live.docs));
      return deleted === live.deleted ? live : { ...live, deleted };
    });
    for (let run = next(segments); run; run = next(segments)) {
      const start = segments.indexOf(run[0]!);
      expect(segments.slice(start, start + run.length)).toEqual(run);
      const survivors = run.reduce((sum, source) => sum + source.docs - source.deleted, 0);
      written += survivors;
      segments.splice(start, run.length, ...(survivors > 0 ? [segment(survivors)] : []));
    }
    mostLive = Math.max(mostLive, segments.length);
  }
  return { docs, mostLive, written };
}

/** A linear congruential generator: the same numbers each time, from 0 to 1. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

/** Fifteen, and those that are too large to merge: any two neighbours of them are more than may be merged. */
const mostExpected = (docs: number) => 15 + Math.ceil((2 * docs) / MOST_MERGED_DOCS);

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

  it.each(batches)('%s: few segments, and a document is rewritten once a doubling at most', (_, batch) => {
    const { docs, mostLive, written } = simulate(20_000, batch, () => 0);
    expect(mostLive).toBeLessThanOrEqual(mostExpected(docs));
    expect(written).toBeLessThanOrEqual(docs * Math.log2(docs));
  });

  it.each(batches)('%s, with deletions: as few segments, and writing in proportion', (_, batch) => {
    const chance = randomOf(2);
    const { docs, mostLive, written } = simulate(20_000, batch, (size) => {
      if (chance() >= 0.02) return 0;
      return size === 1 ? 1 : Math.ceil(size * 0.03);
    });
    expect(mostLive).toBeLessThanOrEqual(mostExpected(docs));
    // Rewriting alone drops a fifth, so it writes at most four documents for each that it drops.
    expect(written).toBeLessThanOrEqual(docs * (Math.log2(docs) + 4));
  });
});
