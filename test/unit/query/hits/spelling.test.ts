import { expect, it } from 'vitest';
import { spellingSuggestions } from '../../../../lib/query/hits/spelling.ts';

const vocabulary = [
  { term: 'bicycl', docFreq: 50 },
  { term: 'cat', docFreq: 90 },
  { term: 'cart', docFreq: 20 },
  { term: 'car', docFreq: 300 },
  { term: 'umbrella', docFreq: 5 },
];

it.each([
  ['bycicl', []], // two changes in a short word
  ['bicylc', ['bicycl']],
  ['carr', ['car', 'cart']],
  ['cat', []],
  ['umbrela', ['umbrella']],
  ['unbrelal', ['umbrella']],
])('"%s" may have been meant to be %j', (word, expected) => {
  expect(spellingSuggestions(word, vocabulary).map(({ term }) => term)).toEqual(expected);
});
