import { readFileSync } from 'node:fs';

/** Forms of words that no stemmer joins: plurals that change the word ("scarves"), and other spellings ("colour"). */
export interface Forms {
  /** The form that a word is looked up by; the word itself where nothing is known of it. @param word as texts are normalized */
  baseOf(word: string): string;
}

export const NO_FORMS: Forms = { baseOf: (word) => word };

/** Of the file: a whole word begins with it. */
export const WHOLE = '^';
/** Letters of an ending at least. */
export const SHORTEST_ENDING = 2;

/**
 * Forms over the text of their file: a line is an ending, or `^` and a whole word, and after a space how many letters are dropped and which
 * are put in their place (`shelves 3f`). The longest ending of a word decides.
 */
export function parseForms(text: string): Forms {
  const changes = new Map<string, string>();
  let longest = 0;
  for (const line of text.split('\n')) {
    const end = line.indexOf(' ');
    if (end < 0 || line.startsWith('#')) continue;
    changes.set(line.slice(0, end), line.slice(end + 1));
    longest = Math.max(longest, end);
  }
  return {
    baseOf(word) {
      const whole = changes.get(WHOLE + word);
      if (whole !== undefined) return changed(word, whole);
      for (let at = Math.max(0, word.length - longest); at <= word.length - SHORTEST_ENDING; at += 1) {
        const change = changes.get(word.slice(at));
        if (change !== undefined) return Number(change[0]) < word.length ? changed(word, change) : word;
      }
      return word;
    },
  };
}

/** @param change a digit, and the letters that follow what is left of the word */
export const changed = (word: string, change: string): string =>
  word.slice(0, word.length - Number(change[0])) + change.slice(1);

/** The forms of a language, from the file beside this module: beside the bundle, where the module is part of one. */
export const openForms = (language: string): Forms =>
  parseForms(readFileSync(new URL(`./forms/${language}.txt`, import.meta.url), 'utf8'));
