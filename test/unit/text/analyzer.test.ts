import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnalyzer, ENGLISH } from '../../../lib/text/analyzer.ts';
import type { Language } from '../../../lib/domain/language.ts';
import { anyCharacter, halfCharacter } from '../../support/any-character.ts';

const anyUnit = fc.oneof({ weight: 20, arbitrary: anyCharacter }, halfCharacter);

/** Sample of https://snowballstem.org/algorithms/english/stemmer.html, and exceptions that the page lists. */
const PUBLISHED = `
  consign consign  consigned consign  consigning consign  consignment consign  consist consist  consisted consist
  consistency consist  consistent consist  consistently consist  consisting consist  consists consist
  consolation consol  consolations consol  consolatory consolatori  console consol  consoled consol
  consolidate consolid  consolidated consolid  consolidating consolid  consolingly consol  consonant conson
  conspicuous conspicu  conspicuously conspicu  conspiracy conspiraci  conspirator conspir  conspired conspir
  constable constabl  constance constanc  constancy constanc  constant constant
  knack knack  knackeries knackeri  knave knave  knavish knavish  kneaded knead  kneel kneel  kneeling kneel
  knees knee  knif knif  knife knife  knight knight  knightly knight  knitted knit  knitting knit
  knives knife  knobs knob  knocker knocker  knockers knocker  knocking knock  knopp knopp  knots knot
  skis ski  skies sky  dying die  lying lie  tying tie  idly idl  gently gentl  ugly ugli  early earli  only onli
  singly singl  sky sky  news news  howe howe  atlas atlas  cosmos cosmos  bias bias  andes andes
`;

const analyze = (text: string) => ENGLISH.terms(text);

describe('the English analyzer', () => {
  it.each(PUBLISHED.trim().split(/\s{2,}/))('stems as published: %s', (pair) => {
    const [word, stem] = pair.split(' ');
    expect(analyze(word!)).toEqual([stem]);
  });

  it('gives a query the terms of the texts that it should find', () => {
    expect(analyze('Two CATS, running on the café’s floors')).toEqual([
      'two',
      'cat',
      'run',
      'on',
      'the',
      'cafe',
      'floor',
    ]);
    expect(analyze('½ ﬁshes')).toEqual(['1', '2', 'fish']);
    expect(analyze('constructor __proto__ hasOwnProperty')).toEqual([
      'constructor',
      'proto',
      'hasownproperti',
    ]);
  });

  it('takes other scripts as they are, word by word', () => {
    expect(analyze('黒い猫 кошка 😀')).toEqual(['黒い', '猫', 'кошка']);
  });

  it('parts letters and digits beside scripts without spaces as elsewhere', () => {
    expect(analyze('黒50mm')).toEqual(['黒', '50', 'mm']);
    expect(analyze('黒9é')).toEqual(['黒', ...analyze('9é')]);
  });

  it('cuts terms at 64 characters, never through one', () => {
    expect(analyze('z'.repeat(200))).toEqual(['z'.repeat(64)]);
    const [term] = analyze(`z${'𠀀'.repeat(60)}`);
    expect(term!.isWellFormed()).toBe(true);
  });

  it('gives short plain terms for whatever is typed, the same each time, with their places', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyUnit }), (text) => {
        const terms = analyze(text);
        for (const term of terms) {
          expect(term).not.toBe('');
          expect(term.length).toBeLessThanOrEqual(64);
          expect(term.isWellFormed()).toBe(true);
        }
        const places = ENGLISH.termsWithPlaces(text);
        expect(places.map(({ term }) => term)).toEqual(terms);
        expect(analyze(text)).toEqual(terms);
        for (const { term, start, end } of places) expect(analyze(text.slice(start, end))).toContain(term);
      }),
      { numRuns: 300 },
    );
  });
});

/** Stems from the sample vocabularies of https://snowballstem.org/algorithms/, accents dropped as the chain drops them. */
describe('analyzers of other languages', () => {
  it.each<[Language, string, string[]]>([
    ['de', 'Die Häuser der Straße', ['die', 'haus', 'der', 'strass']],
    ['fr', 'continuellement les maisons', ['continuel', 'le', 'maison']],
    ['es', 'las torres y los toros', ['las', 'torr', 'y', 'los', 'tor']],
    ['it', 'gli uomini e i laghi', ['gli', 'uom', 'e', 'i', 'lag']],
    ['pt', 'leões e cães', ['lea', 'e', 'cao']],
    ['nl', 'kinderen in huizen', ['kind', 'in', 'huis']],
    ['sv', 'böcker och fötter', ['bok', 'och', 'fot']],
    ['ja', '公園の桜と赤い電車', ['公園', 'の', '桜', 'と', '赤い', '電車']],
    ['ja', 'コーヒーカップ ﾈｺ', ['コーヒ', 'カップ', 'ネコ']],
  ])('%s: %s', (language, text, terms) => {
    expect(createAnalyzer(language).terms(text)).toEqual(terms);
  });

  it('find a word without its accents', () => {
    for (const language of ['fr', 'it', 'pt'] as const) {
      const terms = (text: string) => createAnalyzer(language).terms(text);
      for (const word of ['café', 'müde', 'niño', 'forêt'])
        expect(terms(word)).toEqual(terms(word.normalize('NFD').replace(/\p{M}/gu, '')));
    }
  });

  it('can leave words unstemmed', () => {
    expect(createAnalyzer('en', { stem: false }).terms('Two CATS running')).toEqual([
      'two',
      'cats',
      'running',
    ]);
  });
});

describe('long words', () => {
  const analyzer = createAnalyzer('en', { stem: false });
  const terms = (text: string) => analyzer.terms(text);

  it('are cut before and after they are normalized', () => {
    // U+FDFA is four words of Arabic, 18 characters: 256 of them would be 4,608 characters.
    const salawat = ['صلى', 'الله', 'عليه', 'وسلم'];
    expect(terms('\ufdfa')).toEqual(salawat);
    const many = terms('\ufdfa'.repeat(5_000));
    expect(many.join(' ').length).toBeLessThanOrEqual(256);
    expect(many.slice(0, 3)).toEqual(salawat.slice(0, 3));
  });

  it.each([
    ['accents', 'é'.repeat(300)],
    ['Hangul', '각'.repeat(300)],
    ['marks on marks', `a${'\u0300\u0315\u035c'.repeat(2_000)}b`],
    ['a word of usual length', 'Ängstlichkeit'],
  ])('are one word however their %s are spelled', (_name, word) => {
    expect(terms(word.normalize('NFD'))).toEqual(terms(word.normalize('NFC')));
  });
});
