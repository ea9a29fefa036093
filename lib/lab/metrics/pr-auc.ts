import type { CurvePoint } from './pooled-curve.ts';

/**
 * Area under a precision-recall curve as average precision: each step of recall times the precision at its end,
 * without interpolation. What is never returned adds nothing. Range 0 to 1.
 */
export function prAuc(curve: readonly CurvePoint[]): number {
  return curve.reduce(
    (sum, { recall, precision }, i) => sum + (recall - (curve[i - 1]?.recall ?? 0)) * precision,
    0,
  );
}
