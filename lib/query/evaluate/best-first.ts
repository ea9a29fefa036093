import type { TermScorer } from '../../rank/scorer.ts';
import type { SegmentPostings } from './segment-postings.ts';
import { TopK } from './top-k.ts';

/**
 * The k best documents by what the directory entries of these terms hold: all postings of short and inline
 * lists, the top postings of long ones. A score may be lower than the document's own, since postings that are
 * not known can only add to it.
 */
export function rankTopPostings(
  segments: readonly SegmentPostings[],
  terms: readonly string[],
  scorers: readonly TermScorer[],
  k: number,
): TopK {
  const top = new TopK(k);
  let base = 0;
  for (const { docs, deletions, lists } of segments) {
    const scores = new Map<number, number>();
    for (const [t, term] of terms.entries()) {
      const list = lists.get(term);
      const known = list?.topPostings?.postings ?? list?.postings();
      for (let i = 0; i < (known?.docIds.length ?? 0); i += 1) {
        const docId = known!.docIds[i]!;
        scores.set(docId, (scores.get(docId) ?? 0) + scorers[t]!.scoreAt(known!, i));
      }
    }
    for (const [docId, score] of scores) if (!deletions?.has(docId)) top.offer(base + docId, score);
    base += docs;
  }
  return top;
}

/** The maxScore of the documents of a term that its directory entries do not hold; -1 if they hold all. */
export function maxScoreOfOthers(
  segments: readonly SegmentPostings[],
  term: string,
  scorer: TermScorer,
): number {
  let maxScore = -1;
  for (const { lists } of segments) {
    for (const bound of lists.get(term)?.topPostings?.others ?? [])
      maxScore = Math.max(maxScore, scorer.maxScore(bound));
  }
  return maxScore;
}
