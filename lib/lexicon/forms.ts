import { readFileSync } from 'node:fs';

/** Forms of words that no stemmer joins: plurals that change the word ("scarves"), and other spellings ("colour"). */
export interface Forms {
  /** The form that a word is looked up by; the word itself where nothing is known of it. @param word as texts are normalized */
  baseOf(word: string): string;
}

export const NO_FORMS: Forms = { baseOf: (word) => word };

/** Of the file: a whole word begins with it. */
export const WHOLE = '^';
/** Digits go on with letters. */
const RADIX = 36;
export const MOST_DROPPED = RADIX - 1;
/** Letters of an ending at least. */
export const SHORTEST_ENDING = 2;

/**
 * Forms over the text of their file: a line is an ending, or `^` and a whole word, and after a space how many letters are dropped, `a` for
 * ten, and which are put in their place (`shelves 3f`). The longest ending of a word decides.
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
        if (change !== undefined) return dropped(change) < word.length ? changed(word, change) : word;
      }
      return word;
    },
  };
}

/** Letters that a change drops, 0 to `MOST_DROPPED`. */
export const dropped = (change: string): number => Number.parseInt(change[0]!, RADIX);

/** @param change a digit, and the letters that follow what is left of the word */
export const changed = (word: string, change: string): string =>
  word.slice(0, word.length - dropped(change)) + change.slice(1);

/** A change that drops so many letters. */
export const changeTo = (letters: number, ending: string): string => letters.toString(RADIX) + ending;

/** The forms of a language, from the file beside this module: beside the bundle, where the module is part of one. */
export const openForms = (language: string): Forms =>
  parseForms(readFileSync(new URL(`./forms/${language}.txt`, import.meta.url), 'utf8'));
