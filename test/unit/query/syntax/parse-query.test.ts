import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GlossError } from '../../../../lib/domain/errors.ts';
import { parseQuery, plainQuery } from '../../../../lib/query/syntax/parse-query.ts';
import { termsToRead } from '../../../../lib/query/plan/query-terms.ts';
import { compileQuery } from '../../../../lib/query/plan/compile-query.ts';
import { anyCharacter, halfCharacter } from '../../../support/any-character.ts';

const anyUnit = fc.oneof({ weight: 20, arbitrary: anyCharacter }, halfCharacter);

const placeOf = (query: string) => {
  try {
    parseQuery(query);
  } catch (error) {
    if (error instanceof GlossError && error.kind === 'invalid') return error.place;
    throw error;
  }
  throw new Error(`"${query}" should not parse`);
};

describe('parseQuery', () => {
  it('reads words, required words and excluded words', () => {
    expect(parseQuery('red +cats -t-shirt').clauses).toEqual([
      { occur: 'should', text: 'red', at: 0, terms: ['red'] },
      { occur: 'must', text: 'cats', at: 5, terms: ['cat'] },
      { occur: 'not', text: 't-shirt', at: 11, terms: ['t', 'shirt'] },
    ]);
  });

  it('reads phrases, fields, prefixes, operators and brackets', () => {
    const clauses = parseQuery('"red cars" AND (tag:bus OR sky*) NOT colour:green').clauses;
    expect(clauses).toEqual([
      { occur: 'must', kind: 'phrase', text: 'red cars', at: 1, terms: ['red', 'car'] },
      { occur: 'must', kind: 'exact', text: 'bus', at: 20, terms: ['bus'], field: 'tag' },
      { occur: 'must', kind: 'prefix', text: 'sky*', at: 27, terms: [] },
      { occur: 'not', kind: 'exact', text: 'green', at: 44, terms: ['green'], field: 'color' },
    ]);
  });

  it('takes operators in capitals alone, and knows four fields', () => {
    expect(parseQuery('salt and pepper or not url:x').clauses.map(({ text }) => text)).toEqual([
      'salt',
      'and',
      'pepper',
      'or',
      'not',
      'url:x',
    ]);
  });

  it('passes over what is no word', () => {
    expect(parseQuery(' salt & pepper – 😀 ').clauses.map(({ text }) => text)).toEqual(['salt', 'pepper']);
  });

  it.each([
    ['', { field: 'q', at: 0, length: 0 }],
    ['  &  ', { field: 'q', at: 0, length: 5 }],
    ['-cat -dog', { field: 'q', at: 0, length: 9 }],
    ['a red "big car', { field: 'q', at: 6, length: 1 }],
    ['cat ""', { field: 'q', at: 4, length: 2 }],
    ['cat (red dog', { field: 'q', at: 4, length: 1 }],
    ['cat red) dog', { field: 'q', at: 7, length: 1 }],
    ['cat () dog', { field: 'q', at: 4, length: 2 }],
    ['AND cat', { field: 'q', at: 0, length: 3 }],
    ['cat AND', { field: 'q', at: 4, length: 3 }],
    ['cat OR', { field: 'q', at: 4, length: 2 }],
    ['cat OR OR dog', { field: 'q', at: 7, length: 2 }],
    ['cat NOT', { field: 'q', at: 4, length: 3 }],
    ['cat tag:+dog', { field: 'q', at: 4, length: 4 }],
    ['cat s*', { field: 'q', at: 4, length: 2 }],
    ['NOT (cat OR dog)', { field: 'q', at: 0, length: 16 }],
    [`${'('.repeat(21)}cat`, { field: 'q', at: 20, length: 1 }],
    ['red be"d', { field: 'q', at: 6, length: 1 }],
    ['cat + dog', { field: 'q', at: 4, length: 1 }],
    ['cat -! dog', { field: 'q', at: 4, length: 2 }],
    ['😀 -', { field: 'q', at: 3, length: 1 }],
    ['x'.repeat(1_010), { field: 'q', at: 1_000, length: 10 }],
    [`${'w '.repeat(64)}one more`, { field: 'q', at: 128, length: 3 }],
    [`cat ${'a.b.'.repeat(40)}`, { field: 'q', at: 4, length: 160 }],
  ])('tells where %j goes wrong', (query, place) => {
    expect(placeOf(query)).toEqual(place);
  });

  it('takes as many words as it says', () => {
    expect(parseQuery('w '.repeat(64)).clauses).toHaveLength(64);
  });

  it('answers a query or the place of the error within the text, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyUnit, maxLength: 40 }), (text) => {
        try {
          for (const { at, text: word } of parseQuery(text).clauses) {
            expect(text.slice(at, at + word.length)).toBe(word);
          }
        } catch (error) {
          const { at, length } = (error as GlossError).place!;
          expect(at! + length!).toBeLessThanOrEqual(text.length);
          expect((error as GlossError).message.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('plainQuery', () => {
  it('has at most 64 words, and says where the next one is', () => {
    const words = Array.from({ length: 65 }, (_, i) => `w${i}`).join('  ');
    expect(plainQuery(words.slice(0, words.lastIndexOf(' '))).clauses).toHaveLength(64);
    for (const read of [plainQuery, parseQuery])
      expect(() => read(words)).toThrow(
        expect.objectContaining({ place: { field: 'q', at: words.lastIndexOf('w'), length: 3 } }),
      );
  });

  it('knows no syntax', () => {
    expect(plainQuery('-red "cars"').clauses.map(({ occur, terms }) => [occur, ...terms])).toEqual([
      ['should', 'red'],
      ['should', 'car'],
    ]);
  });
});

describe('terms of a query', () => {
  it('scores each term once, in order, and knows what is required and what is out', () => {
    const terms = compileQuery(parseQuery('cats +red cat dog +cats -t-shirt -red')).terms;
    expect(terms).toEqual({
      scoring: [
        { term: 'cat', weight: 1 },
        { term: 'red', weight: 1 },
        { term: 'dog', weight: 1 },
        { term: '=cat', weight: 0.3 },
        { term: '=dog', weight: 0.3 },
      ],
      cnf: [
        { anyOf: ['red'], notAllOf: [] },
        { anyOf: ['cat'], notAllOf: [] },
        { anyOf: [], notAllOf: ['t', 'shirt'] },
        { anyOf: [], notAllOf: ['red'] },
      ],
    });
    expect(termsToRead(terms)).toEqual(['cat', 'red', 'dog', '=cat', '=dog', 't', 'shirt']);
  });
});
