/** Where a picture has something to see: 1 for a pixel with detail, else 0, row by row. */
export interface Detail {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixels: Uint8Array;
}

/** Pixels that the shorter side of a copy has on which detail is measured: what is smaller there, a model does not make out either. */
export const DETAIL_SIDE_PX = 128;
/** A sixteenth of what lies between black and white: more than noise and soft shading, less than the edges of things. */
const LEAST_STEP = 16;

/** Pixels that differ from the one to their right or below. @param grey one byte a pixel, row by row */
export function detailOf(grey: Uint8Array, widthPx: number, heightPx: number): Detail {
  const pixels = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const at = y * widthPx + x;
      const right = x + 1 < widthPx ? Math.abs(grey[at]! - grey[at + 1]!) : 0;
      const below = y + 1 < heightPx ? Math.abs(grey[at]! - grey[at + widthPx]!) : 0;
      if (Math.max(right, below) > LEAST_STEP) pixels[at] = 1;
    }
  }
  return { widthPx, heightPx, pixels };
}
