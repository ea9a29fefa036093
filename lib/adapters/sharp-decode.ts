import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { GlossError } from '../domain/errors.ts';
import { PICTURE_TYPES } from '../domain/picture-type.ts';
import type { DecodedPicture, DecodeWish } from '../ports/picture-decoder.ts';
import { backgroundFor } from '../vision/background.ts';
import { copySideOf } from '../vision/copy-side.ts';
import { viewsOf } from '../vision/crop-policy.ts';
import { DETAIL_SIDE_PX, detailOf, type Detail } from '../vision/detail.ts';
import { firstPictureOf } from '../vision/first-picture.ts';
import { formatOf } from '../vision/picture-format.ts';
import { scaleBox } from '../vision/scale-box.ts';
import { readFileWords } from './read-file-words.ts';

// What no accepted format needs: libvips cannot be talked into an SVG, and takes a JPEG with a gain map for a JPEG.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map((loader) => `VipsForeignLoad${loader}`),
});

/**
 * Formats that are accepted. SVG is not: it is a program that may name other files. HEIC is not: the free build
 * of the library cannot decode it.
 */
const FORMATS = new Set(Object.keys(PICTURE_TYPES));
/** Long enough for small things, small enough for the model's image limits and price. */
const VIEW_SIDE_PX = 1_024;
const THUMBNAIL_SIDE_PX = 480;
/** The first that fits is taken; photos fit at the first. */
const JPEG_QUALITIES = [85, 75, 60, 45, 30];
/**
 * All JPEGs of a picture together. As base64 they are 4.4 MiB, and a function answers with 6 MiB at most ("Lambda quotas", AWS Lambda
 * Developer Guide).
 */
const MAX_JPEG_BYTES = 3_460_000;
/** The part of a view's bytes that its thumbnail may take. */
const THUMBNAIL_SHARE = 0.2;

interface Decoded {
  readonly data: Buffer;
  readonly info: OutputInfo;
}

/**
 * Decodes with sharp (libvips): shrinks while loading, applies the EXIF orientation, puts transparency on
 * a colour that shows what is there. It trusts nothing but neither does it bound what libvips takes: whoever lets strangers' pictures in calls it in a process
 * that is watched (decode-process.ts).
 * @throws GlossError `unsupported`, `too_large` (pixels and scans, found out before decoding), `corrupt`
 */
export async function decodeWithSharp(
  file: Uint8Array,
  { cropPolicy, maxPixels, readsPlace = false }: Omit<DecodeWish, 'maxBytes'>,
): Promise<DecodedPicture> {
  if (file.length === 0) throw new GlossError('unsupported', 'empty_file', 'the file is empty');
  refuseOtherFormats(formatOf(file));
  const bytes = firstPictureOf(file);
  const { facts, written } = await readHeader(bytes, maxPixels, readsPlace);
  const { widthPx, heightPx } = facts;
  const sidePx = copySideOf(viewsOf(cropPolicy, widthPx, heightPx), VIEW_SIDE_PX);
  const decoded = await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
    .autoOrient()
    .resize({ width: sidePx, height: sidePx, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      const message = 'the picture cannot be decoded: the file is damaged or ends too early';
      throw new GlossError('corrupt', 'unreadable', message, { cause });
    });
  const { data, info } = await withoutAlpha(decoded);
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const detail = cropPolicy === 'adaptive' ? await detailIn(sharp(data, { raw })) : undefined;
  const views = viewsOf(cropPolicy, widthPx, heightPx, detail);
  const share = Math.floor(MAX_JPEG_BYTES / views.length);
  const thumbnailBytes = Math.floor(share * THUMBNAIL_SHARE);

  const rendered = [];
  for (const view of views) {
    const crop = scaleBox(view.box!, [widthPx, heightPx], [info.width, info.height]);
    const cut = sharp(data, { raw }).extract(crop);
    rendered.push({
      view,
      picture: await jpegWithin(cut, VIEW_SIDE_PX, share - thumbnailBytes),
      thumbnail: await jpegWithin(cut, THUMBNAIL_SIDE_PX, thumbnailBytes),
    });
  }
  return { facts, views: rendered, written };
}

/** Pixels in full opacity. */
async function withoutAlpha(decoded: Decoded): Promise<Decoded> {
  const { data, info } = decoded;
  if (info.channels !== 4) return decoded;
  const { width, height, channels } = info;
  return sharp(data, { raw: { width, height, channels } })
    .flatten({ background: backgroundFor(data) })
    .raw()
    .toBuffer({ resolveWithObject: true });
}

async function detailIn(copy: Sharp): Promise<Detail> {
  const size = {
    width: DETAIL_SIDE_PX,
    height: DETAIL_SIDE_PX,
    fit: 'outside',
    withoutEnlargement: true,
  } as const;
  const { data, info } = await copy
    .resize(size)
    .greyscale()
    .toColourspace('b-w')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return detailOf(data, info.width, info.height);
}

/** The best JPEG of so many bytes: less quality first, then fewer pixels. */
async function jpegWithin(picture: Sharp, maxSidePx: number, maxBytes: number): Promise<Uint8Array> {
  for (const quality of JPEG_QUALITIES) {
    const jpeg = await picture
      .clone()
      .resize({ width: maxSidePx, height: maxSidePx, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .jpeg({ quality })
      .toBuffer();
    if (jpeg.length <= maxBytes) return jpeg;
  }
  return jpegWithin(picture, Math.round(maxSidePx * 0.7), maxBytes);
}

function refuseOtherFormats(format: string | undefined): void {
  if (format === undefined) throw noPicture();
  if (FORMATS.has(format)) return;
  throw new GlossError(
    'unsupported',
    'format_not_read',
    `${format.toUpperCase()} pictures are not read; convert them to JPEG, or send PNG, WebP, GIF, AVIF or TIFF`,
  );
}

const noPicture = (cause?: unknown): GlossError =>
  new GlossError('unsupported', 'not_a_picture', 'the file is no picture of a kind that is read', { cause });

/** Reads only the header: format, size and what people wrote into the file, before any pixel is decoded. */
async function readHeader(bytes: Uint8Array, maxPixels: number, readsPlace: boolean) {
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw noPicture(cause);
    });
  // An AVIF may hold a picture that is coded as in HEIC.
  const format = header.format !== 'heif' ? header.format : header.compression === 'av1' ? 'avif' : 'heic';
  refuseOtherFormats(format);
  const { width: widthPx, height: heightPx } = header.autoOrient;
  if (widthPx * heightPx > maxPixels) {
    throw new GlossError(
      'too_large',
      'too_many_pixels',
      `the picture has ${widthPx} x ${heightPx} pixels; at most ${maxPixels} in all are taken`,
    );
  }
  return { facts: { format, widthPx, heightPx }, written: readFileWords(header, { readsPlace }) };
}
