import { NO_LEXICON, type Lexicon } from '../lexicon/lexicon.ts';
import { withoutLastLong } from './normalize.ts';
import { isDictionaryWord } from './tokenize.ts';

/** Longer words are no words of a dictionary. */
const LONGEST = 24;
const HAN = /^\p{Script=Han}$/u;
const SYLLABLE = /^[\p{M}\u0E30-\u0E3A\u0E45-\u0E4E\u30FC々]/u;

/**
 * Words inside words of languages without spaces: Tokyo (東京) in Tokyo Tower (東京タワー), a dog (犬) in a puppy (子犬). They are to a word what
 * its classes are in other languages: found, and ranked below the word itself.
 */
export const SUB_WORDS: Lexicon = {
  ...NO_LEXICON,
  classesOf: (word) => [...(isKana(word) ? [inHiragana(word)] : []), ...subWordsOf(word).map(inHiragana)],
  classFor: (key) => (isUnspaced(key) ? { name: inHiragana(key) } : undefined),
  isEntry: isDictionaryWord,
};

/** Katakana by hiragana: "サクラ" and "さくら" are one word. The sign of a long vowel is of both. */
export const inHiragana = (word: string): string =>
  withoutLastLong(word).replaceAll(/[\u30A1-\u30F6]/g, (letter) =>
    String.fromCharCode(letter.charCodeAt(0) - KATAKANA_FROM_HIRAGANA),
  );

const KATAKANA_FROM_HIRAGANA = 0x60;
/** Shorter ones are particles and endings. */
const isKana = (word: string): boolean => /^[\u3041-\u3096\u30A1-\u30F6ー]{2,}$/.test(word);

const isUnspaced = (word: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word);

/** Thai cuts what it does not know anywhere, so there what stands around has to be words, too. */
function isWordIn(letters: readonly string[], start: number, end: number): boolean {
  const [before, part, after] = [letters.slice(0, start), letters.slice(start, end), letters.slice(end)].map(
    (some) => some.join(''),
  );
  if (SYLLABLE.test(part!) || SYLLABLE.test(after!) || !isDictionaryWord(part!)) return false;
  return (
    !/\p{Script=Thai}/u.test(part!) ||
    [before!, after!].every((rest) => rest === '' || (rest.length > 1 && isDictionaryWord(rest)))
  );
}

/** Words of the dictionary in a longer one, each once; of single characters those of Chinese at either end. */
export function subWordsOf(word: string): string[] {
  const letters = Array.from(word);
  if (letters.length < 2 || letters.length > LONGEST || !isUnspaced(word)) return [];
  const found = new Set<string>();
  for (let start = 0; start < letters.length; start += 1) {
    for (let end = start + 1; end <= letters.length; end += 1) {
      if (end - start === letters.length) continue;
      const part = letters.slice(start, end).join('');
      const isWord =
        end - start === 1
          ? HAN.test(part) && part !== '々' && (start === 0 || end === letters.length)
          : isWordIn(letters, start, end);
      if (isWord) found.add(part);
    }
  }
  return [...found];
}

/** Of a word across a border. */
const SHORTEST_ACROSS = 3;
const LONGEST_ACROSS = 4;
/** Says of a name what kind of place it is: Tokyo (東京都) is not Kyoto (京都). */
const DISTRICT = /^[都道府県縣县市区區町村郡州省镇鎮乡鄉]$/u;
const ALL_HAN = /^\p{Script=Han}+$/u;

/**
 * Words of the dictionary across the border of two words that it cut: an airport (机场) in 飞机|场, a station (车站) in 火车|站. They have three
 * letters or more, or one side is a letter that stands alone: any two letters of two words are too often a word.
 */
export function wordsAcross(one: string, two: string): { readonly word: string; readonly before: number }[] {
  if (!ALL_HAN.test(one) || !ALL_HAN.test(two)) return [];
  if (DISTRICT.test(two)) return [];
  const [first, second] = [Array.from(one), Array.from(two)];
  const found: { word: string; before: number }[] = [];
  for (let before = 1; before <= Math.min(first.length, LONGEST_ACROSS - 1); before += 1)
    for (let after = 1; after <= Math.min(second.length, LONGEST_ACROSS - before); after += 1) {
      const isAlone = first.length === 1 || second.length === 1;
      if (before + after < SHORTEST_ACROSS && !isAlone) continue;
      if (before === first.length && after === second.length) continue;
      const word = [...first.slice(-before), ...second.slice(0, after)].join('');
      if (isDictionaryWord(word)) found.push({ word, before: first.slice(-before).join('').length });
    }
  return found;
}
