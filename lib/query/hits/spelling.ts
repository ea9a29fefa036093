import type { VocabularyTerm } from '../plan/resolve-prefixes.ts';

/** Slips that a word of this length may have. */
const maxEditsFor = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/**
 * Terms that a word may have been meant to be: at most one slip, two in long words, where a slip is a letter more,
 * less, other, or two that changed places. Fewest slips first, then the most frequent.
 * Source: optimal string alignment; Damerau, "A technique for computer detection and correction of spelling errors", 1964.
 */
export function spellingSuggestions(word: string, vocabulary: readonly VocabularyTerm[]): VocabularyTerm[] {
  const most = maxEditsFor(word);
  return vocabulary
    .map((entry) => ({ entry, slips: entry.term === word ? Infinity : editDistance(word, entry.term, most) }))
    .filter(({ slips }) => slips <= most)
    .sort((a, b) => a.slips - b.slips || b.entry.docFreq - a.entry.docFreq)
    .map(({ entry }) => entry);
}

/** Slips between two words, or Infinity where their lengths tell that there are too many. */
function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let slips = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        slips = Math.min(slips, beforeLast[j - 2]! + 1);
      }
      row.push(slips);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
