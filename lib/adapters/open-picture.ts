import sharp, { type Metadata, type Sharp } from 'sharp';
import { GlossError } from '../domain/errors.ts';
import type { ImageFacts } from '../domain/image.ts';
import type { PictureNote } from '../domain/picture-note.ts';
import { PICTURE_TYPES } from '../domain/picture-type.ts';
import type { DecodeWish, WrittenInFile } from '../ports/picture-decoder.ts';
import { firstPictureOf } from '../vision/first-picture.ts';
import { formatOf } from '../vision/picture-format.ts';
import { rawFileIn } from '../vision/raw-preview.ts';
import { isAnimatedPng } from '../vision/png-frames.ts';
import { hasLongSamples, hasMorePages } from '../vision/tiff-pages.ts';
import { tiffSamplesOf, withNumbersFor16Bits, type TiffSamples } from '../vision/tiff-samples.ts';
import { frameThatShows, type Frame } from './frame-that-shows.ts';
import { PIXEL_READERS } from './pixel-readers.ts';
import type { ReadPixels } from './read-pixels.ts';
import { unreadable } from './unreadable-picture.ts';
import { readFileWords, type MetadataBlocks } from './read-file-words.ts';

// What no accepted format needs: libvips cannot be talked into an SVG, and takes a JPEG with a gain map for a JPEG.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map((loader) => `VipsForeignLoad${loader}`),
});

/** A picture of which the header is read. */
export interface OpenPicture {
  readonly facts: ImageFacts;
  readonly written: WrittenInFile;
  /** Its pixels, as they lie in the file, with the orientation beside them. */
  readonly pixels: (options: { readonly failOn: 'error' | 'none' }) => Sharp;
  /** Of a JPEG, or one inside of another file: a part of it is worth reading. */
  readonly isJpeg: boolean;
  /** Of samples that have no bounds of their own (unbounded-samples.ts). */
  readonly unbounded?: UnboundedSamples;
  /** The colour profile of pixels that libvips takes for sRGB. */
  readonly profile?: Uint8Array;
}

export interface UnboundedSamples extends TiffSamples {
  readonly space: Metadata['space'];
}

/** Of samples that have no bounds of their own, or wider ones than a picture uses. */
const UNBOUNDED_DEPTHS: ReadonlySet<string> = new Set(['float', 'double', 'uint', 'int', 'short', 'char']);
/** Grey, or red, green and blue, with opacity or without; numbers alone are grey (tiff-samples.ts). */
const UNBOUNDED_SPACES: ReadonlySet<string> = new Set([
  'scrgb',
  'srgb',
  'rgb',
  'rgb16',
  'b-w',
  'grey16',
  'multiband',
]);
const MOST_UNBOUNDED_CHANNELS = 4;

type Wish = Pick<DecodeWish, 'maxPixels' | 'readsPlace'>;

/** Formats of which libvips, or what is asked instead of it, unpacks all at once, and how many pixels of them are taken. */
const MOST_PIXELS: Readonly<Record<string, number>> = {
  avif: 100_000_000,
  heic: 100_000_000,
  bmp: 100_000_000,
  jxl: 25_000_000,
};

/**
 * Reads what a file says of its picture before its pixels are decoded: format, size, what people wrote; of what libvips does not read,
 * the pixels as well, once their number is known.
 * @throws GlossError `unsupported`, `too_large` (pixels and scans), `corrupt`
 */
export async function openPicture(file: Uint8Array, wish: Wish): Promise<OpenPicture> {
  if (file.length === 0) throw new GlossError('unsupported', 'empty_file', 'the file is empty');
  const format = formatOf(file);
  refuseOtherFormats(format);
  const reader = PIXEL_READERS[format!];
  // The brands of HEIC and AVIF say little of how the picture is coded: libvips looks first.
  if (reader && format !== 'heic') return openPixels(file, format!, wish, await reader());
  const raw = format === 'tiff' ? rawFileIn(file) : undefined;
  if (!raw) return openFile(file, wish);
  const { isJpeg, pixels, facts, written } = await openFile(raw.preview ?? file, wish, {
    exif: headOf(file),
  });
  const { notes: _pages, ...size } = facts;
  return { facts: { ...size, format: raw.format, notes: ['preview'] }, written, pixels, isJpeg };
}

/** What describes a raw file stands before its pixels. */
const headOf = (file: Uint8Array): Uint8Array => file.subarray(0, 65_000);

/** What libvips reads. @param blocks instead of those that the picture itself has */
async function openFile(
  file: Uint8Array,
  { maxPixels, readsPlace = false }: Wish,
  blocks: MetadataBlocks = {},
): Promise<OpenPicture> {
  const bytes = withNumbersFor16Bits(firstPictureOf(file));
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw hasLongSamples(bytes)
        ? unsupported('TIFFs of 64 bits a sample are not read; save it with 32 bits, or as JPEG or PNG')
        : unreadable(cause);
    });
  if (header.format === 'heif' && header.compression !== 'av1')
    return openPixels(file, 'heic', { maxPixels, readsPlace }, await PIXEL_READERS['heic']!());
  const format = header.format === 'heif' ? 'avif' : header.format;
  refuseOtherFormats(format);
  const { width: widthPx, height: heightPx } = header.autoOrient;
  refuseTooMany(format, widthPx, heightPx, maxPixels);
  const { frame, notes } = await frameOf(file, bytes, format, header);
  const written = readFileWords({ ...present(header), ...blocks }, { readsPlace });
  const unbounded = format === 'tiff' ? unboundedIn(file, header) : undefined;
  return {
    facts: { format, widthPx, heightPx, ...(notes.length > 0 && { notes }) },
    written,
    pixels: ({ failOn }) => {
      const pixels = sharp(frame.bytes, {
        page: frame.page,
        limitInputPixels: maxPixels,
        failOn,
        ignoreIcc: unbounded !== undefined, // a profile is for what lies in bounds
      });
      // Of 16 bits sharp would make the profile's colours those of P3, and read them as sRGB.
      return header.space === 'rgb16' && !unbounded ? pixels.pipelineColourspace('srgb') : pixels;
    },
    isJpeg: format === 'jpeg',
    ...(unbounded && { unbounded }),
  };
}

function unboundedIn(file: Uint8Array, { depth, space, channels }: Metadata): UnboundedSamples | undefined {
  const isUnbounded =
    UNBOUNDED_DEPTHS.has(depth) && UNBOUNDED_SPACES.has(space) && channels <= MOST_UNBOUNDED_CHANNELS;
  if (!isUnbounded) return undefined;
  const { isWhiteZero, ...samples } = tiffSamplesOf(file);
  // Of integers without a sign libvips has made zero black already.
  return { space, ...samples, isWhiteZero: isWhiteZero && depth !== 'uint' };
}

const present = ({ exif, iptc, xmp }: Metadata): MetadataBlocks => ({
  ...(exif && { exif }),
  ...(iptc && { iptc }),
  ...(xmp && { xmp }),
});

/** Which frame or page of a file is shown, and that there are others. */
async function frameOf(file: Uint8Array, bytes: Uint8Array, format: string, header: Metadata) {
  const first: Frame = { bytes, page: 0 };
  const { pages: frames = 1, width, height } = header;
  const isAnimated =
    (format === 'gif' && frames > 1) ||
    (format === 'webp' && bytes !== file) ||
    (format === 'png' && isAnimatedPng(file));
  const notes: PictureNote[] =
    isAnimated || (format === 'tiff' ? hasMorePages(file) : frames > 1) ? ['one_of_several'] : [];
  const frame = isAnimated
    ? await frameThatShows(file, first, { format, frames, pixels: width * height })
    : first;
  return { frame, notes };
}

/** What another library reads. */
async function openPixels(
  file: Uint8Array,
  format: string,
  { maxPixels, readsPlace = false }: Wish,
  read: ReadPixels,
): Promise<OpenPicture> {
  const { pixels, widthPx, heightPx, channels, profile, blocks, notes } = await read(file, (width, height) =>
    refuseTooMany(format, width, height, maxPixels),
  );
  return {
    facts: { format, widthPx, heightPx, ...(notes.length > 0 && { notes }) },
    written: readFileWords(blocks, { readsPlace }),
    pixels: () =>
      sharp(pixels, {
        ...(channels && { raw: { width: widthPx, height: heightPx, channels } }),
        limitInputPixels: maxPixels,
      }),
    isJpeg: false,
    ...(profile && { profile }),
  };
}

function refuseOtherFormats(format: string | undefined): void {
  if (format === undefined)
    throw new GlossError('unsupported', 'not_a_picture', 'the file is no picture of a kind that is read');
  if (Object.hasOwn(PICTURE_TYPES, format)) return;
  throw unsupported(`${format.toUpperCase()} pictures are not read; convert them to JPEG, PNG or WebP`);
}

const unsupported = (message: string): GlossError =>
  new GlossError('unsupported', 'format_not_read', message);

function refuseTooMany(format: string, widthPx: number, heightPx: number, maxPixels: number): void {
  const most = Math.min(maxPixels, MOST_PIXELS[format] ?? maxPixels);
  if (widthPx * heightPx <= most) return;
  throw new GlossError(
    'too_large',
    'too_many_pixels',
    `the picture has ${widthPx} x ${heightPx} pixels; at most ${most} in all are taken${most < maxPixels ? ` of ${format.toUpperCase()}` : ''}`,
  );
}
