import { describe, expect, it } from 'vitest';
import { growthExponent } from '../../../../lib/lab/metrics/growth-exponent.ts';
import { mean, percentile } from '../../../../lib/lab/metrics/percentile.ts';

describe('a percentile', () => {
  const values = [15, 20, 35, 40, 50];
  // The textbook example of nearest rank.
  it.each([
    [0.05, 15],
    [0.3, 20],
    [0.4, 20],
    [0.5, 35],
    [1, 50],
  ])('of %f is %i', (share, expected) => {
    expect(percentile(values.toReversed(), share)).toBe(expected);
  });

  it('is the greatest of few values', () => {
    expect(percentile([3, 1], 0.99)).toBe(3);
  });

  it('of nothing is no number', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});

it('a mean is the sum by the count', () => {
  expect(mean([1, 2, 6])).toBe(3);
});

describe('a growth exponent', () => {
  it.each([
    [1, [10, 100, 1000]],
    [0, [4, 4, 4]],
    [0.5, [1, Math.sqrt(10), 10]],
  ])('of %f is found again', (exponent, [a, b, c]) => {
    const points = [
      [1_000, a!],
      [10_000, b!],
      [100_000, c!],
    ] as const;
    expect(growthExponent(points)).toBeCloseTo(exponent, 12);
  });

  it('is the slope of the best line where no line fits', () => {
    // Logarithms (0, 0), (1, 2), (2, 1): slope 1/2.
    expect(
      growthExponent([
        [1, 1],
        [10, 100],
        [100, 10],
      ]),
    ).toBeCloseTo(0.5, 12);
  });

  it('needs two sizes', () => {
    expect(growthExponent([[1_000, 5]])).toBeUndefined();
    expect(growthExponent([])).toBeUndefined();
  });
});
