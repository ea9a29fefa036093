import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../lib/domain/language.ts';
import { ENGLISH } from '../../lib/text/analyzer.ts';
import { stemmerOf } from '../../lib/text/stemmer.ts';

/** Snowball's vocabularies, and how many words they have, with the stems that Snowball 3.1.1 gives them; stemmers/README.md. */
const VOCABULARIES: readonly [Language, string, number][] = [
  ['en', 'english', 29_417],
  ['de', 'german', 35_033],
  ['fr', 'french', 20_805],
  ['es', 'spanish', 28_377],
  ['it', 'italian', 35_494],
  ['pt', 'portuguese', 32_016],
  ['nl', 'dutch', 45_669],
  ['sv', 'swedish', 30_623],
];

const RADIX = 36;

function pairsOf(name: string): [word: string, stem: string][] {
  const packed = readFileSync(join(import.meta.dirname, `stemmers/${name}.gz`));
  let word = '';
  return gunzipSync(packed)
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [begun, ended] = line.split(' ') as [string, string];
      word = word.slice(0, Number.parseInt(begun[0]!, RADIX)) + begun.slice(1);
      return [word, word.slice(0, word.length - Number.parseInt(ended[0]!, RADIX)) + ended.slice(1)];
    });
}

describe('the stemmer of', () => {
  it.each(VOCABULARIES)('%s gives the stems of Snowball 3.1.1', (language, name, words) => {
    const stem = stemmerOf(language)!;
    const pairs = pairsOf(name);
    expect(pairs).toHaveLength(words);
    expect(pairs.filter(([word, expected]) => stem(word) !== expected)).toEqual([]);
  });

  it('languages without endings is none', () => {
    for (const language of ['ja', 'zh', 'th'] as const) expect(stemmerOf(language)).toBeUndefined();
  });
});

describe('English verbs and adjectives', () => {
  const BRITISH = /our|is(?:e[dr]|ing)$|ys(?:ed|ing)$|tr(?:ed|ing)$|ough|oeuvr|ll(?:ed|er|est|ing)$/;

  /** Irregular forms, and spellings that the pattern has not, with the word that each is of. "Ated" is of "ate". */
  const OF: Readonly<Record<string, string>> = {
    ated: 'eat',
    behoved: 'behoove',
    bivouacked: 'bivouac',
    bivouacking: 'bivouac',
    bled: 'bleed',
    blest: 'bless',
    bred: 'breed',
    canning: 'canned',
    catalogued: 'catalog',
    chequered: 'checker',
    counterbalanced: 'counter balance',
    curtseyed: 'curtsy',
    curtseying: 'curtsy',
    despatched: 'dispatch',
    embedded: 'embed',
    fed: 'feed',
    fled: 'flee',
    foregathered: 'forgather',
    foregoing: 'forgo',
    imbedded: 'embed',
    imposter: 'impostor',
    led: 'lead',
    mimicking: 'mimic',
    // Who is no mineral.
    miner: 'miners',
    misled: 'mislead',
    moulded: 'mold',
    moulder: 'molder',
    mouldering: 'molder',
    moulding: 'mold',
    moustached: 'mustache',
    overlying: 'overlie',
    quizzing: 'quiz',
    smouldering: 'smolder',
    sped: 'speed',
    underlying: 'underlie',
    waggoner: 'wagon',
  };

  it('get the stems of Snowball, but for British spellings and irregular forms', () => {
    const inflected = pairsOf('english').filter(([word]) => /(?:ed|ing|er|est)$/.test(word));
    expect(inflected.length).toBeGreaterThan(7_000);
    // Of a stem that a function word has, too ("nearing"), all others have a mark.
    const others = inflected.filter(
      ([word, stem]) => ![stem, `${stem}~`].includes(ENGLISH.terms(word).join(' ')),
    );
    expect(others.length).toBeLessThan(130);
    const unspelled = others.filter(([word]) => !BRITISH.test(word)).map(([word]) => word);
    expect(unspelled.toSorted()).toEqual(Object.keys(OF));
    for (const [form, word] of Object.entries(OF))
      expect([form, ENGLISH.terms(form)]).toEqual([form, ENGLISH.terms(word)]);
  });

  it.each([
    'call calls called calling',
    'add adds added adding',
    'park parks parked parking',
    'hop hops hopped hopping',
    'hope hopes hoped hoping',
    'pour pours poured pouring',
    'stall stalls stalled stalling',
    'browse browses browsed browsing',
    'dance dances danced dancing',
    'raise raises raised raising',
    'tour tours toured touring',
    'oppose opposes opposed opposing',
    'lose loses losing',
    'exercise exercises exercised exercising',
    'cruise cruises cruised cruising',
    'dim dims dimmed dimming',
    'colour color coloured colored colouring coloring colours',
    'organise organize organised organized organising organizing',
    'plough plow ploughed plowed ploughing plowing',
  ])('%s are one', (forms) => {
    expect(new Set(forms.split(' ').flatMap((form) => ENGLISH.terms(form))).size).toBe(1);
  });

  it.each(['hopping hoping', 'called cale', 'walled wale', 'your yore', 'our or', 'as a', 'omen Oman'])(
    '%s are two',
    (words) => expect(new Set(ENGLISH.terms(words)).size).toBe(2),
  );
});
