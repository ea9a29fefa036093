import { expect, it } from 'vitest';
import { knownItemFigures } from '../../../../lib/lab/metrics/known-item.ts';

it('the mean reciprocal rank counts what was not found as 0', () => {
  // (1 + 1/2 + 1/10 + 0) / 4
  expect(knownItemFigures([1, 2, 10, undefined])).toEqual({
    queries: 4,
    mrr: 0.4,
    recallAt1: 0.25,
    recallAt5: 0.5,
    recallAt10: 0.75,
  });
});
