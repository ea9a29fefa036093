import { describe, expect, it } from 'vitest';
import {
  closestTo,
  likelyBeginnings,
  maxSlipsFor,
  slipsBetween,
  slipsToStem,
  termsOneSlipFrom,
} from '../../../../lib/query/hits/spelling.ts';
import { ENGLISH } from '../../../../lib/text/analyzer.ts';

const vocabulary = [
  { term: 'bicycle', docFreq: 50 },
  { term: 'cat', docFreq: 90 },
  { term: 'cart', docFreq: 20 },
  { term: 'card', docFreq: 300 },
  { term: 'umbrella', docFreq: 5 },
  { term: 'giraffe', docFreq: 5 },
  { term: 'xcart', docFreq: 900 },
];

it.each([
  ['bycicle', ['bicycle']],
  ['bicylce', ['bicycle']],
  ['carr', ['card', 'cart']],
  ['crad', ['card']],
  ['cat', []], // three letters may be anything
  ['umbrela', ['umbrella']],
  ['unbrelal', ['umbrella']],
  ['unbrelaal', []], // three slips
  ['jirafe', ['giraffe']],
])('"%s" may have been meant to be %j', (word, expected) => {
  const found = closestTo(
    vocabulary.filter(({ term }) => term !== word),
    maxSlipsFor(word.length),
    ({ term }, most) => slipsBetween(word, term, most),
  );
  expect(found.map(({ term }) => term)).toEqual(expected);
});

it.each([
  ['jiraffe', 'giraffe'],
  ['lephant', 'elephant'],
  ['xbicycle', 'bicycle'],
  ['bycicle', 'bicycle'],
  ['ibcycle', 'bicycle'],
  ['blcycle', 'bicycle'],
  ['ähre', 'ähren'],
])('looks for "%s" where "%s" is', (typed, meant) => {
  expect(likelyBeginnings(typed).some((beginning) => meant.startsWith(beginning))).toBe(true);
});

it('compares words with stems as far as these go', () => {
  expect(slipsToStem('lephant', 'eleph', 2)).toBe(1);
  expect(slipsToStem('bycicle', 'bicycl', 2)).toBe(2);
  expect(slipsToStem('horse', 'cat', 2)).toBeGreaterThan(2);
});

describe('terms one slip away', () => {
  const asked = (typed: string, terms: readonly string[]) => {
    let analyses = 0;
    const found = termsOneSlipFrom(typed, terms, (word) => {
      analyses += 1;
      return ENGLISH.joinedTerm(word);
    });
    return { found: [...found], analyses };
  };

  it.each([
    ['shevles', ['shelf', 'car'], ['shelf']],
    ['mcie', ['mous', 'car'], ['mous']],
    ['unicorn', ['car', 'dog'], []],
  ])('of %s among %j are %j', (typed, terms, found) => expect(asked(typed, terms).found).toEqual(found));

  it('are looked for among forms that begin like a term, and no others', () => {
    expect(asked('unicorns', ['car', 'dog', 'under']).analyses).toBe(0);
    expect(asked('shevles', ['shelf', 'car']).analyses).toBeLessThan(60);
  });
});
