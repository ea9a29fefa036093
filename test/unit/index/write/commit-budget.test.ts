import { expect, test } from 'vitest';
import type { Gloss } from '../../../../lib/domain/gloss.ts';
import { CommitBudget } from '../../../../lib/index/write/commit-budget.ts';

const saying = (caption: string): Gloss =>
  ({ views: [{ view: { index: 0, kind: 'whole' }, tags: [], caption, visibleText: '' }] }) as never;
const words = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => `w${from + i}`).join(' ');
const takenOf = (captions: readonly string[], budget: CommitBudget) =>
  captions.map(saying).filter((gloss) => budget.takes(gloss)).length;

test('a hundred usual glosses are one commit', () => {
  const usual = Array.from({ length: 100 }, (_, i) => words(20 * i, 200));
  expect(takenOf(usual, new CommitBudget())).toBe(100);
});

test.each([
  ['none', [], 0],
  ['one that is too large by itself', [words(0, 20)], 1],
  ['those before the one that is too much', [words(0, 6), words(6, 3), words(9, 2)], 2],
  ['none behind one that was refused', [words(0, 6), words(6, 9), words(0, 1)], 1],
  ['the same words as often as their bytes allow', Array<string>(12).fill(words(0, 4)), 8],
])('what fits: %s', (_name, captions, fitting) => {
  expect(takenOf(captions, new CommitBudget({ distinctWords: 10, textBytes: 90 }))).toBe(fitting);
});
