/** Of a picture that is cut off: one that lacks more is no picture of what it was meant to show. */
export const MOST_MISSING = 0.25;
/** What a decoder puts in the place of a JPEG's blocks that are not there: the middle of the range. ITU-T T.81, A.3.1. */
const MIDDLE = 128;
/** For what a profile makes of it. */
const TOLERANCE = 4;

/**
 * The share of a JPEG that is missing at its end, from 0 to 1, by the rows at the bottom that nothing was decoded for.
 * @param grey of the picture as it lies in the file, a byte a pixel, row by row
 */
export function missingEndOf(grey: Uint8Array, widthPx: number, heightPx: number): number {
  let rows = 0;
  while (rows < heightPx) {
    const row = grey.subarray((heightPx - rows - 1) * widthPx, (heightPx - rows) * widthPx);
    if (row.some((value) => Math.abs(value - MIDDLE) > TOLERANCE)) break;
    rows += 1;
  }
  return rows / heightPx;
}
