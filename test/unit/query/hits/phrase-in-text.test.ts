import { expect, it } from 'vitest';
import { hasPhrase } from '../../../../lib/query/hits/phrase-in-text.ts';
import { compileQuery } from '../../../../lib/query/plan/compile-query.ts';
import { parseQuery } from '../../../../lib/query/syntax/parse-query.ts';
import { spellingsOf } from '../../../../lib/query/syntax/phrase-spellings.ts';
import { ENGLISH } from '../../../../lib/text/analyzer.ts';
import { derivedTerms } from '../../../../lib/text/index-terms.ts';

/** Whether a text has a phrase, both as people write them. */
function has(text: string, phrase: string): boolean {
  const words = ENGLISH.termsWithPlaces(text);
  const derived = Array.from(derivedTerms(words, text, ENGLISH, ENGLISH.lexicon));
  return hasPhrase(
    { words, derived },
    { terms: ENGLISH.terms(phrase), spellings: spellingsOf(phrase, ENGLISH) },
  );
}

it.each([
  ['a wi-fi router', 'wi fi router'],
  ['a wi fi router', 'wifi router'],
  ['an ice cream van', 'icecream van'],
  ['an icecream van', 'ice cream van'],
  ['an ice-cream van', 'icecream van'],
  ['a red t-shirt', 'red t shirts'],
  ['two red t shirts', 'red t-shirt'],
  ['ice ice cream van', 'icecream van'],
  ['a cat on a windowsill', 'a window sill'],
])('"%s" has "%s"', (text, phrase) => expect(has(text, phrase)).toBe(true));

it.each([
  // Nothing is left out between, and nothing is turned round.
  ['wi and fi router', 'wi fi router'],
  ['a router, wi-fi', 'wi fi router'],
  // A t-shirt is a shirt, but "red" does not stand before "shirt" here.
  ['a red t-shirt', 'red shirt'],
  // The vitamin is not in the tablets.
  ['vitamin-c tablets', 'vitamin tablets'],
  ['ice cream', 'icecream van'],
])('"%s" does not have "%s"', (text, phrase) => expect(has(text, phrase)).toBe(false));

it('scores what the words are written as elsewhere, so that it is marked, too', () => {
  const { terms } = compileQuery(parseQuery('"wi fi router"'));
  expect(terms.scoring.map(({ term }) => term)).toEqual(['wi', 'fi', 'router', 'wifi']);
  expect(terms.cnf.map(({ anyOf }) => anyOf)).toEqual([['wi', 'wifi'], ['fi', 'wifi'], ['router']]);
});
