import { createAnalyzer } from '../../text/analyzer.ts';
import { NO_LEXICON } from '../../lexicon/lexicon.ts';
import { countWritten } from './count-uses.ts';
import type { WordNet } from './read-wordnet.ts';

const SHORTEST = 3;
/** Definitions that use a word, at least, for it to be more than a name in a dictionary. */
const WRITTEN = 2;

/** Terms of the English words of WordNet that its authors met in texts or use in definitions: "winter", "hockey". In order. */
export function knownWords(wordNet: WordNet): string[] {
  const analyzer = createAnalyzer('en', { lexicon: () => NO_LEXICON });
  const written = countWritten(wordNet);
  const words = Array.from(wordNet.tagged).flatMap(([word, uses]) =>
    word.length >= SHORTEST && /^[a-z]+$/.test(word) && (uses > 0 || written(word) >= WRITTEN) ? [word] : [],
  );
  return [...new Set(words.flatMap((word) => analyzer.terms(word)))].toSorted();
}
