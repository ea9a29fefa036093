import { bmpHeader, bmpPixels } from '../vision/bmp.ts';
import { MOST_MISSING } from '../vision/missing-end.ts';
import type { ReadPixels } from './read-pixels.ts';
import { unreadable } from './unreadable-picture.ts';

/** Decodes a BMP. */
export const readBmp: ReadPixels = (file, check) => {
  const header = bmpHeader(file);
  if (!header) throw unreadable(undefined, 'the BMP is damaged, or of a kind that is not read');
  const { widthPx, heightPx } = header;
  check(widthPx, heightPx);
  const { pixels, missing } = bmpPixels(file, header);
  if (missing > MOST_MISSING)
    throw unreadable(
      undefined,
      `the BMP is cut off: ${Math.round(100 * missing)} % of the picture is missing`,
    );
  const notes = missing > 0 ? (['cut_off'] as const) : [];
  return Promise.resolve({ pixels, widthPx, heightPx, channels: 4, blocks: {}, notes });
};
