import { expect, test } from 'vitest';
import { modelUsd, storeUsd } from '../../../lib/domain/prices.ts';

/** Worked out by hand from the price lists that lib/domain/prices.ts names. */

test.each([
  ['amazon.nova-2-lite-v1:0', 2.8],
  ['global.amazon.nova-2-lite-v1:0', 2.8],
  // Where requests stay in a geography: 0.33 and 2.75.
  ['us.amazon.nova-2-lite-v1:0', 3.08],
  ['apac.amazon.nova-2-lite-v1:0', 3.08],
  ['us-gov.amazon.nova-2-lite-v1:0', 3.08],
  ['eu.anthropic.claude-haiku-4-5-20251001-v1:0', 6.6],
  ['us.amazon.nova-pro-v1:0', 4],
])('a million tokens each way of %s are %s dollars', (id, usd) => {
  expect(modelUsd(id, { inputTokens: 1e6, outputTokens: 1e6 })).toBeCloseTo(usd, 9);
});

test('a model that nobody has priced is dear, so that a budget errs on the side of stopping', () => {
  expect(modelUsd('new.model-v9:0', { inputTokens: 1e6, outputTokens: 0 })).toBe(5);
});

test('eight million reads cost a dollar, 1.6 million writes another', () => {
  expect(storeUsd({ readUnits: 8e6, writeUnits: 1.6e6 })).toBeCloseTo(2, 9);
});
