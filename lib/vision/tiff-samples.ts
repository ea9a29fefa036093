import { directoriesOf, TAG } from './tiff-directories.ts';

/** What the first page of a TIFF says of its numbers. Of a BigTIFF nothing is known. */
export interface TiffSamples {
  /** Of grey, the lowest is white. */
  readonly isWhiteZero: boolean;
  /** The number of what was not measured. */
  readonly noData?: number;
}

/** Values of tags of "TIFF, Revision 6.0": sections 8 and 19. */
const [WHITE_IS_ZERO, BLACK_IS_ZERO, COLOURS] = [0, 1, 2] as const;
const UNSIGNED = 1;

/** Source of `noData`: GDAL, "GTiff -- GeoTIFF File Format". */
export function tiffSamplesOf(bytes: Uint8Array): TiffSamples {
  const [first] = directoriesOf(bytes, 1);
  const isWhiteZero = first?.numbers(TAG.photometric)[0] === WHITE_IS_ZERO;
  const written = first?.text(TAG.noData).trim() ?? '';
  const noData = Number(written);
  return { isWhiteZero, ...(written !== '' && Number.isFinite(noData) && { noData: Math.fround(noData) }) };
}

/**
 * A TIFF whose first page has grey samples of 16 bits that are floats or have a sign, so that they are read as numbers; other bytes as they are. libvips takes such
 * samples for grey from 0 to 65,535, and sharp cuts off what is not: said to be a colour, they are neither.
 */
export function withNumbersFor16Bits(bytes: Uint8Array): Uint8Array {
  const [first] = directoriesOf(bytes, 1);
  if (!first) return bytes;
  const [bits, format = UNSIGNED, photometric] = [TAG.bitsPerSample, TAG.sampleFormat, TAG.photometric].map(
    (tag) => first.numbers(tag)[0],
  );
  const place = first.placeOf(TAG.photometric);
  const isGrey = photometric === WHITE_IS_ZERO || photometric === BLACK_IS_ZERO;
  if (bits !== 16 || format === UNSIGNED || !isGrey || place === undefined) return bytes;
  const copy = new Uint8Array(bytes); // a Buffer's slice() would not be a copy
  const little = bytes[0] === 0x49;
  new DataView(copy.buffer).setUint16(place, COLOURS, little);
  return copy;
}
