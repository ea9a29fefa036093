import type { Analyzer, TermAt } from './analyzer.ts';
import { bareName, countedPieces, isPictureName, type Piece } from './file-name.ts';

/** Letters and digits of a part of a name that is asked for by itself, at least. */
const SHORTEST_PART = 6;
/** Parts of one name: more are a list, and no name. */
const MOST_PARTS = 4;
const LONGEST = 64;
const DIGIT = /\p{Nd}/u;
/** A count or a year: that is in many texts. */
const SHORT_NUMBER = /^\p{Nd}{1,4}$/u;

/** `@` is no letter, so no word of a text is spelled so. */
const wholeTerm = (key: string): string => `@file:${key}`;
const partTerm = (key: string): string => `@part:${key}`;

/**
 * Terms of what the name of a picture says nothing by, and is found by when it is typed exactly: the name of the file without folders and
 * extension ("IMG_4711"), and its parts ("4711"). Only names with digits have them; all others are found by their words.
 */
export function nameTerms(name: string, analyzer: Analyzer): TermAt[] {
  const whole = bareName(name);
  if (!DIGIT.test(whole.text)) return [];
  const wholeKey = keyOf(whole.text, analyzer);
  const terms = new Map<string, TermAt>();
  const add = (term: string, first: Piece, last: Piece) =>
    terms.set(term, { term, start: first.at, end: last.at + last.text.length });
  if (wholeKey !== '') add(wholeTerm(wholeKey), whole, whole);
  for (const run of countedPieces(name))
    for (const pieces of run.length > 1 ? [run, ...run.map((piece) => [piece])] : [run]) {
      const key = keyOf(pieces.map(({ text }) => text).join(''), analyzer);
      if (terms.size <= MOST_PARTS && key !== wholeKey && key.length >= SHORTEST_PART && DIGIT.test(key))
        add(partTerm(key), pieces[0]!, pieces.at(-1)!);
    }
  return [...terms.values()];
}

/** The terms that `name:` asks for besides words. @param text as typed */
export function termsOfNamed(text: string, analyzer: Analyzer): string[] {
  const key = keyOf(bareName(text).text, analyzer);
  return DIGIT.test(key) ? [wholeTerm(key), partTerm(key)] : [];
}

/** What nobody writes but in the name of a file: an underscore, or three words and numbers without a space. */
const JOINED_AS_NAME = /[\p{L}\p{N}]_+[\p{L}\p{N}]|^[\p{L}\p{N}]+(?:[-.][\p{L}\p{N}]+){2,}$/u;

/** The term of the name that a word of a query may be: one that no text would have, such as "IMG_4711" or "Lagoon_Trip_12". Short numbers are none. */
export function termOfTypedName(word: string, analyzer: Analyzer): string | undefined {
  if (!DIGIT.test(word)) return undefined;
  const key = keyOf(bareName(word).text, analyzer);
  const isName = isPictureName(word) || countedPieces(word).length > 0 || JOINED_AS_NAME.test(word);
  return isName && DIGIT.test(key) && !SHORT_NUMBER.test(key) ? wholeTerm(key) : undefined;
}

/** Letters and digits alone: "IMG_4711" and "img-4711" are one name. */
const keyOf = (text: string, analyzer: Analyzer): string =>
  analyzer
    .normalize(text)
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .slice(0, LONGEST)
    .toWellFormed();
