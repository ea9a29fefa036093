import { directoriesOf, TAG, type Directory } from './tiff-directories.ts';

/** A camera's raw file, of which its preview is read. */
export interface RawFile {
  readonly format: 'cr2' | 'dng' | 'nef' | 'arw';
  /** The largest JPEG in it, turned as the file says; undefined where it has none. */
  readonly preview: Uint8Array | undefined;
}

/** More than any camera writes. */
const MAX_DIRECTORIES = 24;
/** Photometric interpretation of what a sensor saw: a mosaic of colours, or one without it. */
const OF_SENSORS: ReadonlySet<number> = new Set([32_803, 34_892]);
/** Compressions of makers: Sony's, and Nikon's. */
const OF_MAKERS: ReadonlySet<number> = new Set([32_767, 34_713]);
const MIN_PREVIEW_BYTES = 128;

/**
 * What a raw file of Canon, Nikon or Sony, or a DNG, holds for those who do not develop it; undefined for other bytes.
 * Sources: "Digital Negative Specification" 1.7; "TIFF/EP" (ISO 12234-2), 6; "Inside the Canon RAW format version 2", L. Clevy.
 */
export function rawFileIn(bytes: Uint8Array): RawFile | undefined {
  const directories = directoriesOf(bytes, MAX_DIRECTORIES);
  const [first] = directories;
  if (!first) return undefined;
  const format = formatOf(bytes, first, directories);
  if (!format) return undefined;
  const previews = directories.flatMap((directory) => jpegsOf(bytes, directory));
  const preview = previews.toSorted((a, b) => b.length - a.length)[0];
  return { format, preview: preview && turned(preview, first.numbers(TAG.orientation)[0]) };
}

function formatOf(
  bytes: Uint8Array,
  first: Directory,
  all: readonly Directory[],
): RawFile['format'] | undefined {
  if (bytes[8] === 0x43 && bytes[9] === 0x52 && bytes[10] === 2) return 'cr2'; // "CR", version 2
  if (first.numbers(TAG.dngVersion).length > 0) return 'dng';
  const isOfSensor = all.some(
    (directory) =>
      OF_SENSORS.has(directory.numbers(TAG.photometric)[0] ?? 0) ||
      OF_MAKERS.has(directory.numbers(TAG.compression)[0] ?? 0),
  );
  if (!isOfSensor) return undefined;
  const make = first.text(TAG.make).toUpperCase();
  if (make.startsWith('NIKON')) return 'nef';
  return make.startsWith('SONY') ? 'arw' : undefined;
}

/** JPEGs that a directory speaks of: as a preview, or as its one strip. Those of raw data are lossless, which no viewer reads. */
function jpegsOf(bytes: Uint8Array, directory: Directory): Uint8Array[] {
  const places = [
    [directory.numbers(TAG.jpegOffset), directory.numbers(TAG.jpegByteCount)],
    [directory.numbers(TAG.stripOffsets), directory.numbers(TAG.stripByteCounts)],
  ] as const;
  return places.flatMap(([offsets, lengths]) => {
    const [offset = 0] = offsets;
    const [length = 0] = lengths;
    if (offsets.length !== 1 || length < MIN_PREVIEW_BYTES) return [];
    const jpeg = bytes.subarray(offset, offset + length);
    return isShown(jpeg) ? [jpeg] : [];
  });
}

/** Whether a JPEG is baseline, extended or progressive (SOF0 to SOF2): ITU-T T.81, table B.1. */
function isShown(jpeg: Uint8Array): boolean {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) return false;
  for (let at = 2; at + 4 <= jpeg.length;) {
    if (jpeg[at] !== 0xff) return false;
    const marker = jpeg[at + 1]!;
    if (marker >= 0xc0 && marker <= 0xc2) return true;
    if (marker === 0xc3 || marker === 0xda) return false;
    at += 2 + jpeg[at + 2]! * 256 + jpeg[at + 3]!;
  }
  return false;
}

/** With the orientation that the raw file has, unless it says one itself. */
function turned(jpeg: Uint8Array, orientation = 1): Uint8Array {
  const hasOwn = jpeg[2] === 0xff && jpeg[3] === 0xe1;
  if (hasOwn || orientation < 2 || orientation > 8) return jpeg;
  const exif = [
    ...[0xff, 0xe1, 0, 34], // APP1 and its length
    ...[0x45, 0x78, 0x69, 0x66, 0, 0], // "Exif"
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8], // a TIFF whose first directory follows
    ...[0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0], // of one entry: orientation, one SHORT
    ...[0, 0, 0, 0], // and no other directory
  ];
  const made = new Uint8Array(jpeg.length + exif.length);
  made.set(jpeg.subarray(0, 2));
  made.set(exif, 2);
  made.set(jpeg.subarray(2), 2 + exif.length);
  return made;
}
