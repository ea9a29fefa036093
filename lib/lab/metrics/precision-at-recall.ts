import type { JudgedRanking } from './judged-ranking.ts';

/**
 * The best precision of a ranking from which at least this share of the relevant documents is found; 0 when it is
 * never found. Source: interpolated precision, TREC (Manning, Raghavan and Schütze, 2008, section 8.4).
 * @param recall above 0, up to 1
 */
export function precisionAtRecall({ returned, positives }: JudgedRanking, recall: number): number {
  let found = 0;
  let best = 0;
  for (const [i, { relevant }] of returned.entries()) {
    if (relevant) found += 1;
    if (found >= recall * positives) best = Math.max(best, found / (i + 1));
  }
  return best;
}
