import { readFileSync } from 'node:fs';

/** Forms of words that no stemmer joins: plurals that change the word ("scarves"), and other spellings ("colour"). */
export interface Forms {
  /** The form that a word is looked up by; the word itself where nothing is known of it. @param word as texts are normalized */
  baseOf(word: string): string;
  /** The stem that a stem is led to: that of the base, where the stemmer joins neither ("spielt", "ran"). */
  stemOf(stem: string): string;
  /** Whether a base form is a term as it is, since the stemmer would join it with another word: "puerta" with "puerto". */
  isWhole(base: string): boolean;
}

export const NO_FORMS: Forms = { baseOf: (word) => word, stemOf: (stem) => stem, isWhole: () => false };

/** Of the file: a line of a whole word begins with it. */
export const WHOLE = '^';
/** A line of stems begins with it. */
export const OF_STEM = '=';
/** A line of a base form that is not stemmed begins with it. */
export const UNSTEMMED = '!';
/** Digits go on with letters. */
const RADIX = 36;
export const MOST_DROPPED = RADIX - 1;
/** Letters of an ending at least. */
export const SHORTEST_ENDING = 2;

/**
 * Forms over the text of their file: a line is an ending, or `^` and a whole word, and after a space how many letters are dropped, `a` for
 * ten, and which are put in their place (`shelves 3f`). The longest ending of a word decides. Lines that begin with `=` are the same of stems
 * (`=^ran 2un`). Lines that begin with `!` are base forms that are not stemmed (`!puerta`).
 */
export function parseForms(text: string): Forms {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  const behind = (sign: string) =>
    lines.flatMap((line) => (line.startsWith(sign) ? [line.slice(sign.length)] : []));
  const wholes = new Set(behind(UNSTEMMED));
  return {
    baseOf: changesBy(lines.filter((line) => !line.startsWith(OF_STEM) && !line.startsWith(UNSTEMMED))),
    stemOf: changesBy(behind(OF_STEM)),
    isWhole: (base) => wholes.has(base),
  };
}

function changesBy(lines: readonly string[]): (word: string) => string {
  const changes = new Map<string, string>();
  let longest = 0; // of the endings
  for (const line of lines) {
    const end = line.indexOf(' ');
    if (end < 0) continue;
    changes.set(line.slice(0, end), line.slice(end + 1));
    if (!line.startsWith(WHOLE)) longest = Math.max(longest, end);
  }
  return (word) => {
    const whole = changes.get(WHOLE + word);
    if (whole !== undefined) return changed(word, whole);
    for (let at = Math.max(0, word.length - longest); at <= word.length - SHORTEST_ENDING; at += 1) {
      const change = changes.get(word.slice(at));
      if (change !== undefined) return dropped(change) < word.length ? changed(word, change) : word;
    }
    return word;
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
export const openForms = (language: string): Forms => parseForms(readTable(language));

/** Letters with those that they are read as, from a file of such pairs. */
export const openLetters = (language: string): ReadonlyMap<string, string> =>
  new Map(
    readTable(language)
      .trimEnd()
      .split('\n')
      .map((line) => Array.from(line) as [string, string]),
  );

const readTable = (language: string): string =>
  readFileSync(new URL(`./forms/${language}.txt`, import.meta.url), 'utf8');
