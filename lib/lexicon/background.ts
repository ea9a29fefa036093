import { readFileSync } from 'node:fs';
import type { Language } from '../domain/language.ts';
import { NO_BACKGROUND, openBackground, type Background } from './background-table.ts';

let english: Background | undefined;

/**
 * What goes with what in pictures, by the terms of a language's analyzer: English alone has a table. It is read from the file beside this
 * module when it is first asked for, like the lexicon.
 * @throws GlossError `corrupt` for a damaged file; Error of node:fs where there is none
 */
export function backgroundOf(language: Language): Background {
  if (language !== 'en') return NO_BACKGROUND;
  english ??= openBackground(readFileSync(new URL('./background.bin', import.meta.url)));
  return english;
}
