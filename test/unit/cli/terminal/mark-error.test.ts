import { expect, test } from 'vitest';
import { displayWidth, padTo } from '../../../../lib/cli/terminal/display-width.ts';
import { markError } from '../../../../lib/cli/terminal/mark-error.ts';

test('carets stand under the place', () => {
  expect(markError('cat "red car"', 4, 1)).toBe('  cat "red car"\n      ^');
  expect(markError('-cat', 0, 4)).toBe('  -cat\n  ^^^^');
});

test('a place at the end or without length still gets a caret', () => {
  expect(markError('', 0, 0)).toBe('  \n  ^');
  expect(markError('cat +', 4, 1)).toBe('  cat +\n      ^');
});

test('wide characters before the place move it by the columns that they take', () => {
  expect(markError('猫 "犬', 2, 1)).toBe('  猫 "犬\n     ^');
  expect(markError('👩‍🚀 "', 6, 1)).toBe('  👩‍🚀 "\n     ^');
});

test('tabs and line ends become spaces, so that the carets stay in place', () => {
  expect(markError('a\tb\n"', 4, 1)).toBe('  a b "\n      ^');
});

test('width counts columns: marks join their letter, wide characters take two', () => {
  expect(displayWidth('naïve')).toBe(5);
  expect(displayWidth('nai\u0308ve')).toBe(5);
  expect(displayWidth('写真.jpg')).toBe(8);
  expect(padTo('写真', 6)).toBe('写真  ');
  expect(padTo('longer', 3)).toBe('longer');
});
