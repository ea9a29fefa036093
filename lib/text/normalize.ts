import type { Language } from '../domain/language.ts';
import { simplified } from './simplified.ts';

/**
 * Marks that are written over letters of any script: accents, and the vowel points of Arabic and Hebrew. Not the marks that make
 * another letter: the vowel signs of Indic scripts and of Thai belong to a script, and kana's voicing is left out here.
 */
const ACCENT = /(?![\u3099\u309A])\p{Script=Inherited}|(?=\p{M})\p{Script=Hebrew}/gu;

/**
 * What no reader sees as a letter: soft hyphens, the tatweel that makes a line of Arabic longer, joiners and non-joiners, marks of
 * direction.
 */
const UNSEEN = /[\u00AD\u0640\u200C-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;

/** One letter of Thai and of Lao, which NFKC cuts in two, and dictionaries do not. */
const SARA_AM = /\u0E4D\u0E32|\u0ECD\u0EB2/g;

/** Thai signs behind a word that is cut short ("กรุงเทพฯ") or said twice ("เด็กๆ"). */
const THAI_SIGN = /[\u0E2F\u0E46]+$/;

/** Digits of other scripts than Latin. */
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu;

/** Letters that are no letter and accent, as keyboards without them write them. */
const FOLDED: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
};
const FOLDABLE = new RegExp(`[${Object.keys(FOLDED).join('')}]`, 'g');

/** Accented letters that are letters of their own to who writes the language: a bear (Bär) is no bar. */
const LETTERS: Readonly<Partial<Record<Language, RegExp>>> = { de: /[^äöü]+/g, es: /[^ñ]+/g, sv: /[^åäö]+/g };

/**
 * One form for all spellings of a word: compatibility forms unified (NFKC), lower case, accents dropped but for the letters of the
 * language. "CAFÉ" and "cafe" are one word; the result may hold characters that separate words ("½" becomes "1⁄2").
 */
export function normalize(word: string, language?: Language): string {
  const lower = word
    .normalize('NFKC')
    .replace(SARA_AM, (found) => (found === '\u0E4D\u0E32' ? '\u0E33' : '\u0EB3'))
    .toLowerCase()
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(THAI_SIGN, '')
    .replace(OTHER_DIGIT, (digit) => String(valueOf(digit)));
  const others = language && LETTERS[language];
  const plain = others ? lower.replace(others, withoutAccents) : withoutAccents(lower);
  const folded = plain.replace(FOLDABLE, (letter) => FOLDED[letter]!);
  if (language === 'zh') return simplified(folded);
  if (language === 'ja') return oneKana(folded);
  return language === 'de' ? umlauts(folded) : folded;
}

/** Katakana that are written in two ways: "ヴァイオリン" is "バイオリン", and "コンピューター" also "コンピュータ". */
const oneKana = (word: string): string =>
  withoutLastLong(
    word.replaceAll(
      /ヴ([ァィェォ]?)/g,
      (_, vowel: string) => 'ブバビベボ'[' ァィェォ'.indexOf(vowel || ' ')]!,
    ),
  );

/** Without the sign of a long vowel at the end of a word of four letters and more: shorter ones would be others, as "カバー" is no "カバ". */
export const withoutLastLong = (word: string): string =>
  word.replace(/^([\u3041-\u3096\u30A1-\u30F6ー]{3,})ー$/u, '$1');

/** Scripts have their ten digits in order, one behind the other; some have two such rows side by side. */
function valueOf(digit: string): number {
  const at = digit.codePointAt(0)!;
  let first = at;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return (at - first) % 10;
}

const withoutAccents = (text: string): string => text.normalize('NFD').replace(ACCENT, '').normalize('NFC');

/**
 * German as it is written without umlauts: "Baer" is "Bär". By the rule of Snowball's stemmer, a u between vowels and "qu" are no part of it
 * ("neue", "Quelle"). What is natural ("Israel") changes alike wherever it stands.
 */
const umlauts = (word: string): string =>
  word.replace(/(?<=[aeiouyäöü])u(?=[aeiouyäöü])|qu|[aou]e/g, (found) => UMLAUTS[found] ?? found);

const UMLAUTS: Readonly<Record<string, string>> = { ae: 'ä', oe: 'ö', ue: 'ü' };
