import type { Analyzer, TermAt } from './analyzer.ts';
import { functionWordsOf } from './function-words.ts';
import { ORDINAL } from './tokenize.ts';

/** Words with one of these between, and no space, are written as one by others: "ice-cream", "AT&T", "24/7". */
const JOINER = /^[-\u2010\u2011/&_+]$/;
/** Only digits are joined by a point; after a word it ends the sentence. */
const POINT = /^[.,:]$/;
const SPACE = /^[ \u00A0\u202F]$/;
const DIGITS = /^\p{Nd}+$/u;
/** What follows a number as one word: "mm" and "km/h", not "people". */
const UNIT = /^\p{L}{1,4}(?:\/\p{L}{1,2})?$/u;
const MOST_WORDS = 4;
/** Letters of a part of a plate or a code: "AB 12 CDE". */
const PLATE_PART = 4;
/** Of three such parts: "50 mm lens" is none. */
const PLATE_THIRD = 3;
/** Parts of a name that is one word: a t-shirt is a shirt, but Wi-Fi is no "wi". */
const SHORTEST_PART = 3;

/** Neighbours that many write as one word, by their places among the words of a text. */
interface Run {
  readonly first: number;
  readonly last: number;
}

/**
 * The terms of what stands apart in a text and may be written together: a hyphen or another sign between ("ice-cream"), letters beside
 * digits ("iPhone 15", "50 mm"), single letters before a word ("t shirt"). They stand beside the words and count for nothing.
 */
export function* joinedTerms(words: readonly TermAt[], text: string, analyzer: Analyzer): Generator<TermAt> {
  for (const { first, last } of runs(words, text, analyzer)) {
    const { start } = words[first]!;
    const { end } = words[last]!;
    const term = analyzer.joinedTerm(together(words.slice(first, last + 1), text));
    if (term !== '') yield { term, start, end };
  }
}

/** The terms of the parts of a name that is one word: "shirt" of "t-shirt". */
export function* partTerms(words: readonly TermAt[], text: string, analyzer: Analyzer): Generator<TermAt> {
  for (const { start, end } of words) {
    const name = text.slice(start, end);
    if (!/\p{L}[-\u2010\u2011/&]\p{L}/u.test(name)) continue;
    for (const { 0: part, index } of name.matchAll(/\p{L}+/gu))
      if (part.length >= SHORTEST_PART)
        for (const term of analyzer.termsOfWord(part))
          yield { term, start: start + index, end: start + index + part.length };
  }
}

/**
 * The terms that a word of a query asks for. Digits in it hold it together: "50mm" is not "50" or "mm".
 *
 * @param word without spaces
 */
export function queryTerms(word: string, analyzer: Analyzer): string[] {
  const words = analyzer.termsWithPlaces(word);
  const terms: string[] = [];
  for (let at = 0; at < words.length;) {
    const last = endOfRun(words, word, at);
    const run = words.slice(at, last + 1);
    if (
      run.length > 1 &&
      run.length <= MOST_WORDS &&
      run.some(({ start, end }) => DIGITS.test(word.slice(start, end)))
    )
      terms.push(analyzer.joinedTerm(together(run, word)));
    else terms.push(...run.map(({ term }) => term));
    at = last + 1;
  }
  return terms;
}

function* runs(words: readonly TermAt[], text: string, analyzer: Analyzer): Generator<Run> {
  const isFunctionWord = (word: string) => functionWordsOf(analyzer.language).words.has(word.toLowerCase());
  let before: Run | undefined;
  let beforeThat: Run | undefined;
  for (let first = 0; first < words.length;) {
    const run = { first, last: endOfRun(words, text, first) };
    const length = run.last - run.first + 1;
    if (length > 1 && length <= MOST_WORDS) yield run;
    if (length <= MOST_WORDS) {
      const [one, two, three] = [beforeThat, before, run].map((of) => (of ? written(of, words, text) : ''));
      const isNext = before !== undefined && SPACE.test(between(words, text, before.last));
      if (isNext && mayBeOne(two!, three!) && ![two!, three!].some(isFunctionWord))
        yield { first: before!.first, last: run.last };
      const isThird = isNext && beforeThat !== undefined && SPACE.test(between(words, text, beforeThat.last));
      if (isThird && ![one!, two!, three!].some(isFunctionWord) && isPlate([one!, two!, three!]))
        yield { first: beforeThat!.first, last: run.last };
    }
    beforeThat = before;
    before = run;
    first = run.last + 1;
  }
}

/** The last word that is written together with a word, or with a sign between. */
function endOfRun(words: readonly TermAt[], text: string, first: number): number {
  let last = first;
  while (last + 1 < words.length && isRun(words, text, last)) last += 1;
  return last;
}

function isRun(words: readonly TermAt[], text: string, at: number): boolean {
  const [one, two] = [words[at]!, words[at + 1]!];
  // Two terms of one place ("½") are no neighbours.
  if (two.start < one.end) return false;
  const sign = text.slice(one.end, two.start);
  return sign === ''
    ? isMixed(one, two, text)
    : JOINER.test(sign) || (POINT.test(sign) && isBetweenDigits(one, two, text));
}

/** Letters beside digits: words of scripts without spaces have nothing between either. */
const isMixed = (one: TermAt, two: TermAt, text: string): boolean =>
  DIGITS.test(text.slice(one.start, one.end)) !== DIGITS.test(text.slice(two.start, two.end));

const isBetweenDigits = (one: TermAt, two: TermAt, text: string): boolean =>
  /\p{Nd}/u.test(text[one.end - 1]!) && /\p{Nd}/u.test(text[two.start]!);

const between = (words: readonly TermAt[], text: string, last: number): string =>
  text.slice(words[last]!.end, words[last + 1]!.start);

const written = ({ first, last }: Run, words: readonly TermAt[], text: string): string =>
  text.slice(words[first]!.start, words[last]!.end);

/** Whether two neighbours with a space between are written as one by others. */
function mayBeOne(one: string, two: string): boolean {
  const [isNumber, isNumberToo] = [DIGITS.test(one), DIGITS.test(two)];
  if (isNumber !== isNumberToo) return isNumber ? UNIT.test(two) : /^\p{L}+$/u.test(one);
  if (isNumber) return false;
  if (!/^\p{L}+$/u.test(one + two)) return isPlate([one, two]);
  return one.length === 1 || (one.length === 2 && two.length <= 2);
}

/** "AB 12 CDE", "AB12 CDE" */
const isPlate = (parts: readonly string[]): boolean => {
  const longest = parts.length > 2 ? PLATE_THIRD : PLATE_PART;
  const isPart = (part: string) =>
    /^[\p{L}\p{Nd}]+$/u.test(part) && part.length <= longest && !ORDINAL.test(part);
  return parts.every(isPart) && /\p{Nd}/u.test(parts.join('')) && /\p{L}/u.test(parts.join(''));
};

/** Words without what stands between them; a sign between digits stays, since 24/7 is not 247. */
function together(words: readonly TermAt[], text: string): string {
  let joined = '';
  for (const [i, word] of words.entries()) {
    const last = words[i - 1];
    if (last && word.start > last.end && isBetweenDigits(last, word, text)) {
      const sign = text.slice(last.end, word.start);
      if (!/\s/.test(sign)) joined += sign;
    }
    joined += text.slice(word.start, word.end).replace(/[^\p{L}\p{N}\p{M}]/gu, '');
  }
  return joined;
}
