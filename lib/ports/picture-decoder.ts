import type { ImageFacts } from '../domain/image.ts';
import type { Box } from '../domain/view.ts';

interface PictureLimits {
  readonly maxPixels: number;
}

/** A picture that was decoded once, upright, in sRGB. */
export interface Picture {
  readonly facts: ImageFacts;
  /** A JPEG of a box in source pixels, scaled down so that its longer side has at most `maxSidePx`. */
  render(box: Box, maxSidePx: number): Promise<Uint8Array>;
}

export interface PictureDecoder {
  /**
   * @throws GlossError `unsupported` (no picture, or a format that is not read), `too_large` (more pixels than
   * allowed, found out before decoding), `corrupt` (a picture that cannot be decoded).
   */
  open(bytes: Uint8Array, limits: PictureLimits): Promise<Picture>;
}
