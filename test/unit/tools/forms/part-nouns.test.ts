import { describe, expect, it } from 'vitest';
import { endsOf, partNouns, type Nouns } from '../../../../lib/tools/forms/part-nouns.ts';

/** Drops the last vowel, and an s behind it. */
const stem = (word: string) => word.replace(/[aeo]s?$/, '');

const NOUNS: Nouns = {
  forms: new Map([
    ['puerto', ['puertos']],
    ['puerta', ['puertas']],
    ['gato', ['gatos']],
    ['gata', ['gatas']],
    ['mar', ['mares']],
  ]),
  isNoun: () => true,
  isElsewhere: () => false,
  frequencyOf: (noun) => (noun === 'puerta' ? 2 : 1),
  areTwo: (one, other) => one.startsWith('puert') && other.startsWith('puert'),
};

describe('nouns of one stem', () => {
  it('are parted, but for the commonest', () => {
    expect(partNouns(NOUNS, stem)).toEqual([['puerto', 'puerto']]);
  });

  it('leave the stem to those that verbs are written like', () => {
    const isElsewhere = (word: string) => word === 'puertos';
    expect(partNouns({ ...NOUNS, isElsewhere }, stem)).toEqual([['puerta', 'puerta']]);
  });

  it('stay together where all of them are other words as well, but for those that are mostly nouns', () => {
    const isElsewhere = () => true;
    expect(partNouns({ ...NOUNS, isElsewhere }, stem)).toEqual([]);
    expect(partNouns({ ...NOUNS, isElsewhere, isMostlyNoun: () => true }, stem)).toEqual([
      ['puerto', 'puerto'],
    ]);
  });

  it('are parted from a verb that they are not of, though alone', () => {
    const forms = new Map([['leber', ['lebern']]]);
    const isApart = (noun: string, term: string) => noun === 'leber' && term === stem('leber');
    expect(partNouns({ ...NOUNS, forms, isApart }, stem)).toHaveLength(1);
    expect(partNouns({ ...NOUNS, forms }, stem)).toEqual([]);
  });

  it('take a form that is no term of another word', () => {
    const forms = new Map([
      ['port', ['ports']],
      ['porte', ['portes']],
    ]);
    const areTwo = () => true;
    const frequencyOf = (noun: string) => noun.length;
    expect(partNouns({ ...NOUNS, forms, areTwo, frequencyOf }, stem)).toEqual([['port', 'ports']]);
  });

  it('are followed by what is one word with them', () => {
    const forms = new Map([
      ['pato', ['patos']],
      ['pate', ['pates']],
      ['pata', []],
    ]);
    const nouns: Nouns = {
      ...NOUNS,
      forms,
      isNoun: (word) => word !== 'pata',
      isElsewhere: (word) => word === 'pate',
      areTwo: () => true,
      areOne: (one, other) => one === 'pata' && other === 'pato',
    };
    expect(partNouns(nouns, stem)).toEqual([
      ['pata', 'pato'],
      ['pato', 'pato'],
    ]);
  });
});

it('what is left of two words', () => {
  expect(endsOf('wetter', 'wette')).toEqual(['r', '']);
  expect(endsOf('mer', 'mere')).toEqual(['', 'e']);
  expect(endsOf('a', 'b')).toEqual(['a', 'b']);
});
