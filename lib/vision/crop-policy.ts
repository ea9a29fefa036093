import { GlossError } from '../domain/errors.ts';
import { CROP_POLICIES, type CropPolicy } from '../domain/tenant.ts';
import type { Box, View } from '../domain/view.ts';

/** Crops as fractions of the image: left, top, width, height. */
type Tile = readonly [left: number, top: number, width: number, height: number];

function grid(count: number, tile: number): Tile[] {
  const step = count === 1 ? 0 : (1 - tile) / (count - 1);
  const starts = Array.from({ length: count }, (_, i) => i * step);
  return starts.flatMap((top) => starts.map((left): Tile => [left, top, tile, tile]));
}

/**
 * Crop policies as data. The number of views is the main dial of cost against recall: every view is one call of
 * the model. Tiles of grid-3x3 overlap by half, so that an object cut by one tile is whole in another.
 */
const POLICIES = {
  none: [],
  'grid-2x2': grid(2, 1 / 2),
  'grid-3x3': grid(3, 1 / 2),
  'grid-2x2-center': [...grid(2, 1 / 2), [1 / 4, 1 / 4, 1 / 2, 1 / 2]],
} as const satisfies Record<CropPolicy, readonly Tile[]>;

/** @throws GlossError `invalid` that lists the policies there are. */
export function parseCropPolicy(text: string): CropPolicy {
  if (!Object.hasOwn(POLICIES, text)) {
    throw new GlossError(
      'invalid',
      'crop_policy',
      `no crop policy "${text}": use ${CROP_POLICIES.join(', ')}`,
    );
  }
  return text as CropPolicy;
}

/** A crop with a shorter side than this shows the model less than the whole image does. */
const MIN_CROP_SIDE_PX = 128;
/** A longer picture is cut along its length: quarters of it are as long as it is, and what they gain is little. */
const MAX_RATIO = 2;
/** However long a picture is: no image has more than ten views, which bounds what it costs. */
const MAX_CROPS = 9;

/**
 * The views of an image in source pixels: the whole first, then crops row by row. Images whose crops would be
 * too small get the whole view alone.
 */
export function viewsOf(policy: CropPolicy, widthPx: number, heightPx: number): View[] {
  const whole: View = { index: 0, kind: 'whole', box: { left: 0, top: 0, width: widthPx, height: heightPx } };
  const boxes = tilesOf(POLICIES[policy], widthPx / heightPx).map((tile) =>
    toPixels(tile, widthPx, heightPx),
  );
  if (boxes.some((box) => Math.min(box.width, box.height) < MIN_CROP_SIDE_PX)) return [whole];
  return [whole, ...boxes.map((box, i): View => ({ index: i + 1, kind: 'crop', box }))];
}

/**
 * The tiles of a policy, or of a long picture as many along its length as make them about square: no more than the policy has, unless
 * they would be longer than 2:1 themselves.
 */
function tilesOf(tiles: readonly Tile[], ratio: number): readonly Tile[] {
  const length = Math.max(ratio, 1 / ratio);
  if (tiles.length === 0 || length <= MAX_RATIO) return tiles;
  const most = Math.min(MAX_CROPS, Math.max(tiles.length, Math.ceil(length / MAX_RATIO)));
  const count = Math.min(most, Math.round(length));
  return Array.from({ length: count }, (_, i): Tile =>
    ratio > 1 ? [i / count, 0, 1 / count, 1] : [0, i / count, 1, 1 / count],
  );
}

/** Rounded by edges, so that neighbouring tiles share an edge and none leaves the image. */
function toPixels([left, top, width, height]: Tile, widthPx: number, heightPx: number): Box {
  const x = Math.round(left * widthPx);
  const y = Math.round(top * heightPx);
  return {
    left: x,
    top: y,
    width: Math.round((left + width) * widthPx) - x,
    height: Math.round((top + height) * heightPx) - y,
  };
}
