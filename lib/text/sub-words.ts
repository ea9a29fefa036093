import { NO_LEXICON, type Lexicon } from '../lexicon/lexicon.ts';
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
  classesOf: subWordsOf,
  classFor: (key) => (isUnspaced(key) ? { name: key } : undefined),
  isEntry: isDictionaryWord,
};

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
