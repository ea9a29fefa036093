import { expect, it } from 'vitest';
import { wrap } from '../../../../lib/cli/terminal/wrap.ts';

it.each([
  ['  one two three', 9, '  one two\n    three'],
  ['  one two three', 80, '  one two three'],
  ['  unbreakable word', 6, '  unbreakable\n    word'],
  ['  写真 写真', 7, '  写真\n    写真'],
])('%j in %i columns', (text, columns, lines) => {
  expect(wrap(text, columns, '    ')).toBe(lines);
});
