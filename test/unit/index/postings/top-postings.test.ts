import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TOP_POSTINGS, chooseTopPostings } from '../../../../lib/index/postings/top-postings.ts';
import type { PostingsBound } from '../../../../lib/index/postings/postings.ts';
import { termFreqOf, unplaced } from '../../../../lib/rank/placed-freq.ts';
import { entryOf, postingsOf, rowsOf, type Rows } from '../../../support/segments.ts';

const AVG_DOC_LEN = 40;
const imageOf = (docId: number) => entryOf(docId, 0);
/**
 * BM25 with the parameters of the paper, k1 = 1.2 and b = 0.75, but for the idf, which all postings share. A placed
 * frequency is (termFreq - 1) * 8 + earliness, and counts termFreq * earliness / 8.
 */
const scoreOf = ([, placedFreq, docLen]: Rows[number]) => {
  const freq = (Math.ceil(placedFreq / 8) * (((placedFreq - 1) % 8) + 1)) / 8;
  return (freq * 2.2) / (freq + 1.2 * (1 - 0.75 + (0.75 * docLen) / AVG_DOC_LEN));
};
const bestFirst = (rows: Rows) => rows.toSorted((a, b) => scoreOf(b) - scoreOf(a) || a[0] - b[0]);
const choose = (rows: Rows) => chooseTopPostings(postingsOf(rows), AVG_DOC_LEN, imageOf);

/** Few distinct values, so that ties are common, or many, so that there are many impacts. */
const rows = fc
  .constantFrom(4, 300, 100_000)
  .chain((most) =>
    fc.array(fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most })), {
      minLength: 1,
      maxLength: 500,
      size: 'max',
    }),
  )
  .map((pairs): Rows => pairs.map(([placedFreq, docLen], i) => [3 * i, placedFreq, docLen]));

/** Pairs of which each has a greater frequency and a greater length than the one before. */
const staircase = (steps: number): Rows =>
  Array.from({ length: steps }, (_, i) => [i, 1 + i, 1_000_000 + 1_000 * i]);

describe('the best postings of a list', () => {
  it('are the first of a plain sort, and name the first images', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const { postings, images } = choose(list);
        const sorted = bestFirst(list);
        expect(rowsOf(postings)).toEqual(sorted.slice(0, 64));
        expect(images).toEqual(sorted.slice(0, 20).map(([docId]) => imageOf(docId)));
      }),
    );
  });

  it('bound every other posting by one of at most 8 impacts', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const { others } = choose(list);
        expect(others.length).toBeLessThanOrEqual(8);
        for (const [, placedFreq, docLen] of bestFirst(list).slice(64)) {
          const bound = others.find((of) => of.maxPlacedFreq >= placedFreq && of.minDocLen <= docLen);
          expect(bound).toBeDefined();
        }
      }),
    );
  });

  it('have impacts that are tight: each is a posting, or there are too many', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const { others } = choose(list);
        const rest = bestFirst(list).slice(64);
        const isPosting = ({ maxPlacedFreq, minDocLen }: PostingsBound) =>
          rest.some(([, placedFreq, docLen]) => placedFreq === maxPlacedFreq && docLen === minDocLen);
        if (others.length < 8) expect(others.every(isPosting)).toBe(true);
        // No corner bounds another.
        for (const a of others) {
          for (const b of others)
            expect(a !== b && a.maxPlacedFreq >= b.maxPlacedFreq && a.minDocLen <= b.minDocLen).toBe(false);
        }
      }),
      { endOnFailure: true },
    );
  });

  it('join those impacts of too many that make the lowest joint bound', () => {
    // By hand: (4, 29) scores 1.778 and is the lowest joint; then (10, 80), 1.818, is.
    const impacts = [[10, 90], [9, 80], [8, 70], [7, 60], [6, 40], [5, 39], [4, 30], [3, 29], [2, 12], [1, 3]] as const; // prettier-ignore
    const best = Array.from({ length: 64 }, (_, i): [number, number, number] => [i, unplaced(200), 2]);
    const { others } = choose([
      ...best,
      ...impacts.map(([termFreq, docLen], i): [number, number, number] => [
        64 + i,
        unplaced(termFreq),
        docLen,
      ]),
    ]);
    expect(others.map(({ maxPlacedFreq, minDocLen }) => [termFreqOf(maxPlacedFreq), minDocLen])).toEqual(
      [[10, 80], [8, 70], [7, 60], [6, 40], [5, 39], [4, 29], [2, 12], [1, 3]], // prettier-ignore
    );
  });

  it('are all of a list of 64, and then nothing is left to bound', () => {
    const list = staircase(TOP_POSTINGS);
    expect(TOP_POSTINGS).toBe(64);
    expect(choose(list)).toMatchObject({ others: [] });
    expect(choose(list).postings.docIds).toHaveLength(64);
  });

  it('leave up to 8 impacts as they are, and round the lowest of more', () => {
    const front: Rows = Array.from({ length: 64 }, (_, i) => [1_000 + i, 9_000, 1]);
    const competitiveImpacts = (steps: number) =>
      choose([...staircase(steps), ...front]).others.map(({ maxPlacedFreq, minDocLen }) => [
        maxPlacedFreq,
        minDocLen,
      ]);
    const step = (i: number) => [1 + i, 1_000_000 + 1_000 * i];
    expect(competitiveImpacts(8)).toEqual([7, 6, 5, 4, 3, 2, 1, 0].map(step));
    // The eighth stands for itself and for all that are lower: its termFreq, the least length.
    expect(competitiveImpacts(12)).toEqual([...[11, 10, 9, 8, 7, 6, 5].map(step), [5, 1_000_000]]);
  });
});
