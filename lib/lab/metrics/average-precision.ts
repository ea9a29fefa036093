import type { JudgedRanking } from './judged-ranking.ts';

/**
 * Mean of the precisions at each relevant document, over all relevant ones: those that were not returned count
 * as 0. Range 0 to 1. Source: Buckley and Voorhees, "Evaluating evaluation measure stability", SIGIR 2000.
 */
export function averagePrecision({ returned, positives }: JudgedRanking): number {
  let found = 0;
  let sum = 0;
  for (const [i, { relevant }] of returned.entries()) {
    if (!relevant) continue;
    found += 1;
    sum += found / (i + 1);
  }
  return sum / positives;
}
