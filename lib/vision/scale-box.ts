import type { Box } from '../domain/view.ts';

/**
 * A box of the source in the pixels of a smaller copy of it, at least one pixel large and inside the copy.
 * Sizes are [width, height] in pixels.
 */
export function scaleBox(box: Box, from: readonly [number, number], to: readonly [number, number]): Box {
  const [left, width] = scaleSpan(box.left, box.width, from[0], to[0]);
  const [top, height] = scaleSpan(box.top, box.height, from[1], to[1]);
  return { left, top, width, height };
}

function scaleSpan(start: number, length: number, from: number, to: number): [start: number, length: number] {
  const first = Math.min(to - 1, Math.floor((start * to) / from));
  const end = Math.min(to, Math.max(first + 1, Math.round(((start + length) * to) / from)));
  return [first, end - first];
}
