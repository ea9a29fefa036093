import { mean } from './percentile.ts';

/**
 * The b of y = a x^b that fits best: least squares between the logarithms. 1 is growth in proportion, 0 none.
 * Undefined for fewer than two different x. @param points with x and y above 0
 */
export function growthExponent(points: readonly (readonly [x: number, y: number])[]): number | undefined {
  const logX = points.map(([x]) => Math.log(x));
  const logY = points.map(([, y]) => Math.log(y));
  const [meanX, meanY] = [mean(logX), mean(logY)];
  const spread = logX.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  if (!(spread > 0)) return undefined;
  return logX.reduce((sum, x, i) => sum + (x - meanX) * (logY[i]! - meanY), 0) / spread;
}
