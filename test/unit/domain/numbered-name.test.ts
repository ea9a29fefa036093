import { expect, test } from 'vitest';
import { numberedName, spellingsOf } from '../../../lib/domain/numbered-name.ts';

test.each([
  ['IMG_1.jpg', 'IMG_1 (2).jpg'],
  ['a.b/IMG.1.jpeg', 'a.b/IMG.1 (2).jpeg'],
  ['a.b/noending', 'a.b/noending (2)'],
  ['a/.hidden', 'a/.hidden (2)'],
  ['a. long sentence for a name', 'a. long sentence for a name (2)'],
])('the number stands before the ending: %s', (name, numbered) => {
  expect(numberedName(name, 2)).toBe(numbered);
});

test('a name has one spelling or two, the composed one first', () => {
  expect(spellingsOf('cafe')).toEqual(['cafe']);
  expect(spellingsOf('cafe\u0301')).toEqual(['caf\u00e9', 'cafe\u0301']);
});
