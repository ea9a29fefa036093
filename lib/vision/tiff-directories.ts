/** What a directory of a TIFF says of one picture: numbers by tag, and where the next directory is. */
export interface Directory {
  /** Of a tag; none for one that is not there, or is no whole number. At most `MAX_NUMBERS`. */
  readonly numbers: (tag: number) => readonly number[];
  /** Where the numbers of a tag begin. */
  readonly placeOf: (tag: number) => number | undefined;
  /** Of a tag, without the zero that ends it. */
  readonly text: (tag: number) => string;
  /** 0 for the last one. */
  readonly next: number;
}

/** Tags of "TIFF, Revision 6.0"; of "TIFF/EP" (ISO 12234-2) and the "Digital Negative Specification" 1.7; and of GDAL, `noData`. */
export const TAG = {
  subfileType: 254,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  make: 271,
  stripOffsets: 273,
  orientation: 274,
  stripByteCounts: 279,
  subDirectories: 330,
  sampleFormat: 339,
  jpegOffset: 513,
  jpegByteCount: 514,
  noData: 42_113,
  dngVersion: 50_706,
} as const;

const MAX_NUMBERS = 32;
const MAX_TEXT = 64;
/** Of integers, by type: BYTE, SHORT, LONG, and IFD, which is a LONG. */
const BYTES_OF_TYPE: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 13: 4 };
const ASCII = 2;
const ENTRY_BYTES = 12;

/**
 * The directories of a TIFF, at most `most`: the chain of pages, then those that they name as parts of themselves. None for what is no
 * classic TIFF. Reads nothing outside the bytes, and no directory twice.
 */
export function directoriesOf(bytes: Uint8Array, most: number): readonly Directory[] {
  const little = bytes[0] === 0x49;
  if (!(little && bytes[1] === 0x49) && !(bytes[0] === 0x4d && bytes[1] === 0x4d)) return [];
  if (bytes.length < 8) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint16(2, little) !== 42) return [];
  const found = new Map<number, Directory>();
  const walk = (start: number): void => {
    for (let at = start; at !== 0 && !found.has(at) && found.size < most;) {
      const directory = directoryAt(view, little, at);
      if (!directory) return;
      found.set(at, directory);
      at = directory.next;
    }
  };
  walk(view.getUint32(4, little));
  for (const directory of [...found.values()]) directory.numbers(TAG.subDirectories).forEach(walk);
  return [...found.values()];
}

function directoryAt(view: DataView, little: boolean, at: number): Directory | undefined {
  if (at + 2 > view.byteLength) return undefined;
  const end = at + 2 + ENTRY_BYTES * view.getUint16(at, little);
  if (end > view.byteLength) return undefined;
  const entryOf = (tag: number): number | undefined => {
    for (let entry = at + 2; entry < end; entry += ENTRY_BYTES)
      if (view.getUint16(entry, little) === tag) return entry;
    return undefined;
  };
  /** Where so many values of a size stand: in the entry itself where they fit. */
  const placeOf = (entry: number, bytes: number): number | undefined => {
    const place = bytes <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
    return place + bytes <= view.byteLength ? place : undefined;
  };
  const numbersAt = (tag: number) => {
    const entry = entryOf(tag);
    const size = entry === undefined ? undefined : BYTES_OF_TYPE[view.getUint16(entry + 2, little)];
    if (entry === undefined || size === undefined) return undefined;
    const count = view.getUint32(entry + 4, little);
    const place = placeOf(entry, size * count);
    return place === undefined ? undefined : { place, size, count };
  };
  return {
    next: end + 4 <= view.byteLength ? view.getUint32(end, little) : 0,
    placeOf: (tag) => numbersAt(tag)?.place,
    numbers(tag) {
      const found = numbersAt(tag);
      if (!found) return [];
      const { place, size, count } = found;
      return Array.from({ length: Math.min(MAX_NUMBERS, count) }, (_, i) => {
        const value = place + i * size;
        if (size === 1) return view.getUint8(value);
        return size === 2 ? view.getUint16(value, little) : view.getUint32(value, little);
      });
    },
    text(tag) {
      const entry = entryOf(tag);
      if (entry === undefined || view.getUint16(entry + 2, little) !== ASCII) return '';
      const length = view.getUint32(entry + 4, little);
      const place = placeOf(entry, length);
      if (place === undefined) return '';
      const chars = new Uint8Array(view.buffer, view.byteOffset + place, Math.min(length, MAX_TEXT));
      return String.fromCharCode(...chars).replace(/\0.*$/s, '');
    },
  };
}
