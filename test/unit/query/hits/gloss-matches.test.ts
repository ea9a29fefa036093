import { describe, expect, it } from 'vitest';
import type { Gloss, ViewGloss } from '../../../../lib/domain/gloss.ts';
import { parseImageId, parseSequencer } from '../../../../lib/domain/ids.ts';
import { compileQuery } from '../../../../lib/query/plan/compile-query.ts';
import { GlossAnalysis } from '../../../../lib/query/hits/gloss-analysis.ts';
import { glossMatches } from '../../../../lib/query/hits/gloss-matches.ts';
import { parseQuery } from '../../../../lib/query/syntax/parse-query.ts';
import { wildcardsOf, withWildcards } from '../../../../lib/query/plan/resolve-wildcards.ts';
import { proximityIn } from '../../../../lib/query/hits/proximity.ts';
import { ENGLISH } from '../../../../lib/text/analyzer.ts';

const view = (index: number, tags: string[], caption: string, visibleText = ''): ViewGloss => ({
  view: { index, kind: index === 0 ? 'whole' : 'crop' },
  tags,
  caption,
  visibleText,
});
const gloss: Gloss = {
  imageId: parseImageId('0'.repeat(32)),
  sequencer: parseSequencer('1'),
  model: 'm',
  promptVersion: '1',
  cropPolicy: 'grid-2x2',
  views: [
    view(0, ['street', 'green'], 'Two women beside a red double-decker bus.', 'EXIT 5'),
    view(1, ['cars'], 'a blue car'),
  ],
};

const analysed = (of: Gloss) => new GlossAnalysis(ENGLISH).of(of)!;

const holds = (text: string): boolean => {
  const query = withWildcards(parseQuery(text), new Map([['doub*', [{ term: 'doubl', docFreq: 1 }]]]));
  return glossMatches(query, compileQuery(query), analysed(gloss));
};

describe('glossHolds', () => {
  it.each([
    ['"double-decker bus"', true],
    ['"red bus"', false], // not side by side
    ['"bus blue"', false], // not in one view
    ['"blue cars"', true],
    ['car -"red car"', true],
    ['car -"blue car"', false],
    ['tag:green', true],
    ['tag:red', false],
    ['caption:red', true],
    ['text:exit', true],
    ['caption:exit', false],
    ['color:green', true],
    ['color:exit', false],
    ['bus AND NOT text:exit', false],
    ['(tag:red OR tag:street) AND "blue car"', true],
    ['person tag:x', true], // a woman is a person
    ['"person" tag:x', false], // but a quoted word is that word
    ['doub* AND tag:street', true],
    ['+person tag:street', true], // takes what "person" finds
    ['+"person" tag:street', false],
    ['car -person', false],
    ['car -"person"', true],
    ['car -dog', true],
  ])('%s: %s', (query, expected) => {
    expect(holds(query)).toBe(expected);
  });

  it('asks for the prefixes of a query once each', () => {
    const wanted = wildcardsOf(parseQuery('Ský* AND (ský* OR runn*)'));
    expect(Array.from(wanted, ([text, { prefix }]) => [text, prefix])).toEqual([
      ['Ský*', 'sky'],
      ['ský*', 'sky'],
      ['runn*', 'runn'],
    ]);
    expect(wanted.get('runn*')!.stems).toContain('run'); // of "running"
    expect(wanted.get('ský*')!.stems).not.toContain('sky');
  });
});

describe('compileQuery', () => {
  it('makes conditions that are necessary where only glosses tell', () => {
    const compiled = compileQuery(parseQuery('"red car" -tag:bus'));
    expect(compiled.needsGloss).toBe(true);
    expect(compiled.terms.cnf).toEqual([
      { anyOf: ['red'], notAllOf: [] },
      { anyOf: ['car'], notAllOf: [] },
    ]);
  });

  it('reads at most three lists for a word, and says what they stand for', () => {
    const { terms, via } = compileQuery(parseQuery('parking meters couch "couch"'));
    expect(terms.scoring).toEqual([
      { term: 'park', weight: 1 },
      { term: 'meter', weight: 1 },
      { term: 'couch', weight: 1 },
      { term: 'park meter', weight: 1 },
      { term: '=sofa', weight: 0.3 },
      { term: 'sofa', weight: 0.3 },
    ]);
    expect(Object.fromEntries(via)).toEqual({
      'park meter': 'parking meters',
      '=sofa': 'couch',
      sofa: 'couch',
    });
    expect(compileQuery(parseQuery('"couch"')).terms.scoring).toEqual([{ term: 'couch', weight: 1 }]);
    const bare = compileQuery(parseQuery('parking meters couch'), { lexicon: false, compounds: false });
    expect(bare.terms.scoring.map(({ term }) => term)).toEqual(['park', 'meter', 'couch']);
  });

  it('knows words that are written together', () => {
    expect(compileQuery(parseQuery('diningtable')).terms.scoring.map(({ term }) => term)).toEqual(
      expect.arrayContaining(['dine tabl', 'dine', 'tabl']),
    );
  });
});

describe('sameView', () => {
  const idfs = new Map([
    ['red', 1],
    ['bus', 2],
    ['car', 3],
  ]);

  it('is the view with most of the words, by their rarity', () => {
    expect(proximityIn(analysed(gloss), idfs)).toEqual({ viewIndex: 0, terms: ['red', 'bus'], score: 1.5 });
  });

  it('is no view where each holds one word at most', () => {
    expect(
      proximityIn(
        analysed(gloss),
        new Map([
          ['bus', 2],
          ['car', 3],
        ]),
      ),
    ).toBeUndefined();
  });
});
