import type { VocabularyTerm } from '../../index/segment/directory-entry.ts';

/** How many edits a suggestion may be away from a word of this length. */
const maxEditsFor = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/**
 * Terms that a misspelt word may stand for: at most one edit away, two for long words. An edit inserts, leaves
 * out or replaces a letter, or swaps two neighbours. Fewest edits first, then the most frequent.
 * Source: optimal string alignment; Damerau, "A technique for computer detection and correction of spelling
 * errors", 1964.
 */
export function spellingSuggestions(word: string, vocabulary: readonly VocabularyTerm[]): VocabularyTerm[] {
  const most = maxEditsFor(word);
  return vocabulary
    .map((entry) => ({ entry, edits: entry.term === word ? Infinity : editDistance(word, entry.term, most) }))
    .filter(({ edits }) => edits <= most)
    .sort((a, b) => a.edits - b.edits || b.entry.docFreq - a.entry.docFreq)
    .map(({ entry }) => entry);
}

/** The number of edits between two words; Infinity if their lengths alone show that there are too many. */
function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, beforeLast[j - 2]! + 1);
      }
      row.push(edits);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
