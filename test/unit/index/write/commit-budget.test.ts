import { expect, test } from 'vitest';
import type { Gloss } from '../../../../lib/domain/gloss.ts';
import { COMMIT_BUDGET, fittingGlosses } from '../../../../lib/index/write/commit-budget.ts';

const saying = (caption: string): Gloss =>
  ({ views: [{ view: { index: 0, kind: 'whole' }, tags: [], caption, visibleText: '' }] }) as never;
const words = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => `w${from + i}`).join(' ');

test('a hundred usual glosses are one commit', () => {
  expect(fittingGlosses(Array.from({ length: 100 }, (_, i) => saying(words(20 * i, 200))))).toBe(100);
});

test.each([
  ['none', [], 0],
  ['one that is too large by itself', [words(0, 20)], 1],
  ['those before the one that is too much', [words(0, 6), words(6, 4), words(10, 1)], 2],
  ['the same words as often as their bytes allow', Array<string>(12).fill(words(0, 4)), 8],
])('what fits: %s', (_name, captions, fitting) => {
  expect(fittingGlosses(captions.map(saying), { distinctWords: 10, textBytes: 90 })).toBe(fitting);
});

test('the budget is of what an index function has memory for', () => {
  expect(COMMIT_BUDGET.distinctWords).toBeLessThanOrEqual(100_000);
});
