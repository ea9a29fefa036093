import { describe, expect, it } from 'vitest';
import { bm25Weigher, inverseDocFreq, PAPER_PARAMS } from '../../../lib/rank/bm25.ts';
import { explain } from '../../../lib/rank/explain.ts';
import { placedFreqOf } from '../../../lib/rank/placed-freq.ts';

describe('BM25', () => {
  it('agrees with figures worked out by hand', () => {
    // N = 10, n = 3: ln(1 + 7.5 / 3.5) = ln(22 / 7).
    expect(inverseDocFreq(10, 3)).toBeCloseTo(1.145132304, 9);
    // tf 2, length 8, average 5: norm = 1.2 * (0.25 + 0.75 * 1.6) = 1.74, so 2 * 2.2 / 3.74.
    const weigh = bm25Weigher(PAPER_PARAMS, { docCount: 10, totalLen: 50 });
    expect(weigh(1, 2, 8)).toBeCloseTo(1.176470588, 9);
  });

  it('never counts a term against a document, however common', () => {
    expect(inverseDocFreq(1000, 1000)).toBeGreaterThan(0);
  });

  it('grows with repetition, falls with length, and stays below idf (k1 + 1)', () => {
    const weigh = bm25Weigher(PAPER_PARAMS, { docCount: 10, totalLen: 50 });
    expect(weigh(1, 3, 8)).toBeGreaterThan(weigh(1, 2, 8));
    expect(weigh(1, 2, 9)).toBeLessThan(weigh(1, 2, 8));
    expect(weigh(1, 1e9, 1)).toBeLessThan(2.2);
  });

  it.each([
    [-0.1, 0.5],
    [Number.NaN, 0.5],
    [1.2, -0.1],
    [1.2, 1.1],
    [1.2, Number.NaN],
  ])('refuses k1 %f, b %f', (k1, b) => {
    expect(() => bm25Weigher({ k1, b }, { docCount: 1, totalLen: 1 })).toThrow(/out of range/);
  });
});

describe('explain', () => {
  it('takes a score apart', () => {
    const collection = { docCount: 10, totalLen: 50 };
    const terms = [
      { term: 'cat', weight: 1, placedFreq: placedFreqOf(2, 4), docFreq: 3 },
      { term: 'red', weight: 0.5, placedFreq: placedFreqOf(1, 8), docFreq: 9 },
    ];
    const { terms: parts, ...rest } = explain(terms, 8, collection, PAPER_PARAMS);
    expect(rest).toEqual({ docLen: 8, avgDocLen: 5, docCount: 10, k1: 1.2, b: 0.75 });
    expect(parts[0]).toMatchObject({ term: 'cat', termFreq: 2, docFreq: 3 });
    expect(parts[0]!.score).toBeCloseTo(1.145132304 * 1.176470588, 8);
    expect(parts[1]!.idf).toBeCloseTo(Math.log(11 / 9.5), 12);
    // ln(11 / 9.5) x 0.5, and 1 x 2.2 / (1 + 1.2 x (0.25 + 0.75 x 8 / 5)) = 2.2 / 2.74
    expect(parts[1]!.score).toBeCloseTo(0.146603474 * 0.5 * 0.802919708, 8);
  });
});
