import sharp from 'sharp';
import { isBlank } from '../vision/blank.ts';
import { laterPngFrames } from '../vision/png-frames.ts';
import { withFirstFrames } from '../vision/webp-frames.ts';

/** One frame of a file, or the only one. */
export interface Frame {
  readonly bytes: Uint8Array;
  /** Counted from 0. */
  readonly page: number;
}

/** Of an animation, those that may be shown: what begins blank shows something soon. */
const MAX_FRAMES = 48;
const LOOKED_AT = 8;
/** A frame is made of all before it: so many pixels take some 2 s of CPU time. */
const MAX_FRAME_PIXELS = 200_000_000;
const LOOKED_AT_SIDE_PX = 64;

/**
 * Of a file that may be animated, the first frame that shows something, of at most eight that are looked at; the first of all where
 * none does.
 * @param first of the same file
 * @param frames how many the file has as far as libvips knows
 */
export async function frameThatShows(
  file: Uint8Array,
  first: Frame,
  { format, frames, pixels }: { readonly format: string; readonly frames: number; readonly pixels: number },
): Promise<Frame> {
  if (!(await isFrameBlank(first, false))) return first;
  const most = Math.min(MAX_FRAMES, Math.floor(MAX_FRAME_PIXELS / Math.max(1, pixels)));
  for (const frame of spread(await laterFrames(file, format, frames, most)))
    if (!(await isFrameBlank(frame, true))) return frame;
  return first;
}

async function laterFrames(
  file: Uint8Array,
  format: string,
  frames: number,
  most: number,
): Promise<readonly Frame[]> {
  if (format === 'png') return laterPngFrames(file, most).map((bytes) => ({ bytes, page: 0 }));
  if (format === 'gif') return pagesOf(file, Math.min(most, frames));
  if (format !== 'webp') return [];
  const bytes = withFirstFrames(file, most);
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined); // its first frame may be sound all the same
  return pagesOf(bytes, Math.min(most, header?.pages ?? 1));
}

const pagesOf = (bytes: Uint8Array, pages: number): Frame[] =>
  Array.from({ length: Math.max(0, pages - 1) }, (_, i) => ({ bytes, page: i + 1 }));

function spread(frames: readonly Frame[]): readonly Frame[] {
  if (frames.length <= LOOKED_AT) return frames;
  return Array.from({ length: LOOKED_AT }, (_, i) => frames[Math.floor((i * frames.length) / LOOKED_AT)]!);
}

/** @param ifDamaged the answer for a frame that cannot be decoded */
async function isFrameBlank({ bytes, page }: Frame, ifDamaged: boolean): Promise<boolean> {
  try {
    return isBlank(
      await sharp(bytes, { page, limitInputPixels: false, failOn: 'error' })
        .resize({ width: LOOKED_AT_SIDE_PX, height: LOOKED_AT_SIDE_PX, fit: 'inside' })
        .ensureAlpha()
        .toColourspace('srgb')
        .raw({ depth: 'uchar' })
        .toBuffer(),
    );
  } catch {
    return ifDamaged;
  }
}
