import { readFileSync } from 'node:fs';
import type { Language } from '../domain/language.ts';

let english: ReadonlySet<string> | undefined;

/**
 * Terms of words that texts have, whether or not a picture shows them: "winter". English alone has a list. It is read from the file beside this
 * module when it is first asked for, which is when a query has no hit or few.
 * @throws Error of node:fs where there is no file
 */
export function knownWordsOf(language: Language): ReadonlySet<string> {
  if (language !== 'en') return new Set();
  english ??= new Set(readFileSync(new URL('./known-words.txt', import.meta.url), 'utf8').split('\n'));
  return english;
}
