import { createAnalyzer } from '../../text/analyzer.ts';
import { NO_LEXICON } from '../../lexicon/lexicon.ts';
import type { WordNet } from './read-wordnet.ts';

/** Shorter ones get no correction. */
const SHORTEST = 4;

/** Terms of the English words that WordNet's authors met in texts: "winter", "please". In order. */
export function knownWords({ tagged }: WordNet): string[] {
  const analyzer = createAnalyzer('en', { lexicon: () => NO_LEXICON });
  const words = Array.from(tagged).flatMap(([word, uses]) =>
    uses > 0 && word.length >= SHORTEST && /^[a-z]+$/.test(word) ? [word] : [],
  );
  return [...new Set(words.flatMap((word) => analyzer.terms(word)))].toSorted();
}
