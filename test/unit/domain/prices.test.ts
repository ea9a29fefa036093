import { expect, test } from 'vitest';
import { modelUsd, storeUsd } from '../../../lib/domain/prices.ts';

/** Worked out by hand from the price lists that lib/domain/prices.ts names. */

test('a million tokens each way of Nova 2 Lite are 30 cents and 2.50 dollars, by whichever profile', () => {
  const tokens = { inputTokens: 1e6, outputTokens: 1e6 };
  for (const id of [
    'amazon.nova-2-lite-v1:0',
    'us.amazon.nova-2-lite-v1:0',
    'global.amazon.nova-2-lite-v1:0',
  ]) {
    expect(modelUsd(id, tokens)).toBeCloseTo(2.8, 9);
  }
});

test('a model that nobody has priced is dear, so that a budget errs on the side of stopping', () => {
  expect(modelUsd('new.model-v9:0', { inputTokens: 1e6, outputTokens: 0 })).toBe(5);
});

test('eight million reads cost a dollar, 1.6 million writes another', () => {
  expect(storeUsd({ readUnits: 8e6, writeUnits: 1.6e6 })).toBeCloseTo(2, 9);
});
