import { expect, it } from 'vitest';
import { precisionAt } from '../../../../lib/lab/metrics/precision-at.ts';

const returned = [true, false, true, true, false, false].map((relevant) => ({ score: 1, relevant }));

it.each([
  [1, 1],
  [2, 1 / 2],
  [5, 3 / 5],
  [20, 3 / 6], // fewer are returned
  [Infinity, 3 / 6],
])('precision of the first %d', (k, expected) => {
  expect(precisionAt({ returned }, k)).toBe(expected);
});

it('what finds nothing has no precision', () => {
  expect(precisionAt({ returned: [] }, 5)).toBe(0);
});
