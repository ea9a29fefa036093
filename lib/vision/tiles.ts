import type { Box } from '../domain/view.ts';
import type { Detail } from './detail.ts';

/** The edges of a crop as fractions of the image. Tiles that share an edge have the same number for it, so that it is rounded once. */
export type Tile = readonly [left: number, top: number, right: number, bottom: number];

/** `count` times `count` tiles of a size, spread evenly, row by row. */
export function grid(count: number, tile: number): Tile[] {
  const step = count === 1 ? 0 : (1 - tile) / (count - 1);
  const starts = Array.from({ length: count }, (_, i) => i * step);
  return starts.flatMap((top) => starts.map((left): Tile => [left, top, left + tile, top + tile]));
}

/** Tiles that divide a long picture along its length. */
export const strip = (count: number, isWide: boolean): Tile[] =>
  Array.from({ length: count }, (_, i): Tile =>
    isWide ? [i / count, 0, (i + 1) / count, 1] : [0, i / count, 1, (i + 1) / count],
  );

/** Rounded by edges, so that neighbouring tiles share an edge and none leaves the image. */
export function toPixels([left, top, right, bottom]: Tile, widthPx: number, heightPx: number): Box {
  const x = Math.round(left * widthPx);
  const y = Math.round(top * heightPx);
  return {
    left: x,
    top: y,
    width: Math.round(right * widthPx) - x,
    height: Math.round(bottom * heightPx) - y,
  };
}

/** A tile is worth a call of the model from this part of the detail on that each would have if it were spread evenly. */
const LEAST_SHARE = 1 / 2;
/** What a tile that lies across the others has to show more than the best of them, since it leaves less for the rest. */
const MORE_ACROSS = 5 / 4;

/**
 * As few tiles as show most of the detail: again and again the one that shows most of what none before shows.
 * @param even tiles that divide the picture
 * @param across tiles that lie across those, to show what they would cut in two
 * @returns at most as many as `even` has, row by row; none of a picture without detail
 */
export function tilesWithDetail(even: readonly Tile[], across: readonly Tile[], detail: Detail): Tile[] {
  const { widthPx, heightPx } = detail;
  const left = { ...detail, pixels: detail.pixels.slice() };
  const least = (LEAST_SHARE * countIn(left, [0, 0, 1, 1])) / even.length;
  const candidates = [
    ...even.map((tile) => ({ tile, counts: 1 })),
    ...across.map((tile) => ({ tile, counts: 1 / MORE_ACROSS })),
  ];
  const chosen: Tile[] = [];
  while (chosen.length < even.length) {
    const rated = candidates.map(({ tile, counts }) => ({ tile, shows: countIn(left, tile), counts }));
    const best = rated.reduce((a, b) => (b.shows * b.counts > a.shows * a.counts ? b : a));
    if (best.shows === 0 || best.shows < least) break;
    chosen.push(best.tile);
    const box = toPixels(best.tile, widthPx, heightPx);
    for (let y = box.top; y < box.top + box.height; y += 1) {
      const start = y * widthPx + box.left;
      left.pixels.fill(0, start, start + box.width);
    }
  }
  return chosen.sort((a, b) => a[1] - b[1] || a[0] - b[0]);
}

/** Pixels with detail in a tile. */
function countIn({ pixels, widthPx, heightPx }: Detail, tile: Tile): number {
  const box = toPixels(tile, widthPx, heightPx);
  let count = 0;
  for (let y = box.top; y < box.top + box.height; y += 1)
    for (let x = box.left; x < box.left + box.width; x += 1) count += pixels[y * widthPx + x]!;
  return count;
}
