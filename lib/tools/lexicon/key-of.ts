import type { Analyzer } from '../../text/analyzer.ts';
import { tokenize } from '../../text/tokenize.ts';

const LONGEST_COMPOUND = 3;
/** A compound that begins or ends so is a verb with its particle, or half of something. */
const FUNCTION_WORDS = new Set(
  'a about an and as at away been by down for from has in of off on or out over the through to up with'.split(
    ' ',
  ),
);

/** The terms of a lemma, or undefined for what is no name of a thing in a picture. */
export function keyOf(lemma: string, analyzer: Analyzer): string | undefined {
  const words = lemma.toLowerCase().replace(/[.']/g, '').split('_').flatMap(partsOf);
  if (words.length > LONGEST_COMPOUND || !words.every((word) => /^[a-z0-9-]+$/.test(word))) return undefined;
  if (words.length > 1 && (FUNCTION_WORDS.has(words[0]!) || FUNCTION_WORDS.has(words.at(-1)!)))
    return undefined;
  return words.flatMap((word) => analyzer.terms(word)).join(' ');
}

/** Words that a hyphen joins, but for those that are one word ("t-shirt"). */
const partsOf = (word: string): string[] => (tokenize(word).length === 1 ? [word] : word.split('-'));
