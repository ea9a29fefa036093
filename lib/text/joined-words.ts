import type { Language } from '../domain/language.ts';
import type { Analyzer, TermAt } from './analyzer.ts';
import { functionWordsOf } from './function-words.ts';
import { verbsIn } from './japanese-verbs.ts';
import { ORDINAL } from './tokenize.ts';

/** Words with one of these between, and no space, are written as one by others: "ice-cream", "AT&T", "24/7". */
const JOINER = /^[-\u2010\u2011/&_+]$/;
/** After a single letter of a name ("D'Angelo"), but not where a language cuts articles off ("l'été"), nor before an ending ("I'll"). */
const APOSTROPHE = /^['\u2019\u02BC\uFF07]$/;
const ELIDING: ReadonlySet<Language> = new Set(['fr', 'it', 'pt']);
const SHORT_FORM = /^(?:ll|re|ve|em)$/iu;
/** Between single letters: "R & B", "J. K." */
const BETWEEN_INITIALS = /^(?: ?& ?|\. )$/;
const INITIAL = /^\p{L}$/u;
/** Only digits are joined by a point; after a word it ends the sentence. */
const POINT = /^[.,:]$/;
const SPACE = /^[ \u00A0\u202F]$/;
const HYPHEN = /[-\u2010\u2011]/g;
/** A name of hyphenated letters ("U-Bahn"), and a word that compounds end with. */
const HYPHENATED = /^\p{L}[-\u2010\u2011]\p{L}{2,}$/u;
const LAST_PART = /^\p{L}{3,}$/u;
const DIGITS = /^\p{Nd}+$/u;
/** "3:30", "2.5" */
const NUMBER = /^\p{Nd}+(?:[.,:]\p{Nd}+)*$/u;
/** What follows a number as one word: "mm", "km/h" and "m²", not "people". */
const UNIT = /^(?:\p{L}{1,4}(?:\/\p{L}{1,2})?|\p{L}{1,2}[23²³])$/u;
const POWER = /^[23]$/;
/** A half of the day. */
const HALF = /^[ap]m$/iu;
/** Digits in threes: where a comma parts them, elsewhere than in English and Asia also where a point does. */
const IN_THREES = { comma: inThrees(','), both: inThrees('[.,]') };
const POINT_PARTS_CENTS: ReadonlySet<Language> = new Set(['en', 'ja', 'zh', 'th']);
/** A time of day by a point: "3.30pm". */
const TIME = /^(\p{Nd}{1,2})\.(?=\p{Nd}{2}[ap]m$)/iu;
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
    const term = joinedTermOf(words.slice(first, last + 1), text, analyzer);
    if (term !== '') yield { term, start, end };
  }
  if (analyzer.language === 'ja')
    for (const { root, start, end } of verbsIn(text)) yield { term: verbTerm(root), start, end };
  for (let at = 0; at < words.length; at = endOfFolded(words, at) + 1) {
    const { start, end } = words[at]!;
    if (isFolded(words, text, at)) yield { term: analyzer.joinedTerm(text.slice(start, end)), start, end };
  }
}

/** `=` and `~` are no letters, so no word of a text is spelled so. */
const verbTerm = (root: string): string => `=${root}~`;

/** Whether letters and digits of one sign or word became several words when it was normalized: "m²", "H₂O". */
const isFolded = (words: readonly TermAt[], text: string, at: number): boolean =>
  endOfFolded(words, at) > at &&
  /^(?=.*\p{L})[\p{L}\p{N}]+$/u.test(text.slice(words[at]!.start, words[at]!.end));

/** The last word that stands at the place of another. */
function endOfFolded(words: readonly TermAt[], first: number): number {
  let last = first;
  while (words[last + 1]?.start === words[first]!.start) last += 1;
  return last;
}

/** The terms of the parts of a name that is one word: "shirt" of "t-shirt". */
export function* partTerms(words: readonly TermAt[], text: string, analyzer: Analyzer): Generator<TermAt> {
  for (const { start, end } of words) {
    const name = text.slice(start, end);
    if (!/\p{L}[-\u2010\u2011/&'\u2019\u02BC\uFF07]\p{L}/u.test(name)) continue;
    // "U-Bahn" of "U-Bahn-Station"
    const begun = /^\p{L}[-\u2010\u2011]\p{L}{2,}(?=[-\u2010\u2011])/u.exec(name)?.[0];
    if (begun !== undefined)
      yield { term: analyzer.joinedTerm(begun.replace(HYPHEN, '')), start, end: start + begun.length };
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
    if (isFolded(words, word, at)) {
      const { start, end } = words[at]!;
      terms.push(analyzer.joinedTerm(word.slice(start, end)));
      at = endOfFolded(words, at) + 1;
      continue;
    }
    const last = endOfRun(words, word, at, analyzer);
    const run = words.slice(at, last + 1);
    if (
      run.length > 1 &&
      run.length <= MOST_WORDS &&
      run.some(({ start, end }) => DIGITS.test(word.slice(start, end)))
    )
      terms.push(joinedTermOf(run, word, analyzer));
    else terms.push(...run.map(({ term }) => term));
    at = endOfFolded(words, last) + 1;
  }
  return terms;
}

function* runs(words: readonly TermAt[], text: string, analyzer: Analyzer): Generator<Run> {
  const { words: functions } = functionWordsOf(analyzer.language);
  // "9 am" is a time, whatever "am" is elsewhere.
  const isFunctionWord = (word: string) => functions.has(word.toLowerCase()) && !/^am$/i.test(word);
  let before: Run | undefined;
  let beforeThat: Run | undefined;
  for (let first = 0; first < words.length;) {
    const run = { first, last: endOfRun(words, text, first, analyzer) };
    const length = run.last - run.first + 1;
    if (length > 1 && length <= MOST_WORDS) yield run;
    // "3:30pm" is at 3:30.
    const isTime = length > 2 && NUMBER.test(written({ first, last: run.last - 1 }, words, text));
    if (isTime && HALF.test(written({ first: run.last, last: run.last }, words, text)))
      yield { first, last: run.last - 1 };
    // "100m2"
    if (length === 3 && POWER.test(written({ first: run.last, last: run.last }, words, text)))
      yield { first: first + 1, last: run.last };
    if (length <= MOST_WORDS) {
      const [one, two, three] = [beforeThat, before, run].map((of) => (of ? written(of, words, text) : ''));
      const gap = before === undefined ? '' : between(words, text, before.last);
      const isNext = before !== undefined && SPACE.test(gap);
      if (before && BETWEEN_INITIALS.test(gap) && INITIAL.test(two!) && INITIAL.test(three!))
        yield { first: before.first, last: run.last };
      if (isNext && mayBeOne(two!, three!) && ![two!, three!].some(isFunctionWord))
        yield { first: before!.first, last: run.last };
      // "U-Bahn Station" is "U-Bahn-Station".
      if (isNext && HYPHENATED.test(two!) && LAST_PART.test(three!) && !isFunctionWord(three!))
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
function endOfRun(words: readonly TermAt[], text: string, first: number, { language }: Analyzer): number {
  let last = first;
  while (last + 1 < words.length && isRun(words, text, first, last, language)) last += 1;
  return last;
}

function isRun(
  words: readonly TermAt[],
  text: string,
  first: number,
  at: number,
  language: Language,
): boolean {
  const [one, two] = [words[at]!, words[at + 1]!];
  // Two terms of one place ("½") are no neighbours.
  if (two.start < one.end) return false;
  const sign = text.slice(one.end, two.start);
  return sign === ''
    ? isMixed(one, two, text) && (at === first ? !isParted(one, two, text) : !isUnspaced(two, text))
    : JOINER.test(sign) ||
        (POINT.test(sign) && isBetweenDigits(one, two, text)) ||
        (sign === '.' && isDotted(one, two, text)) ||
        (APOSTROPHE.test(sign) && !ELIDING.has(language) && isNamed(one, two, text));
}

const isNamed = (one: TermAt, two: TermAt, text: string): boolean =>
  INITIAL.test(text.slice(one.start, one.end)) &&
  /^\p{L}{2,}$/u.test(text.slice(two.start, two.end)) &&
  !SHORT_FORM.test(text.slice(two.start, two.end));

/** "node.js", "example.com"; after a sentence a capital follows. */
const isDotted = (one: TermAt, two: TermAt, text: string): boolean =>
  /^\p{L}+$/u.test(text.slice(one.start, one.end)) && /^\p{Ll}+$/u.test(text.slice(two.start, two.end));

/** Letters beside digits: words of scripts without spaces have nothing between either. */
const isMixed = (one: TermAt, two: TermAt, text: string): boolean =>
  DIGITS.test(text.slice(one.start, one.end)) !== DIGITS.test(text.slice(two.start, two.end));

/** Of scripts that put no space between words: what they count stands behind digits (3月), and nothing of a name that ends with them. */
const isUnspaced = ({ start, end }: TermAt, text: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(text.slice(start, end));

/** Words of such a script and digits behind them, or a particle behind digits: 15が. */
const isParted = (one: TermAt, two: TermAt, text: string): boolean =>
  isUnspaced(one, text) || /^\p{Script=Hiragana}/u.test(text.slice(two.start, two.end));

const isBetweenDigits = (one: TermAt, two: TermAt, text: string): boolean =>
  /\p{Nd}/u.test(text[one.end - 1]!) && /\p{Nd}/u.test(text[two.start]!);

const between = (words: readonly TermAt[], text: string, last: number): string =>
  text.slice(words[last]!.end, words[last + 1]!.start);

const written = ({ first, last }: Run, words: readonly TermAt[], text: string): string =>
  text.slice(words[first]!.start, words[last]!.end);

/** Whether two neighbours with a space between are written as one by others. */
function mayBeOne(one: string, two: string): boolean {
  const [isNumber, isNumberToo] = [NUMBER.test(one), NUMBER.test(two)];
  if (isNumber !== isNumberToo) return isNumber ? UNIT.test(two.replaceAll('.', '')) : /^\p{L}+$/u.test(one);
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

function inThrees(sign: string): RegExp {
  return new RegExp(`(?<![\\p{Nd}.,])[1-9]\\p{Nd}{0,2}(?:${sign}\\p{Nd}{3})+(?!\\p{Nd}|,)`, 'gu');
}

/** The term of words that are written together: "1,000" is 1000, and "3.30 pm" is "3:30pm". */
function joinedTermOf(words: readonly TermAt[], text: string, analyzer: Analyzer): string {
  const number = POINT_PARTS_CENTS.has(analyzer.language) ? IN_THREES.comma : IN_THREES.both;
  const joined = together(words, text)
    .replaceAll(number, (digits) => digits.replaceAll(/[.,]/g, ''))
    .replace(TIME, '$1:');
  return analyzer.joinedTerm(joined);
}

/** Words without what stands between them; a sign between digits stays, since 24/7 is not 247. */
function together(words: readonly TermAt[], text: string): string {
  let joined = '';
  for (const [i, word] of words.entries()) {
    const last = words[i - 1];
    if (last && word.start > last.end && isBetweenDigits(last, word, text)) {
      const sign = text.slice(last.end, word.start);
      // "24-7" is "24/7".
      if (!/\s/.test(sign)) joined += sign.replace(HYPHEN, '/');
    }
    joined += text.slice(word.start, word.end).replace(/[^\p{L}\p{N}\p{M}]/gu, '');
  }
  return joined;
}
