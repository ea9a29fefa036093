import { describe, expect, it } from 'vitest';
import { phraseFilter, type TermPlaces } from '../../../../lib/query/hits/phrase-places.ts';
import { parseQuery } from '../../../../lib/query/syntax/parse-query.ts';

/** Whether a query may match a document with words at these places. */
function mayMatch(query: string, places: Readonly<Record<string, TermPlaces>>): boolean {
  return phraseFilter(parseQuery(query))!.mayMatch((term) => places[term] ?? 'absent');
}

describe('a phrase', () => {
  it.each([
    ['side by side', { red: [4], dog: [5] }, true],
    ['the other way round', { red: [5], dog: [4] }, false],
    ['apart', { red: [4, 9], dog: [6, 20] }, false],
    ['side by side at a later mention', { red: [4, 9, 30], dog: [6, 10] }, true],
    ['with one of them anywhere', { red: [4], dog: 'anywhere' }, true],
    ['without one of them', { red: [4] }, false],
  ] as const)('of words %s', (_, places, expected) => {
    expect(mayMatch('"red dog"', places)).toBe(expected);
  });

  it('of three words holds what stands around one that may be anywhere', () => {
    const query = '"red dog barks"';
    const barks = parseQuery('barks').tree.should[0]!;
    const [term] = 'terms' in barks ? barks.terms : [];
    expect(mayMatch(query, { red: [1], dog: 'anywhere', [term!]: [3] })).toBe(true);
    expect(mayMatch(query, { red: [1], dog: 'anywhere', [term!]: [4] })).toBe(false);
    expect(mayMatch(query, { red: 'anywhere', dog: [7], [term!]: [8] })).toBe(true);
  });

  it('may be written otherwise, where another spelling is there', () => {
    const query = '"wi fi router"';
    expect(mayMatch(query, { wi: [1], fi: [7], router: [9] })).toBe(false);
    expect(mayMatch(query, { wifi: 'anywhere', router: [9] })).toBe(true);
  });
});

describe('there is a filter', () => {
  it.each(['+"red dog" tree', '("red dog" OR "blue cat") AND tree', '"red dog" date:2020'])(
    'for %s',
    (query) => {
      expect(phraseFilter(parseQuery(query))).toBeDefined();
    },
  );

  it.each(['dog', '"dog"', 'tag:dog', '"red dog" tree', 'tree -"red dog"', '"red dog" OR tree'])(
    'and none for %s, which other documents match, too',
    (query) => {
      expect(phraseFilter(parseQuery(query))).toBeUndefined();
    },
  );
});
