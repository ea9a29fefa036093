import { LONGEST_COMPOUND } from '../../lexicon/lexicon.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import { keyOf } from './key-of.ts';
import type { WordNet } from './read-wordnet.ts';

/** Wider meanings are worth a term when people use their name: uses in WordNet's own definitions and tagged texts. */
export const COMMON = 20;

/** How often each stem, and each compound, stands in WordNet's definitions, and each stem in the texts that its authors tagged. */
export function countUses(
  { definitions, tagged, nouns }: WordNet,
  analyzer: Analyzer,
): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const add = (term: string, count: number) => uses.set(term, (uses.get(term) ?? 0) + count);
  const compounds = new Set(
    Array.from(nouns.keys(), (noun) => keyOf(noun, analyzer)).filter((key) => key?.includes(' ')),
  );
  for (const text of definitions) {
    const terms = analyzer.terms(text);
    for (const [first, term] of terms.entries()) {
      add(term, 1);
      for (let words = 2; words <= LONGEST_COMPOUND; words += 1) {
        const key = terms.slice(first, first + words).join(' ');
        if (compounds.has(key)) add(key, 1);
      }
    }
  }
  for (const [word, count] of tagged) for (const term of analyzer.terms(word)) add(term, count);
  return uses;
}

/** How often each word stands in WordNet's definitions, as it is written there. */
export function countWritten({ definitions }: WordNet): (word: string) => number {
  const counts = new Map<string, number>();
  for (const definition of definitions)
    for (const word of definition.toLowerCase().match(/[a-z]+/g) ?? [])
      counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => counts.get(word) ?? 0;
}
