import sharp from 'sharp';
import { GlossError } from '../domain/errors.ts';
import type { Picture, PictureDecoder } from '../ports/picture-decoder.ts';
import { scaleBox } from '../vision/scale-box.ts';

/**
 * Formats that are accepted. SVG is not: it is a program that may name other files. HEIC is not: the free build
 * of the library cannot decode it.
 */
const FORMATS = new Set(['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff']);
/**
 * Longest side of the decoded copy that crops are cut from: a 2x2 crop of it still fills the longest side of a
 * view.
 */
const WORKING_SIDE_PX = 2_048;
const JPEG_QUALITY = 85;

/**
 * Decodes with sharp (libvips): shrinks while loading, applies the EXIF orientation, puts transparency on
 * white.
 */
export const sharpPictureDecoder: PictureDecoder = {
  async open(bytes, { maxPixels }) {
    const facts = await readFacts(bytes, maxPixels);
    const { data, info } = await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
      .autoOrient()
      .resize({ width: WORKING_SIDE_PX, height: WORKING_SIDE_PX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
      .catch((cause: unknown) => {
        throw new GlossError('corrupt', 'unreadable', `the picture cannot be decoded: ${messageOf(cause)}`, {
          cause,
        });
      });
    const raw = { width: info.width, height: info.height, channels: info.channels };

    const picture: Picture = {
      facts,
      render(box, maxSidePx) {
        const crop = scaleBox(box, [facts.widthPx, facts.heightPx], [info.width, info.height]);
        return sharp(data, { raw })
          .extract(crop)
          .resize({ width: maxSidePx, height: maxSidePx, fit: 'inside', withoutEnlargement: true })
          .toColourspace('srgb')
          .jpeg({ quality: JPEG_QUALITY })
          .toBuffer();
      },
    };
    return picture;
  },
};

/** Reads only the header: format and size, before any pixel is decoded. */
async function readFacts(bytes: Uint8Array, maxPixels: number) {
  if (bytes.length === 0) throw new GlossError('unsupported', 'empty_file', 'the file is empty');
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw new GlossError('unsupported', 'not_a_picture', 'the file is no picture of a kind that is read', {
        cause,
      });
    });
  const format = header.compression === 'av1' ? 'avif' : header.format;
  if (!FORMATS.has(format)) {
    throw new GlossError(
      'unsupported',
      'format_not_read',
      `${format} pictures are not read; send JPEG, PNG, WebP, GIF, AVIF or TIFF`,
    );
  }
  const { width: widthPx, height: heightPx } = header.autoOrient;
  if (widthPx * heightPx > maxPixels) {
    throw new GlossError(
      'too_large',
      'too_many_pixels',
      `the picture has ${widthPx} x ${heightPx} pixels; at most ${maxPixels} in all are taken`,
    );
  }
  return { format, widthPx, heightPx };
}

const messageOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message.split('\n')[0]! : 'no reason given';
