import { describe, expect, it } from 'vitest';
import { associate, averageAssociations, scoringWeight, TermCounts } from '../../../lib/rank/associations.ts';
import { inverseDocFreq } from '../../../lib/rank/bm25.ts';

const countsOf = (...documents: string[][]): TermCounts => {
  const counts = new TermCounts();
  for (const terms of documents) counts.add(terms);
  return counts;
};

describe('TermCounts', () => {
  it('adds up over disjoint sets of documents', () => {
    const one = countsOf(['a', 'b'], ['a']);
    one.merge(countsOf(['b', 'c']));
    expect([one.docs, Object.fromEntries(one.docFreqs)]).toEqual([3, { a: 2, b: 2, c: 1 }]);
  });
});

describe('associate', () => {
  const kitchens = countsOf(
    ...Array.from({ length: 20 }, (_, i) => ['a', 'stove', ...(i < 10 ? ['cat'] : [])]),
  );
  const docFreqs = new Map([
    ['a', 1_000],
    ['stove', 25],
    ['cat', 500],
  ]);

  it('finds what stands in the documents more often than elsewhere, and nothing else', () => {
    const found = associate(kitchens, 1_000, (term) => docFreqs.get(term));
    expect(found.map(({ term, count, docFreq }) => [term, count, docFreq])).toEqual([['stove', 20, 25]]);
    // (20.5/21) and (5.5/981) by hand: ln((20.5 * 975.5) / (0.5 * 5.5))
    expect(found[0]!.logOdds).toBe(found[0]!.strength);
    expect(found[0]!.strength).toBeCloseTo(Math.log((20.5 * 975.5) / (0.5 * 5.5)), 10);
  });

  it('gives weights that add the square of the strength, however rare the term', () => {
    const [stove] = associate(kitchens, 1_000, (term) => docFreqs.get(term));
    expect(scoringWeight(stove!, 1_000) * inverseDocFreq(1_000, 25)).toBeCloseTo(stove!.strength ** 2, 8);
  });

  it('leaves out terms whose frequency is not known', () => {
    expect(associate(kitchens, 1_000, () => undefined)).toEqual([]);
  });
});

describe('averageAssociations', () => {
  const own = (term: string, strength: number, docFreq: number) => ({
    term,
    strength,
    logOdds: strength,
    count: 3,
    docFreq,
  });

  it('is the mean of the squares of both strengths, and knows what the collection has', () => {
    const others = new Map([
      ['stove', 1],
      ['fridge', 4],
      ['nowhere', 7],
    ]);
    const found = averageAssociations(
      [own('stove', 7, 25), own('cat', 2, 100)],
      others,
      (term) => ({ fridge: 9, nowhere: 0 })[term],
    );
    // sqrt((49 + 1) / 2), sqrt(16 / 2), sqrt(4 / 2); by strength squared times the root of the frequency: 125, 24, 20.
    expect(found.map(({ term, docFreq }) => [term, docFreq])).toEqual([
      ['stove', 25],
      ['fridge', 9],
      ['cat', 100],
    ]);
    expect(found.map(({ strength }) => strength)).toEqual([5, Math.sqrt(8), Math.sqrt(2)]);
  });
});
