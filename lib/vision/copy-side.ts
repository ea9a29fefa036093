import type { View } from '../domain/view.ts';

/**
 * The longer side of a copy of an image that all views are cut from: so long that the smallest of them has `viewSidePx` on its longer side.
 * With at most ten views, such a copy has at most 9 x `viewSidePx` squared pixels.
 * @param views the whole first
 */
export function copySideOf(views: readonly View[], viewSidePx: number): number {
  const [whole, ...crops] = views.map(({ box }) => Math.max(box!.width, box!.height));
  return Math.ceil((viewSidePx * whole!) / Math.min(whole!, ...crops));
}
