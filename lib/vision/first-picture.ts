import { GlossError } from '../domain/errors.ts';
import { countScans } from './jpeg-scans.ts';
import { withFirstPage } from './tiff-pages.ts';
import { withFirstFrames } from './webp-frames.ts';

/**
 * Scans of a JPEG that are decoded. Cameras and the web's encoders write 1 to 14; 100 of them over 100 megapixels take 2 s of CPU
 * time (docs/adr/0071-pictures-are-decoded-apart.md).
 */
export const MAX_SCANS = 100;

/**
 * The part of a file that is decoded: all of it, or its first frame or page where finding the others would cost more than
 * decoding. Linear in the bytes, and allocates one copy at most.
 * @throws GlossError `too_large` (`too_many_scans`)
 */
export function firstPictureOf(bytes: Uint8Array): Uint8Array {
  if (countScans(bytes, MAX_SCANS + 1) > MAX_SCANS) {
    throw new GlossError(
      'too_large',
      'too_many_scans',
      `the JPEG has more than ${MAX_SCANS} scans; save it anew with an ordinary encoder`,
    );
  }
  return withFirstPage(withFirstFrames(bytes, 1));
}
