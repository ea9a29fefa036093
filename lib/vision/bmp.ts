/** What the head of a BMP says. */
export interface BmpHeader {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  /** 0: none; 1 and 2: runs of 8 and 4 bits; 3 and 6: colours by masks. */
  readonly compression: number;
  /** Where the pixels begin. */
  readonly dataAt: number;
  readonly palette: { readonly at: number; readonly count: number; readonly entryBytes: number };
  /** Of red, green, blue and opacity; 0 for none. */
  readonly masks: readonly [number, number, number, number];
}

export interface BmpPixels {
  /** Red, green, blue and opacity, a byte each, row by row from the top. */
  readonly pixels: Uint8Array;
  /** The share of rows that the file ends before, from 0 to 1. */
  readonly missing: number;
}

const FILE_HEADER_BYTES = 14;
/** Of the oldest header, and of the least that all later ones have. */
const CORE_BYTES = 12;
const INFO_BYTES = 40;
const MASKS_AT = 54;
const DEPTHS: ReadonlySet<number> = new Set([1, 4, 8, 16, 24, 32]);
/** Of pixels without masks of their own. */
const MASKS_OF_16 = [0x7c00, 0x03e0, 0x001f, 0] as const;
const MASKS_OF_32 = [0xff_0000, 0xff00, 0xff, 0] as const;

/**
 * Undefined for what is no BMP of a kind that is read: those of Windows and of OS/2 1.x, of 1 to 32 bits, in runs or not.
 * Source: "Bitmap Storage", Windows GDI, and the structures BITMAPCOREHEADER to BITMAPV5HEADER.
 */
export function bmpHeader(bytes: Uint8Array): BmpHeader | undefined {
  if (bytes.length < FILE_HEADER_BYTES + CORE_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const headerBytes = view.getUint32(14, true);
  const dataAt = view.getUint32(10, true);
  const paletteAt = FILE_HEADER_BYTES + headerBytes;
  if (headerBytes === CORE_BYTES) {
    const bits = view.getUint16(24, true);
    const size = { widthPx: view.getUint16(18, true), heightPx: view.getUint16(20, true) };
    const palette = { at: paletteAt, count: bits <= 8 ? 2 ** bits : 0, entryBytes: 3 };
    return whole({ ...size, isTopDown: false, bits, compression: 0, dataAt, palette, masks: MASKS_OF_16 });
  }
  if (headerBytes < INFO_BYTES || headerBytes > 256 || bytes.length < MASKS_AT + 16) return undefined;
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  const hasMasks = compression === 3 || compression === 6;
  const height = view.getInt32(22, true);
  const mask = (i: number) => view.getUint32(MASKS_AT + 4 * i, true);
  const hasOpacity = headerBytes >= 56 || compression === 6;
  const colours = view.getUint32(46, true);
  return whole({
    widthPx: view.getInt32(18, true),
    heightPx: Math.abs(height),
    isTopDown: height < 0,
    bits,
    compression,
    dataAt,
    palette: { at: paletteAt, count: bits <= 8 ? Math.min(colours || 256, 2 ** bits) : 0, entryBytes: 4 },
    masks: hasMasks
      ? [mask(0), mask(1), mask(2), hasOpacity ? mask(3) : 0]
      : bits === 16
        ? MASKS_OF_16
        : MASKS_OF_32,
  });
}

/** If it can be what it says. */
function whole(header: BmpHeader): BmpHeader | undefined {
  const { widthPx, heightPx, bits, compression, isTopDown } = header;
  if (widthPx <= 0 || heightPx <= 0 || !DEPTHS.has(bits)) return undefined;
  const isKnown =
    compression === 0 ||
    (compression === 1 && bits === 8 && !isTopDown) ||
    (compression === 2 && bits === 4 && !isTopDown) ||
    ((compression === 3 || compression === 6) && (bits === 16 || bits === 32));
  return isKnown ? header : undefined;
}

/** The pixels, as far as the file has them; black where it does not. Linear in pixels and bytes. */
export function bmpPixels(bytes: Uint8Array, header: BmpHeader): BmpPixels {
  const { compression, bits } = header;
  const pixels = new Uint8Array(4 * header.widthPx * header.heightPx);
  for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
  if (compression === 1 || compression === 2) return { pixels, missing: readRuns(bytes, header, pixels) };
  const row =
    bits <= 8 ? indexedRow(bytes, header) : bits === 24 ? plainRow(bytes) : maskedRow(bytes, header);
  return { pixels, missing: readRows(bytes, header, pixels, row) };
}

/** Writes the row that begins at a place in the file. */
type Row = (from: number, pixels: Uint8Array, to: number, widthPx: number) => void;

function readRows(bytes: Uint8Array, header: BmpHeader, pixels: Uint8Array, row: Row): number {
  const { widthPx, heightPx, bits, dataAt } = header;
  const rowBytes = 4 * Math.ceil((widthPx * bits) / 32);
  const there = Math.floor(Math.max(0, bytes.length - dataAt) / rowBytes);
  // What fills up the last row may be left off.
  const isLastThere = bytes.length >= dataAt + (heightPx - 1) * rowBytes + Math.ceil((widthPx * bits) / 8);
  const rows = Math.min(heightPx, isLastThere ? heightPx : there);
  for (let i = 0; i < rows; i += 1) row(dataAt + i * rowBytes, pixels, placeOf(header, 0, i), widthPx);
  return 1 - rows / heightPx;
}

/** Of a pixel in the result. @param row counted as they lie in the file */
const placeOf = ({ widthPx, heightPx, isTopDown }: BmpHeader, column: number, row: number): number =>
  4 * ((isTopDown ? row : heightPx - 1 - row) * widthPx + column);

/** Red, green and blue of each index; black for those that the file does not have. */
function colours(bytes: Uint8Array, { palette: { at, count, entryBytes } }: BmpHeader): Uint8Array {
  const found = new Uint8Array(3 * 256);
  for (let i = 0; i < count; i += 1)
    for (let part = 0; part < 3; part += 1) found[3 * i + part] = bytes[at + i * entryBytes + 2 - part] ?? 0;
  return found;
}

function indexedRow(bytes: Uint8Array, header: BmpHeader): Row {
  const palette = colours(bytes, header);
  const { bits } = header;
  const perByte = 8 / bits;
  const all = 2 ** bits - 1;
  return (from, pixels, to, widthPx) => {
    for (let x = 0; x < widthPx; x += 1) {
      const shift = bits * (perByte - 1 - (x % perByte));
      const colour = 3 * ((bytes[from + Math.floor(x / perByte)]! >> shift) & all);
      for (let part = 0; part < 3; part += 1) pixels[to + 4 * x + part] = palette[colour + part]!;
    }
  };
}

const plainRow =
  (bytes: Uint8Array): Row =>
  (from, pixels, to, widthPx) => {
    for (let x = 0; x < widthPx; x += 1)
      for (let part = 0; part < 3; part += 1) pixels[to + 4 * x + part] = bytes[from + 3 * x + 2 - part]!;
  };

function maskedRow(bytes: Uint8Array, { bits, masks }: BmpHeader): Row {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { shift, most: mask >>> shift };
  });
  const used = parts[3]!.most === 0 ? 3 : 4;
  return (from, pixels, to, widthPx) => {
    for (let x = 0; x < widthPx; x += 1) {
      const value = bits === 16 ? view.getUint16(from + 2 * x, true) : view.getUint32(from + 4 * x, true);
      for (let part = 0; part < used; part += 1) {
        const { shift, most } = parts[part]!;
        pixels[to + 4 * x + part] = most === 0 ? 0 : Math.round((255 * ((value >>> shift) & most)) / most);
      }
    }
  };
}

/** Runs and single pixels, with jumps between. @returns the share of rows that the file ends before */
function readRuns(bytes: Uint8Array, header: BmpHeader, pixels: Uint8Array): number {
  const palette = colours(bytes, header);
  const { widthPx, heightPx, bits, dataAt } = header;
  let [x, y] = [0, 0];
  const put = (index: number) => {
    if (x < widthPx && y < heightPx) {
      const to = placeOf(header, x, y);
      for (let part = 0; part < 3; part += 1) pixels[to + part] = palette[3 * index + part]!;
    }
    x += 1;
  };
  /** Of pixels that share bytes where they have four bits. */
  const indexIn = (byte: number, i: number) => (bits === 8 ? byte : i % 2 === 0 ? byte >> 4 : byte & 15);
  for (let at = dataAt; at + 1 < bytes.length && y < heightPx;) {
    const [count, value] = [bytes[at]!, bytes[at + 1]!];
    at += 2;
    if (count > 0) for (let i = 0; i < count; i += 1) put(indexIn(value, i));
    else if (value === 0) [x, y] = [0, y + 1];
    else if (value === 1) return 0;
    else if (value === 2) {
      x += bytes[at] ?? 0;
      y += bytes[at + 1] ?? 0;
      at += 2;
    } else {
      for (let i = 0; i < value; i += 1) put(indexIn(bytes[at + (bits === 8 ? i : i >> 1)] ?? 0, i));
      at += 2 * Math.ceil((value * bits) / 16);
    }
  }
  return Math.max(0, 1 - y / heightPx);
}
