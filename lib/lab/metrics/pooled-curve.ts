import type { JudgedRanking } from './judged-ranking.ts';

/** Precision and recall of everything that scores at least some threshold. */
export interface CurvePoint {
  readonly recall: number;
  readonly precision: number;
}

/**
 * The precision-recall curve of all (query, document) pairs pooled by score, one point a distinct score, from the
 * highest down: the PR curve of Nakata et al. (arXiv 2408.16296, section 4).
 */
export function pooledCurve(rankings: readonly JudgedRanking[]): CurvePoint[] {
  const pairs = rankings.flatMap(({ returned }) => returned).toSorted((a, b) => b.score - a.score);
  const positives = rankings.reduce((sum, ranking) => sum + ranking.positives, 0);
  const points: CurvePoint[] = [];
  let found = 0;
  for (const [i, { score, relevant }] of pairs.entries()) {
    if (relevant) found += 1;
    if (pairs[i + 1]?.score === score) continue;
    points.push({ recall: found / positives, precision: found / (i + 1) });
  }
  return points;
}
