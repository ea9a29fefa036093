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
      { occur: 'not', text: 't-shirt', at: 11, terms: ['tshirt'] },
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

  it('takes operators in capitals alone, where both sides make them operators', () => {
    const texts = (query: string) => parseQuery(query).clauses.map(({ occur, text }) => `${occur} ${text}`);
    expect(texts('salt and pepper or not url:x')).toEqual(['should salt', 'should pepper', 'should url:x']);
    expect(texts('salt AND pepper')).toEqual(['must salt', 'must pepper']);
    expect(texts('salt AND the pepper')).toEqual(['must salt', 'must pepper']);
    expect(texts('AND salt OR')).toEqual(['should salt']);
    expect(texts('salt OR OR pepper')).toEqual(['should salt', 'should pepper']);
    expect(texts('salt NOT pepper')).toEqual(['should salt', 'not pepper']);
    expect(texts('NOT salt pepper')).toEqual(['not salt', 'should pepper']);
    expect(() => parseQuery('NOT salt')).toThrow('all words here are excluded');
    expect(texts('SALT AND PEPPER NOT SUGAR')).toEqual(['should SALT', 'should PEPPER', 'should SUGAR']);
    expect(texts('猫 AND 犬')).toEqual(['must 猫', 'must 犬']);
  });

  it('passes over what is no word', () => {
    expect(parseQuery(' salt & pepper – 😀 ').clauses.map(({ text }) => text)).toEqual(['salt', 'pepper']);
    for (const nothing of ['  &  ', '😀 -', '...', '()', '""', ':-)'])
      expect(parseQuery(nothing).clauses).toEqual([]);
  });

  it.each<[query: string, clauses: string[], notes: string[]]>([
    ['a red "big car', ['red', 'big', 'car'], ['function word a', 'punctuation "']],
    ['cat ""', ['cat'], ['punctuation "', 'punctuation "']],
    ['cat (red dog', ['cat', 'red', 'dog'], ['punctuation (']],
    ['cat red) dog', ['cat', 'red', 'dog'], ['punctuation )']],
    ['cat () dog', ['cat', 'dog'], ['punctuation (', 'punctuation )']],
    ['AND cat', ['cat'], ['word AND']],
    ['cat AND', ['cat'], ['word AND']],
    ['cat AND NOT', ['cat'], ['word AND', 'word NOT']],
    ['cat AND NOT (', ['cat'], ['word AND', 'word NOT', 'punctuation (']],
    ['cat tag:+dog', ['cat', 'tag', '+dog'], ['word tag']],
    ['red bo"d', ['red', 'bo', 'd'], ['punctuation "']],
    ['cat + dog', ['cat', 'dog'], ['punctuation +']],
    ['cat -! dog', ['cat', 'dog'], ['punctuation -']],
    ['url:x', ['url:x'], ['unknown field url:']],
    ['date:banana', ['date:banana'], ['no date date:banana']],
    ['before:9am', ['before:9am'], ['no date before:9am']],
    ['at 3:30pm', ['3:30pm'], ['function word at']],
    ['after:party', ['after:party'], ['no date after:party']],
    ['https://example.com/a?b=c', ['https://example.com/a?b=c'], []],
    ['www.example.com/*/cats', ['www.example.com/*/cats'], []],
    ['me@example.com?subject=cat', ['me@example.com?subject=cat'], []],
    ['I?m a cat', ['cat'], ['function word I', 'punctuation ?', 'function word a']],
    ['what?s that cat', ['cat'], ['function word what', 'punctuation ?', 'function word that']],
    ['don?t cat', ['cat'], ['function word don?t', 'punctuation ?']],
    ['O?Brien', ['O?Brien'], ['punctuation ?']],
    ['*really* nice cat', ['really', 'nice', 'cat'], ['punctuation *', 'punctuation *']],
    [
      'a *very nice*, cat',
      ['nice', 'cat'],
      ['function word a', 'punctuation *', 'function word very', 'punctuation *'],
    ],
    ['f**k this cat', ['f**k', 'cat'], ['function word this']],
    ['M*A*S*H', ['M*A*S*H'], []],
    ['A* search', ['search'], ['function word A*']],
    ['http://a.example/x', ['http://a.example/x'], []],
    ['a photo of a cat', ['cat'], ['frame a', 'frame photo', 'frame of', 'function word a']],
    ['sea without any boats', ['sea'], ['absence without any boats']],
  ])('reads %j and says how', (query, clauses, notes) => {
    const read = parseQuery(query);
    const sign = { should: '', must: '+', not: '-' };
    expect(read.clauses.map(({ occur, text }) => sign[occur] + text)).toEqual(clauses);
    expect(read.notes.map(({ as, text }) => `${as} ${text}`)).toEqual(notes);
    for (const { at, text } of read.notes) expect(query.slice(at, at + text.length)).toBe(text);
  });

  it.each([
    ['', { field: 'q', at: 0, length: 0 }],
    ['-cat -dog', { field: 'q', at: 0, length: 9 }],
    ['cat s*', { field: 'q', at: 4, length: 2 }],
    ['cat *cycle', { field: 'q', at: 4, length: 6 }],
    ['cat b?cycle', { field: 'q', at: 4, length: 7 }],
    [`${'('.repeat(21)}cat${')'.repeat(21)}`, { field: 'q', at: 20, length: 1 }],
    ['x'.repeat(1_010), { field: 'q', at: 1_000, length: 10 }],
    [`${'w '.repeat(64)}wonders more`, { field: 'q', at: 128, length: 7 }],
    [`cat ${'cup.bed.'.repeat(40)}`, { field: 'q', at: 4, length: 320 }],
  ])('tells where %j goes wrong', (query, place) => {
    expect(placeOf(query)).toEqual(place);
  });

  it('takes as many words as it says', () => {
    expect(parseQuery('w '.repeat(64)).clauses).toHaveLength(64);
    expect(parseQuery('w the '.repeat(64)).clauses).toHaveLength(64);
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
        { anyOf: ['cat', '=cat'], notAllOf: [] },
        { anyOf: [], notAllOf: ['tshirt'] },
        { anyOf: [], notAllOf: ['red'] },
      ],
    });
    expect(termsToRead(terms)).toEqual(['cat', 'red', 'dog', '=cat', '=dog', 'tshirt']);
  });
});
