import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../lib/domain/language.ts';
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
