import { crc32 } from 'node:zlib';
import { corrupt, type ItemName } from './byte-reader.ts';
import { MAX_ITEM_BYTES } from './limits.ts';

/** The format version that is written; see FORMAT.md. Earlier versions stay readable. */
export const FORMAT_VERSION = 5;

/** The kind of an item, its second byte. */
export const ITEM_KINDS = {
  directory: 1,
  chunk: 2,
  documents: 3,
  imageMap: 4,
  deletions: 5,
  singleItem: 6,
  associations: 7,
  places: 8,
} as const;
export type ItemKind = keyof typeof ITEM_KINDS;

const HEADER_BYTES = 2;
const CHECKSUM_BYTES = 4;
/** Bytes that the frame adds to a payload. */
export const FRAME_BYTES = HEADER_BYTES + CHECKSUM_BYTES;

interface OpenedFrame {
  /** A view, not a copy. */
  readonly payload: Uint8Array;
  /** 1 to 5. */
  readonly version: number;
  /** Offset of the payload in the item. */
  readonly offset: number;
}

/** version, kind, payload, CRC-32 of all before it (little endian). */
export function frameItem(kind: ItemKind, payload: Uint8Array, version = FORMAT_VERSION): Uint8Array {
  const framed = new Uint8Array(payload.length + FRAME_BYTES);
  framed[0] = version;
  framed[1] = ITEM_KINDS[kind];
  framed.set(payload, HEADER_BYTES);
  const end = framed.length - CHECKSUM_BYTES;
  new DataView(framed.buffer).setUint32(end, crc32(framed.subarray(0, end)), true);
  return framed;
}

/**
 * @param only the version that the item must have, where what names it says so
 * @throws GlossError `corrupt` when the checksum, the version or the kind is not as expected.
 */
export function openFrame(kind: ItemKind, framed: Uint8Array, item: ItemName, only?: number): OpenedFrame {
  const end = framed.length - CHECKSUM_BYTES;
  if (end < HEADER_BYTES || framed.length > MAX_ITEM_BYTES)
    throw corrupt(item, 0, `${framed.length} bytes are no item`);
  const stored = new DataView(framed.buffer, framed.byteOffset, framed.byteLength).getUint32(end, true);
  if (stored !== crc32(framed.subarray(0, end))) throw corrupt(item, end, 'the checksum does not match');
  const version = framed[0]!;
  if (version < 1 || version > FORMAT_VERSION) throw corrupt(item, 0, `format version ${version} is unknown`);
  if (only !== undefined && version !== only)
    throw corrupt(item, 0, `format version ${version} where ${only} belongs`);
  if (framed[1] !== ITEM_KINDS[kind]) throw corrupt(item, 1, `kind ${framed[1]!} where ${kind} belongs`);
  return { payload: framed.subarray(HEADER_BYTES, end), version, offset: HEADER_BYTES };
}
