import { textsOf, type Gloss } from '../../domain/gloss.ts';
import { tokenize } from '../../text/tokenize.ts';

/**
 * What one commit adds at most, but for a gloss that is larger by itself. Writing a segment takes memory for each distinct
 * word: the worst commit within these takes well under half of the index function's gigabyte (docs/reliability.md).
 */
export const COMMIT_BUDGET = { textBytes: 1_000_000, distinctWords: 100_000 };

/** How many of some glosses, from the first on, one commit adds: at least one. */
export function fittingGlosses(glosses: readonly Gloss[], budget = COMMIT_BUDGET): number {
  const words = new Set<string>();
  let bytes = 0;
  for (const [i, { views }] of glosses.entries()) {
    for (const text of views.flatMap(textsOf)) {
      bytes += Buffer.byteLength(text);
      for (const { word } of tokenize(text)) words.add(word);
    }
    if (i > 0 && (bytes > budget.textBytes || words.size > budget.distinctWords)) return i;
  }
  return glosses.length;
}
