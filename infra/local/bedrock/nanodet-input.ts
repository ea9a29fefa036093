import { INPUT_SIZE_PX } from './nanodet-decode.ts';

/** Three bytes a pixel, row by row. */
export interface RgbPixels {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgb: Uint8Array;
}

/** Mean and standard deviation of each channel in training, in the order of the network: blue, green, red. */
const MEAN = [103.53, 116.28, 123.675] as const;
const DEVIATION = [57.375, 57.12, 58.395] as const;

/**
 * A picture of at most INPUT_SIZE_PX a side as the network's input: normalised planes of blue, green and red, the
 * picture in the middle and the rest at the mean, so that its proportions stay.
 */
export function toNanodetInput({ widthPx, heightPx, rgb }: RgbPixels): Float32Array {
  const planeSize = INPUT_SIZE_PX * INPUT_SIZE_PX;
  const input = new Float32Array(3 * planeSize);
  const left = (INPUT_SIZE_PX - widthPx) >> 1;
  const top = (INPUT_SIZE_PX - heightPx) >> 1;
  for (let y = 0; y < heightPx; y++) {
    let from = y * widthPx * 3;
    let to = (top + y) * INPUT_SIZE_PX + left;
    for (let x = 0; x < widthPx; x++, from += 3, to++) {
      input[to] = (rgb[from + 2]! - MEAN[0]) / DEVIATION[0];
      input[planeSize + to] = (rgb[from + 1]! - MEAN[1]) / DEVIATION[1];
      input[2 * planeSize + to] = (rgb[from]! - MEAN[2]) / DEVIATION[2];
    }
  }
  return input;
}
