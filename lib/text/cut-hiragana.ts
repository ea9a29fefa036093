import type { TermAt } from './analyzer.ts';
import { inHiragana } from './sub-words.ts';

/** Letters of a word that is put together again, at most, and parts that it was cut into. */
const LONGEST = 6;
const MOST_PARTS = 4;
/** No word begins with a sign of a long vowel, a small letter or ん. を is a particle alone. */
const HIRAGANA = /^[\u3041-\u3096ー]+$/u;
const BEGINNING = /^[^ーんぁぃぅぇぉっゃゅょゎ]/u;
const PARTICLE = 'を';

/** A word of hiragana, and where it stands. */
export interface HiraganaWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Words of hiragana that a dictionary may have cut, since it knows them in characters or katakana: うみ in う|み, らーめん in ら|ー|めん. Neighbours
 * with nothing between, one of which is a single letter, are any word of two to six letters; particles among them do no harm.
 */
export function* wordsOfCutHiragana(
  words: readonly Pick<TermAt, 'start' | 'end'>[],
  text: string,
): Generator<HiraganaWord> {
  const isPart = ({ start, end }: Pick<TermAt, 'start' | 'end'>) => {
    const part = text.slice(start, end);
    return HIRAGANA.test(part) && part !== PARTICLE;
  };
  for (const [first, { start, end: firstEnd }] of words.entries()) {
    if (!isPart(words[first]!) || !BEGINNING.test(text.slice(start, firstEnd))) continue;
    let isCut = firstEnd - start === 1;
    for (let last = first + 1; last < Math.min(words.length, first + MOST_PARTS); last += 1) {
      const part = words[last]!;
      if (part.start !== words[last - 1]!.end || !isPart(part) || part.end - start > LONGEST) break;
      isCut ||= part.end - part.start === 1;
      if (isCut) yield { word: inHiragana(text.slice(start, part.end)), start, end: part.end };
    }
  }
}
