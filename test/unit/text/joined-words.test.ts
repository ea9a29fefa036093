import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../../lib/text/analyzer.ts';
import { joinedTerms, partTerms, queryTerms } from '../../../lib/text/joined-words.ts';
import { NO_LEXICON } from '../../../lib/lexicon/lexicon.ts';

const analyzer = createAnalyzer('en', { lexicon: () => NO_LEXICON });
const places = (from: typeof joinedTerms, text: string) =>
  Array.from(from(analyzer.termsWithPlaces(text), text, analyzer), ({ term, start, end }) => [
    term,
    text.slice(start, end),
  ]);

describe('words that may be written together', () => {
  it.each([
    ['an ice-cream', [['icecream', 'ice-cream']]],
    ['iPhone 15', [['iphone15', 'iPhone 15']]],
    ['iPhone15', [['iphone15', 'iPhone15']]],
    ['a 50 mm lens', [['50mm', '50 mm']]],
    ['a T shirt', [['tshirt', 'T shirt']]],
    ['open 24/7', [['24/7', '24/7']]],
    ['on 2026-11-24', [['2026/11/24', '2026-11-24']]],
    [
      'AB12 CDE',
      [
        ['ab12', 'AB12'],
        ['ab12cd', 'AB12 CDE'],
      ],
    ],
    ['the 3rd street in 2024', []],
    ['a dog. 3. the end', []],
    ['red cars', []],
    ['2 people', []],
    ['½ cup', []],
  ])('in %j are found at their places', (text, expected) => {
    expect(places(joinedTerms, text)).toEqual(expected);
  });

  it('have parts that are found, but for those of two letters', () => {
    expect(places(partTerms, 'two t-shirts, Wi-Fi, a close-up')).toEqual([['shirt', 'shirts']]);
  });

  it.each([
    ['50mm', ['50mm']],
    ['24/7', ['24/7']],
    ['t-shirts', ['tshirt']],
    ['U.S.A.', ['usa']],
    ['ice-cream', ['ice', 'cream']],
    ['dogs', ['dog']],
    ['C++', ['c++']],
    ['!', []],
  ])('ask in a query, as %j, for %j', (word, expected) => {
    expect(queryTerms(word, analyzer)).toEqual(expected);
  });
});
