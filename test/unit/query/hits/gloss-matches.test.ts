import { describe, expect, it } from 'vitest';
import type { Gloss, ViewGloss } from '../../../../lib/domain/gloss.ts';
import { parseImageId, parseSequencer } from '../../../../lib/domain/ids.ts';
import { compileQuery } from '../../../../lib/query/plan/compile-query.ts';
import { GlossAnalysis } from '../../../../lib/query/hits/gloss-analysis.ts';
import { glossMatches } from '../../../../lib/query/hits/gloss-matches.ts';
import { parseQuery } from '../../../../lib/query/syntax/parse-query.ts';
import { wildcardsOf, withWildcards } from '../../../../lib/query/plan/resolve-wildcards.ts';
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
    expect(Array.from(wanted, ([text, { begins }]) => [text, begins])).toEqual([
      ['Ský*', ['sky']],
      ['ský*', ['sky']],
      ['runn*', ['runn']],
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
      { term: 'park meter', weight: 0.1 },
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

describe('neighbours of a query', () => {
  it('are words in its order, without what says nothing', () => {
    const { neighbours } = compileQuery(parseQuery('a man in a red shirt'));
    expect(neighbours).toEqual([
      ['man', 'red'],
      ['red', 'shirt'],
    ]);
    expect(compileQuery(parseQuery('bus')).neighbours).toEqual([]);
  });
});

describe('the meanings of a query', () => {
  it('are its things, each by its name before its class and its words', () => {
    expect(compileQuery(parseQuery('parking meters and a red couch -dog')).meanings).toEqual([
      ['park meter', 'park', 'meter'],
      ['red'],
      ['couch', '=sofa', 'sofa'],
    ]);
  });
});

describe('function words that were left out', () => {
  it.each([
    ['a man in a red shirt', ['a', 'in']],
    ['a bus', []],
    ['a photo of a red bus in the rain', ['a', 'in', 'the']],
    ['red bus', []],
  ])('of "%s" are %j', (text, fillers) => {
    expect(compileQuery(parseQuery(text)).fillers).toEqual(fillers);
  });
});

describe('what a query asks for', () => {
  it.each([
    ['bus', false],
    ['parking meters', false], // the name of one thing
    ['red bus', true],
    ['+red +bus', true],
    ['a photo of a bus', false],
  ])('%s: several things %s', (text, several) => {
    expect(compileQuery(parseQuery(text)).asksForSeveral).toBe(several);
  });

  it('is told by a name less where other words stand beside it', () => {
    const weightOf = (text: string) =>
      compileQuery(parseQuery(text)).terms.scoring.find(({ term }) => term === 'park meter')?.weight;
    expect(weightOf('parking meters')).toBe(1);
    expect(weightOf('a dog at parking meters')).toBe(0.1);
  });

  it('is all of up to four words first, and of a sentence any', () => {
    const everyWord = (text: string) => compileQuery(parseQuery(text)).everyWord;
    expect(everyWord('red bus in a street with trees')).toHaveLength(4);
    expect(everyWord('red bus in a narrow street with trees')).toBeUndefined();
  });
});
