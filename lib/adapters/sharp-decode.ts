import sharp, { type OutputInfo, type Sharp } from 'sharp';
import type { ImageFacts } from '../domain/image.ts';
import type { DecodedPicture, DecodeWish } from '../ports/picture-decoder.ts';
import { backgroundFor } from '../vision/background.ts';
import { copySideOf } from '../vision/copy-side.ts';
import { viewsOf } from '../vision/crop-policy.ts';
import { DETAIL_SIDE_PX, detailOf, type Detail } from '../vision/detail.ts';
import { missingEndOf, MOST_MISSING } from '../vision/missing-end.ts';
import { scaleBox } from '../vision/scale-box.ts';
import { tiffHead } from '../vision/tiff-head.ts';
import { bytesOfUnbounded } from '../vision/unbounded-samples.ts';
import { openPicture, type OpenPicture, type UnboundedSamples } from './open-picture.ts';
import { unreadable } from './unreadable-picture.ts';

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
/** Rows that are looked at to see how much is missing. */
const LOOKED_AT_ROWS = 200;

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
  wish: Omit<DecodeWish, 'maxBytes'>,
): Promise<DecodedPicture> {
  const { cropPolicy } = wish;
  const picture = await openPicture(file, wish);
  const { widthPx, heightPx } = picture.facts;
  const sidePx = copySideOf(viewsOf(cropPolicy, widthPx, heightPx), VIEW_SIDE_PX);
  const { copy, facts } = await copyOf(picture, sidePx);
  const { data, info } = await withoutAlpha(copy);
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
  return { facts, views: rendered, written: picture.written };
}

/** A copy with this longer side, upright, in sRGB; of a JPEG that is cut off also what is there. */
async function copyOf(picture: OpenPicture, sidePx: number): Promise<{ copy: Decoded; facts: ImageFacts }> {
  const { facts } = picture;
  try {
    return { copy: await inSrgb(picture, picture.pixels({ failOn: 'error' }), sidePx), facts };
  } catch (cause) {
    const cut = picture.isJpeg ? await cutOff(picture, sidePx) : undefined;
    if (cut && cut.missing <= MOST_MISSING)
      return { copy: cut.copy, facts: { ...facts, notes: [...(facts.notes ?? []), 'cut_off'] } };
    throw cut
      ? unreadable(cause, `the JPEG is cut off: ${Math.round(100 * cut.missing)} % of the picture is missing`)
      : unreadable(cause);
  }
}

const within = (sidePx: number) =>
  ({ width: sidePx, height: sidePx, fit: 'inside', withoutEnlargement: true }) as const;

const resized = (pixels: Sharp, sidePx: number): Sharp => pixels.autoOrient().resize(within(sidePx));

/** Three channels, or four with opacity, a byte each. */
async function inSrgb({ unbounded, profile }: OpenPicture, pixels: Sharp, sidePx: number): Promise<Decoded> {
  if (unbounded) return levelled(unbounded, pixels, sidePx);
  const bytes = await inBytes(resized(pixels, sidePx));
  return profile ? byProfile(bytes, profile) : bytes;
}

/** Of a copy of four channels: libvips would apply it to all pixels, which takes 2 s of CPU time for 48 million of them. */
function byProfile({ data, info }: Decoded, profile: Uint8Array): Promise<Decoded> {
  return inBytes(sharp(Buffer.concat([tiffHead(info.width, info.height, profile), data])));
}

const inBytes = (copy: Sharp): Promise<Decoded> =>
  copy.toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });

/** What has no bounds of its own, in those of sRGB. */
async function levelled(unbounded: UnboundedSamples, pixels: Sharp, sidePx: number): Promise<Decoded> {
  if (unbounded.noData === undefined) return bytesOf(unbounded, resized(pixels, sidePx));
  // A number that stands for none is mixed with no other: pixels are picked, and mixed once they are bytes.
  const picked = pixels.autoOrient().resize({ ...within(2 * sidePx), kernel: 'nearest' });
  const { data, info } = await bytesOf(unbounded, picked);
  const { width, height, channels } = info;
  return sharp(data, { raw: { width, height, channels } })
    .resize(within(sidePx))
    .raw()
    .toBuffer({ resolveWithObject: true });
}

async function bytesOf({ space, ...said }: UnboundedSamples, copy: Sharp): Promise<Decoded> {
  const { data, info } = await copy
    .toColourspace(space)
    .raw({ depth: 'float' })
    .toBuffer({ resolveWithObject: true });
  const samples = new Float32Array(Uint8Array.from(data).buffer); // a Buffer may begin anywhere
  const { pixels, channels } = bytesOfUnbounded(samples, info.channels, said);
  return { data: Buffer.from(pixels.buffer), info: { ...info, channels } };
}

/** What can be read of a JPEG, and which share of it is missing at its end; undefined where nothing can be. */
async function cutOff({ pixels }: OpenPicture, sidePx: number) {
  try {
    const copy = await inBytes(resized(pixels({ failOn: 'none' }), sidePx));
    const { data, info } = await pixels({ failOn: 'none' })
      .resize({ width: 64, height: LOOKED_AT_ROWS, fit: 'fill' })
      .greyscale()
      .toColourspace('b-w')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { copy, missing: missingEndOf(data, info.width, info.height) };
  } catch {
    return undefined;
  }
}

/** Pixels in full opacity. */
async function withoutAlpha(decoded: Decoded): Promise<Decoded> {
  const { data, info } = decoded;
  if (info.channels !== 4) return decoded;
  const { width, height, channels } = info;
  const grey = backgroundFor(data, width);
  return sharp(data, { raw: { width, height, channels } })
    .flatten({ background: { r: grey, g: grey, b: grey } })
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
      .resize(within(maxSidePx))
      .toColourspace('srgb')
      .jpeg({ quality })
      .toBuffer();
    if (jpeg.length <= maxBytes) return jpeg;
  }
  return jpegWithin(picture, Math.round(maxSidePx * 0.7), maxBytes);
}
