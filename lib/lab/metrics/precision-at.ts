import type { JudgedRanking } from './judged-ranking.ts';

/**
 * The share of the first k documents of a ranking that are relevant. Where fewer were returned, of those; 0 where none was.
 * @param k from 1; Infinity for everything that was returned
 */
export function precisionAt({ returned }: Pick<JudgedRanking, 'returned'>, k: number): number {
  const shown = returned.slice(0, k);
  return shown.length === 0 ? 0 : shown.filter(({ relevant }) => relevant).length / shown.length;
}
