import { normalize } from '../../text/normalize.ts';

/** How many slips a suggestion may be away from a word of so many letters. Shorter words are one slip away from many others. */
export const maxSlipsFor = (letters: number): number => (letters < 4 ? 0 : letters < 6 ? 1 : 2);

/** What a word of three letters was meant to be, if neighbours were swapped in it ("cta"); undefined for others. */
export function swapsOfShort(word: string): string[] | undefined {
  const [first, second, third, ...more] = Array.from(word);
  return third === undefined || more.length > 0
    ? undefined
    : [`${second}${first}${third}`, `${first}${third}${second}`];
}

/** Letters of the languages that have stems, as words are normalized. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyzäöüåñ';

/**
 * Beginnings that the word may have that was meant: as typed, with the first two letters swapped, without the first, with one before it, and
 * with another first or second letter. @param word at least three letters
 */
export function likelyBeginnings(word: string): string[] {
  const [first = '', second = '', third = ''] = Array.from(word);
  const isLatin = /^[a-z]/u.test(word);
  return [
    first + second,
    second + first,
    second + third,
    first + third,
    ...(isLatin ? Array.from(ALPHABET, (letter) => letter + second) : []),
    // Other alphabets are long, and words of theirs that begin alike are few.
    ...(isLatin ? [] : [first]),
    ...(isLatin ? Array.from(ALPHABET, (letter) => letter + first) : []),
    ...(isLatin ? Array.from(ALPHABET, (letter) => first + letter) : []),
  ];
}

/** Every word that is one slip away from a word in lower case: about sixty a letter. */
function* oneSlipFrom(word: string): Generator<string> {
  for (let at = 0; at <= word.length; at += 1) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    for (const letter of ALPHABET) yield before + letter + after;
    if (after === '') continue;
    yield before + after.slice(1);
    if (after.length > 1) yield before + after[1]! + after[0]! + after.slice(2);
    for (const letter of ALPHABET) yield before + letter + after.slice(1);
  }
}

/** Letters at the end of a form that its term may lack or have others for: "shelves" is of "shelf"; short words change more, as "geese". */
const CHANGED_LETTERS = 3;
const CHANGED_IN_SHORT = 4;
const LONGEST_SHORT = 5;

/** Most words have nothing to fold, which is quick to see. */
const folded = (word: string): string => (/^[a-z]*$/.test(word) ? word : normalize(word));

/**
 * Of some terms those that another form of a word has, if that form is one slip away from what was typed. Only forms are analysed that begin
 * like one of the terms.
 * @param typed a word in lower case
 * @param termOf the term of a word; what costs here
 */
export function termsOneSlipFrom(
  typed: string,
  terms: Iterable<string>,
  termOf: (word: string) => string,
): Set<string> {
  const known = new Set(terms);
  const beginnings = new Set<string>();
  for (const term of known) {
    const letters = folded(term);
    for (let end = 1; end <= Math.min(letters.length, typed.length); end += 1)
      beginnings.add(letters.slice(0, end));
  }
  const found = new Set<string>();
  for (const word of new Set(oneSlipFrom(typed))) {
    const changed = word.length > LONGEST_SHORT ? CHANGED_LETTERS : CHANGED_IN_SHORT;
    if (!beginnings.has(folded(word).slice(0, Math.max(1, word.length - changed)))) continue;
    const term = termOf(word);
    if (known.has(term)) found.add(term);
  }
  return found;
}

/**
 * The number of slips between two words: letters that are left out, inserted, replaced, or swapped with their neighbour. More than `most` is
 * Infinity where the lengths alone show it. Source: optimal string alignment; Damerau, "A technique for computer detection and correction of
 * spelling errors", 1964.
 */
export function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let slips = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        slips = Math.min(slips, beforeLast[j - 2]! + 1);
      }
      row.push(slips);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

/** The same between a word and a stem of another: as much of the word counts as the stem is long, give or take a letter. */
export function slipsToStem(word: string, stem: string, most: number): number {
  const ends = [word.length, stem.length - 1, stem.length, stem.length + 1];
  return Math.min(...ends.map((end) => slipsBetween(word.slice(0, end), stem, most)));
}

/**
 * What a misspelt word may have been meant to be: fewest slips first, then the most frequent.
 * @param most slips
 */
export function closestTo<Entry extends { readonly docFreq: number }>(
  entries: readonly Entry[],
  most: number,
  slipsOf: (entry: Entry, most: number) => number,
): Entry[] {
  return entries
    .map((entry) => ({ entry, slips: slipsOf(entry, most) }))
    .filter(({ slips }) => slips <= most)
    .sort((a, b) => a.slips - b.slips || b.entry.docFreq - a.entry.docFreq)
    .map(({ entry }) => entry);
}
