import type { Analyzer, TermAt } from './analyzer.ts';
import {
  bareName,
  cameraNamesIn,
  copyOf,
  countedPieces,
  isCameraName,
  isCountedWord,
  isPictureName,
  type Piece,
} from './file-name.ts';

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
const NAME_TERM = /^@(?:file|part):/;

export const isNameTerm = (term: string): boolean => NAME_TERM.test(term);
/** The letters and digits of a name that such a term has. */
export const keyOfNameTerm = (term: string): string => term.replace(NAME_TERM, '');
/** What the terms of names begin with that begin so. @param key letters and digits alone */
export const nameTermsFrom = (key: string): string[] => [wholeTerm(key), partTerm(key)];
/** Whether a term is of a part of a name, which other names may have, too. */
export const isPartOfName = (term: string): boolean => term.startsWith(partTerm(''));

/**
 * Terms of what the name of a picture says nothing by, and is found by when it is typed exactly: the name of the file without folders and
 * extension ("IMG_4711"), and its parts ("20190812"), among them the name that a camera gave it ("IMG_4711" of "IMG_4711 (2)"). Only names with digits have them; all others are found by their words.
 */
export function nameTerms(name: string, analyzer: Analyzer): TermAt[] {
  const whole = bareName(name);
  if (!DIGIT.test(whole.text)) return [];
  const wholeKey = keyOfWhole(whole.text, analyzer);
  const terms = new Map<string, TermAt>();
  const add = (term: string, first: Piece, last: Piece) =>
    terms.set(term, { term, start: first.at, end: last.at + last.text.length });
  if (wholeKey !== '') add(wholeTerm(wholeKey), whole, whole);
  for (const run of countedPieces(name))
    for (const pieces of run.length > 1
      ? [run, ...cameraNamesIn(run), ...run.map((piece) => [piece])]
      : [run]) {
      const key = keyOf(pieces.map(({ text }) => text).join(''), analyzer);
      if (terms.size <= MOST_PARTS && key !== wholeKey && key.length >= SHORTEST_PART && DIGIT.test(key))
        add(partTerm(key), pieces[0]!, pieces.at(-1)!);
    }
  return [...terms.values()];
}

/** The terms that `name:` asks for besides words. @param text as typed */
export function termsOfNamed(text: string, analyzer: Analyzer): string[] {
  const key = keyOfWhole(bareName(text).text, analyzer);
  return DIGIT.test(key) ? [wholeTerm(key), partTerm(key)] : [];
}

/** What nobody writes but in the name of a file: an underscore, or three words and numbers without a space. */
const JOINED_AS_NAME = /[\p{L}\p{N}]_+[\p{L}\p{N}]|^[\p{L}\p{N}]+(?:[-.][\p{L}\p{N}]+){2,}$/u;

/**
 * The terms of the name that a word of a query may be: one that no text would have, such as "IMG_4711" or "Lagoon_Trip_12". Short numbers are none.
 * Names of cameras without an extension are also found in longer ones: "IMG_4711_edited".
 */
export function termsOfTypedName(word: string, analyzer: Analyzer): string[] {
  if (!DIGIT.test(word)) return [];
  const { text } = bareName(word);
  const key = keyOfWhole(text, analyzer);
  const isName =
    isPictureName(word) ||
    countedPieces(word).length > 0 ||
    isCountedWord(text) ||
    JOINED_AS_NAME.test(word) ||
    copyOf(text) !== undefined;
  if (!isName || !DIGIT.test(key) || SHORT_NUMBER.test(key)) return [];
  return isCameraName(text) && !isPictureName(word) ? [wholeTerm(key), partTerm(key)] : [wholeTerm(key)];
}

/** The number of a copy stays apart: "IMG_4711(1)" is not "IMG_47111". */
function keyOfWhole(text: string, analyzer: Analyzer): string {
  const copy = copyOf(text);
  return copy ? `${keyOf(copy.of, analyzer)}(${copy.number})` : keyOf(text, analyzer);
}

/** Letters and digits alone: "IMG_4711" and "img-4711" are one name. */
const keyOf = (text: string, analyzer: Analyzer): string =>
  analyzer
    .normalize(text)
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .slice(0, LONGEST)
    .toWellFormed();
