import type { Random } from './random.ts';

/** Captions of a document, each of so many words of five letters that hardly any other has, and of `sky`. */
export function ownWords(random: Random, captions: number, wordsEach: number): string[] {
  const letter = () => String.fromCharCode(97 + random.below(26));
  const word = () => Array.from({ length: 5 }, letter).join('');
  return Array.from({ length: captions }, () =>
    ['sky', ...Array.from({ length: wordsEach - 1 }, word)].join(' '),
  );
}
