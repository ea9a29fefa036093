import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../lib/domain/language.ts';
import { ENGLISH } from '../../lib/text/analyzer.ts';
import { stemmerOf } from '../../lib/text/stemmer.ts';

/** Thousands of words of Snowball's vocabularies with the stems that Snowball 3.1.1 gives them; stemmers/README.md. */
const VOCABULARIES: readonly [Language, string][] = [
  ['en', 'english'],
  ['de', 'german'],
  ['fr', 'french'],
  ['es', 'spanish'],
  ['it', 'italian'],
  ['pt', 'portuguese'],
  ['nl', 'dutch'],
  ['sv', 'swedish'],
];

const pairsOf = (name: string): [word: string, stem: string][] =>
  gunzipSync(readFileSync(join(import.meta.dirname, `stemmers/${name}.tsv.gz`)))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t') as [string, string]);

describe('the stemmer of', () => {
  it.each(VOCABULARIES)('%s gives the stems of Snowball 3.1.1', (language, name) => {
    const stem = stemmerOf(language)!;
    const pairs = pairsOf(name);
    expect(pairs.length).toBeGreaterThanOrEqual(3_000);
    expect(pairs.map(([word]) => [word, stem(word)])).toEqual(pairs);
  });

  it('languages without endings is none', () => {
    for (const language of ['ja', 'zh', 'th'] as const) expect(stemmerOf(language)).toBeUndefined();
  });
});

describe('English verbs and adjectives', () => {
  const BRITISH = /our|is(?:e[dr]|ing)$|ys(?:ed|ing)$|tr(?:ed|ing)$|ough|oeuvr|ll(?:ed|er|est|ing)$/;

  it('get the stems of Snowball, but for British spellings', () => {
    const inflected = pairsOf('english').filter(([word]) => /(?:ed|ing|er|est)$/.test(word));
    expect(inflected.length).toBeGreaterThan(700);
    const others = inflected.filter(([word, stem]) => ENGLISH.terms(word).join(' ') !== stem);
    expect(others.filter(([word]) => !BRITISH.test(word))).toEqual([]);
    expect(others.length).toBeLessThan(20);
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
