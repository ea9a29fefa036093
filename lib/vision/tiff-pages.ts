import { directoriesOf, TAG } from './tiff-directories.ts';

/**
 * A TIFF that ends with its first page, which is the picture; other bytes as they are. Pages are a list that is walked before
 * the first is read: 100,000 of them take seconds.
 * Source: "TIFF, Revision 6.0", section 2; BigTIFF has the same list with numbers of 64 bits.
 */
export function withFirstPage(bytes: Uint8Array): Uint8Array {
  const order =
    bytes[0] === 0x49 && bytes[1] === 0x49
      ? 'little'
      : bytes[0] === 0x4d && bytes[1] === 0x4d
        ? 'big'
        : undefined;
  if (order === undefined || bytes.length < 16) return bytes;
  const little = order === 'little';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getUint16(2, little);
  if (version !== 42 && version !== 43) return bytes;
  const next = version === 42 ? nextOfClassic(view, little) : nextOfBig(view, little);
  const size = version === 42 ? 4 : 8;
  if (next === undefined || next + size > bytes.length) return bytes;
  if (bytes.subarray(next, next + size).every((byte) => byte === 0)) return bytes;
  return new Uint8Array(bytes).fill(0, next, next + size); // a Buffer's slice() would not be a copy
}

/** Where the first page says where the second is. */
function nextOfClassic(view: DataView, little: boolean): number | undefined {
  const page = view.getUint32(4, little);
  return page + 2 > view.byteLength ? undefined : page + 2 + 12 * view.getUint16(page, little);
}

function nextOfBig(view: DataView, little: boolean): number | undefined {
  const page = Number(view.getBigUint64(8, little));
  return page + 8 > view.byteLength ? undefined : page + 8 + 20 * Number(view.getBigUint64(page, little));
}

/** Whether a TIFF has a second page that is not a small copy of the first. */
export function hasMorePages(bytes: Uint8Array): boolean {
  const [first, second] = directoriesOf(bytes, 2);
  if (!first || !second || first.next === 0) return false;
  const isCopy = ((second.numbers(TAG.subfileType)[0] ?? 0) & 1) === 1;
  return !isCopy;
}

const LONGEST_SAMPLE_BITS = 32;

/** Whether the first page of a TIFF has samples that libvips does not read for their length. */
export function hasLongSamples(bytes: Uint8Array): boolean {
  const [first] = directoriesOf(bytes, 1);
  return (first?.numbers(TAG.bitsPerSample) ?? []).some((bits) => bits > LONGEST_SAMPLE_BITS);
}
