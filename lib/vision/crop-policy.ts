import { GlossError } from '../domain/errors.ts';
import { CROP_POLICIES, type CropPolicy } from '../domain/tenant.ts';
import type { View } from '../domain/view.ts';
import type { Detail } from './detail.ts';
import { grid, strip, tilesWithDetail, toPixels, type Tile } from './tiles.ts';

/**
 * Crop policies as data. The number of views is the main dial of cost against recall: every view is one call of
 * the model. Tiles of grid-3x3 overlap by half, so that an object cut by one tile is whole in another. `adaptive` takes quarters, but
 * where detail is: at most as many.
 */
const POLICIES = {
  none: [],
  'grid-2x2': grid(2, 1 / 2),
  'grid-3x3': grid(3, 1 / 2),
  'grid-2x2-center': [...grid(2, 1 / 2), [1 / 4, 1 / 4, 3 / 4, 3 / 4]],
  adaptive: grid(2, 1 / 2),
} as const satisfies Record<CropPolicy, readonly Tile[]>;

/** Tiles of a quarter that lie across the four. */
const ACROSS = grid(3, 1 / 2).filter(([left, top]) => left === 1 / 4 || top === 1 / 4);

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
 * @param detail where there is something to see, which `adaptive` goes by; without it, that has the tiles of an evenly busy picture
 */
export function viewsOf(policy: CropPolicy, widthPx: number, heightPx: number, detail?: Detail): View[] {
  const whole: View = { index: 0, kind: 'whole', box: { left: 0, top: 0, width: widthPx, height: heightPx } };
  const isLong = Math.max(widthPx / heightPx, heightPx / widthPx) > MAX_RATIO;
  const even = isLong ? alongLength(POLICIES[policy].length, widthPx / heightPx) : POLICIES[policy];
  const tiles = policy === 'adaptive' && detail ? tilesWithDetail(even, isLong ? [] : ACROSS, detail) : even;
  const boxes = tiles.map((tile) => toPixels(tile, widthPx, heightPx));
  if (boxes.some((box) => Math.min(box.width, box.height) < MIN_CROP_SIDE_PX)) return [whole];
  return [whole, ...boxes.map((box, i): View => ({ index: i + 1, kind: 'crop', box }))];
}

/**
 * As many tiles along the length of a picture as make them about square: no more than its policy has, unless they would be longer than
 * 2:1 themselves.
 */
function alongLength(ofPolicy: number, ratio: number): readonly Tile[] {
  if (ofPolicy === 0) return [];
  const length = Math.max(ratio, 1 / ratio);
  const most = Math.min(MAX_CROPS, Math.max(ofPolicy, Math.ceil(length / MAX_RATIO)));
  return strip(Math.min(most, Math.round(length)), ratio > 1);
}
