import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '../../domain/language.ts';
import { stemmerOf } from '../../text/stemmer.ts';
import { withUmlauts } from '../../text/umlauts.ts';
import type { Pair } from './compile-forms.ts';
import { englishPairs } from './english-pairs.ts';
import { germanPairs } from './german-pairs.ts';
import { pluralPairs } from './plural-pairs.ts';

export const FORM_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv'] as const satisfies Language[];

/** Paths of noun.exc, codegen.rs and nouns.csv, and the folder that dump-simplemma.py wrote. */
export type Sources = readonly [exceptions: string, varcon: string, nouns: string, dictionaries: string];

const read = (path: string) => readFile(path, 'utf8');

export async function pairsOf(
  language: (typeof FORM_LANGUAGES)[number],
  [exceptions, varcon, nouns, dictionaries]: Sources,
): Promise<Pair[]> {
  if (language === 'en') return englishPairs(await read(exceptions), await read(varcon));
  if (language === 'de') return germanPairs(await read(nouns));
  return pluralPairs(language, await read(join(dictionaries, `${language}.tsv`)));
}

/** The term of a base form. */
export function stemOf(language: Language): (word: string) => string {
  const stem = stemmerOf(language)!;
  return language === 'de' ? (word) => withUmlauts(stem(word), word) : stem;
}
