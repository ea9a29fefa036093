import type { ByteReader } from './byte-reader.ts';
import { bitWidth, type ByteWriter } from './byte-writer.ts';

/** Values in one run at most, since the position of an exception takes one byte. */
const MAX_RUN = 256;
/** Values of up to this many bits can be read with one 32-bit load, at any bit offset within a byte. */
const ONE_LOAD_BITS = 25;

/**
 * Appends a run of up to 256 values (0 to 2^32 - 1). Each takes as many bits as most of them need, least
 * significant bit first. The remaining bits of the few larger values follow. Layout in FORMAT.md.
 * Source: Zukowski et al., "Super-Scalar RAM-CPU Cache Compression", ICDE 2006 (patched frame of reference).
 */
export function writePacked(out: ByteWriter, values: Uint32Array): void {
  const width = cheapestWidth(values);
  const places: number[] = [];
  if (width < 32) for (let i = 0; i < values.length; i += 1) if (values[i]! >>> width !== 0) places.push(i);
  out.u8(width);
  out.u8(places.length);
  out.packed(
    values.map((value) => lowBits(value, width)),
    width,
  );
  for (const place of places) out.u8(place);
  for (const place of places) out.varint(values[place]! >>> width);
}

/** Fills out[from .. from + count). @throws GlossError `corrupt`. */
export function readPacked(reader: ByteReader, out: Uint32Array, from: number, count: number): void {
  const width = reader.u8();
  if (width > 32) throw reader.fail(`${width} bits a value`);
  const exceptions = reader.u8();
  if (width === 0) out.fill(0, from, from + count);
  else unpack(reader.view, reader.skip(Math.ceil((count * width) / 8)), out, from, count, width);
  if (exceptions === 0) return;
  const places = reader.raw(exceptions);
  for (const place of places) {
    const high = reader.varint();
    if (place >= count || high > 0xffff_ffff >>> width || width === 32) {
      throw reader.fail('an exception that cannot be');
    }
    out[from + place]! |= high << width;
  }
}

function unpack(
  view: DataView,
  start: number,
  out: Uint32Array,
  from: number,
  count: number,
  width: number,
): void {
  let bit = start * 8;
  let i = from;
  if (width <= ONE_LOAD_BITS) {
    // Every item ends with a checksum of four bytes, so the load of the last value mostly stays inside the buffer.
    const mask = 2 ** width - 1;
    const loadable = Math.floor(((view.byteLength - 4) * 8 + 7 - bit) / width) + 1;
    const end = from + Math.min(count, loadable);
    for (; i < end; i += 1, bit += width) out[i] = (view.getUint32(bit >>> 3, true) >>> (bit & 7)) & mask;
  }
  // This loop reads what is left: values at the end of a buffer, and wide values.
  for (; i < from + count; i += 1, bit += width) out[i] = bitsAt(view, bit, width);
}

function bitsAt(view: DataView, start: number, width: number): number {
  let value = 0;
  for (let got = 0; got < width;) {
    const bit = start + got;
    const take = Math.min(width - got, 8 - (bit & 7));
    value += ((view.getUint8(bit >>> 3) >>> (bit & 7)) & (2 ** take - 1)) * 2 ** got;
    got += take;
  }
  return value;
}

/** The width whose bits and exceptions take the fewest bytes together. */
function cheapestWidth(values: Uint32Array): number {
  if (values.length > MAX_RUN) throw new RangeError(`a run of ${values.length} values`);
  const countOf = new Uint32Array(33);
  let widest = 0;
  for (const value of values) {
    const width = bitWidth(value);
    countOf[width]! += 1;
    if (width > widest) widest = width;
  }
  let narrowest = widest;
  let bestBytes = Number.POSITIVE_INFINITY;
  for (let width = 0; width <= widest; width += 1) {
    let bytes = Math.ceil((values.length * width) / 8);
    let exceptions = 0;
    for (let wide = width + 1; wide <= widest; wide += 1) {
      exceptions += countOf[wide]!;
      bytes += countOf[wide]! * (1 + Math.ceil((wide - width) / 7));
    }
    if (exceptions < MAX_RUN && bytes < bestBytes) {
      narrowest = width;
      bestBytes = bytes;
    }
  }
  return narrowest;
}

const lowBits = (value: number, width: number): number =>
  width === 32 ? value : width === 0 ? 0 : value & (2 ** width - 1);
