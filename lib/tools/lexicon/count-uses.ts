import type { Analyzer } from '../../text/analyzer.ts';
import type { WordNet } from './read-wordnet.ts';

/** Wider meanings are worth a term when people use their name: uses in WordNet's own definitions and tagged texts. */
export const COMMON = 20;

/** How often each stem stands in WordNet's definitions and in the texts that its authors tagged. */
export function countUses({ definitions, tagged }: WordNet, analyzer: Analyzer): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const add = (term: string, count: number) => uses.set(term, (uses.get(term) ?? 0) + count);
  for (const text of definitions) for (const term of analyzer.terms(text)) add(term, 1);
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
