import { describe, expect, it } from 'vitest';
import {
  clusterDepth,
  clusterDocuments,
  type ClusterTerms,
} from '../../../../lib/index/write/document-clusters.ts';
import { orderDocuments } from '../../../../lib/index/write/document-order.ts';
import { randomOf } from '../../../support/random.ts';

/** Documents of six terms out of the 40 of their topic. */
function rowsOf(topics: readonly number[]): ClusterTerms {
  const random = randomOf(1);
  const documents = topics.map(
    (topic) => new Set(Array.from({ length: 6 }, () => topic * 40 + random.below(40))),
  );
  const starts = new Uint32Array(documents.length + 1);
  for (const [doc, terms] of documents.entries()) starts[doc + 1] = starts[doc]! + terms.size;
  const termIds = Uint32Array.from(documents.flatMap((terms) => [...terms]));
  return { docs: documents.length, terms: 40 * (1 + Math.max(...topics)), starts, termIds };
}

const sizesOf = (clusterOf: Uint32Array) => {
  const sizes = new Map<number, number>();
  for (const cluster of clusterOf) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  return [...sizes].sort(([a], [b]) => a - b);
};

describe('clusterDocuments', () => {
  it('puts two topics apart', () => {
    const topics = Array.from({ length: 1_000 }, (_, doc) => doc % 2);
    const clusterOf = clusterDocuments(rowsOf(topics), 1);
    const [first, second] = [0, 1].map(
      (topic) => new Set(clusterOf.filter((_, doc) => topics[doc] === topic)),
    );
    expect([first!.size, second!.size]).toEqual([1, 1]);
    expect(first).not.toEqual(second);
  });

  it('puts four topics apart, like halves side by side', () => {
    // Topics 0 and 1 share terms with each other, as do 2 and 3.
    const random = randomOf(2);
    const topics = Array.from({ length: 2_000 }, () => random.below(4));
    const rows = rowsOf(topics);
    const termIds = Uint32Array.from(rows.termIds, (term) =>
      term % 40 < 24 ? (term < 80 ? term % 40 : 80 + (term % 40)) : term,
    );
    const clusterOf = clusterDocuments({ ...rows, termIds }, 2);
    const majority = [0, 1, 2, 3].map((topic) => {
      const clusters = sizesOf(clusterOf.filter((_, doc) => topics[doc] === topic));
      const [cluster, size] = clusters.sort(([, a], [, b]) => b - a)[0]!;
      expect(size).toBeGreaterThan(0.9 * topics.filter((of) => of === topic).length);
      return cluster;
    });
    expect(majority.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
    expect(majority[0]! >>> 1).toBe(majority[1]! >>> 1);
    expect(majority[2]! >>> 1).toBe(majority[3]! >>> 1);
  });

  it.each([
    [1, 1],
    [7, 2],
    [100, 0],
    [1_000, 3],
    [1_001, 3],
  ])('cuts %i documents into equal parts %i times', (docs, depth) => {
    const rows = rowsOf(Array.from({ length: docs }, (_, doc) => doc % 3));
    const clusterOf = clusterDocuments(rows, depth);
    expect(clusterOf).toHaveLength(docs);
    const sizes = sizesOf(clusterOf);
    for (const [cluster, size] of sizes) {
      expect(cluster).toBeLessThan(2 ** depth);
      expect(Math.abs(size - docs / 2 ** depth)).toBeLessThan(1);
    }
    expect(sizes).toHaveLength(Math.min(docs, 2 ** depth));
  });

  it('gives the same clusters every time, and leaves its rows alone', () => {
    const rows = rowsOf(Array.from({ length: 500 }, (_, doc) => doc % 5));
    const before = structuredClone(rows);
    expect(clusterDocuments(rows, 3)).toEqual(clusterDocuments(rows, 3));
    expect(rows).toEqual(before);
  });

  it('takes documents without terms, and terms without documents', () => {
    const rows = { docs: 4, terms: 9, starts: new Uint32Array(5), termIds: new Uint32Array(0) };
    expect([...clusterDocuments(rows, 1)]).toEqual([0, 0, 1, 1]);
  });
});

it('small segments have no clusters, large ones of 32,768 documents about', () => {
  const depths = [1, 32_768, 46_340, 46_341, 65_536, 100_000, 1_000_000].map(clusterDepth);
  expect(depths).toEqual([0, 0, 0, 1, 1, 2, 5]);
});

describe('orderDocuments', () => {
  it('orders by length and then as they came', () => {
    expect([...orderDocuments(Uint32Array.of(5, 3, 5, 0, 3))]).toEqual([3, 1, 4, 0, 2]);
  });

  it('orders by cluster before that', () => {
    const docLens = Uint32Array.of(5, 3, 5, 0, 3);
    expect([...orderDocuments(docLens, Uint32Array.of(0, 1, 0, 1, 0))]).toEqual([4, 0, 2, 3, 1]);
  });

  it('compares the largest lengths as numbers', () => {
    expect([...orderDocuments(Uint32Array.of(0xffff_ffff, 1, 0x8000_0000))]).toEqual([1, 2, 0]);
  });
});
