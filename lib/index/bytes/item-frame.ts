import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { corrupt, type ItemName } from './byte-reader.ts';
import { MAX_INFLATED_BYTES, MAX_ITEM_BYTES } from './limits.ts';

/** The format version that is written; see FORMAT.md. Earlier versions stay readable. */
export const FORMAT_VERSION = 6;

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

/** Kinds that may be deflated, from version 6 on. Postings, ids and bits are dense as they are. */
const DEFLATED_KINDS: ReadonlySet<ItemKind> = new Set(['directory', 'singleItem', 'associations', 'places']);
const DEFLATING_VERSION = 6;
/** Added to the kind of an item whose payload is deflated. */
const DEFLATED = 128;
/** Shorter payloads cost a write unit either way. */
const LEAST_DEFLATED_BYTES = 512;

const HEADER_BYTES = 2;
const CHECKSUM_BYTES = 4;
/** Bytes that the frame adds to a payload. */
export const FRAME_BYTES = HEADER_BYTES + CHECKSUM_BYTES;

interface OpenedFrame {
  /** A view of the item, or what it inflates to. */
  readonly payload: Uint8Array;
  /** 1 to 6. */
  readonly version: number;
  /** Offset of the payload in the item. */
  readonly offset: number;
}

/** version, kind, payload, CRC-32 of all before it (little endian). The payload is deflated where that makes it shorter. */
export function frameItem(kind: ItemKind, payload: Uint8Array, version = FORMAT_VERSION): Uint8Array {
  const deflated = mayBeDeflated(kind, version) ? deflatedIfShorter(payload) : undefined;
  const stored = deflated ?? payload;
  const framed = new Uint8Array(stored.length + FRAME_BYTES);
  framed[0] = version;
  framed[1] = ITEM_KINDS[kind] + (deflated ? DEFLATED : 0);
  framed.set(stored, HEADER_BYTES);
  const end = framed.length - CHECKSUM_BYTES;
  new DataView(framed.buffer).setUint32(end, crc32(framed.subarray(0, end)), true);
  return framed;
}

const mayBeDeflated = (kind: ItemKind, version: number): boolean =>
  version >= DEFLATING_VERSION && DEFLATED_KINDS.has(kind);

function deflatedIfShorter(payload: Uint8Array): Uint8Array | undefined {
  if (payload.length < LEAST_DEFLATED_BYTES || payload.length > MAX_INFLATED_BYTES) return undefined;
  const deflated = deflateRawSync(payload, { level: 9 });
  return deflated.length < payload.length ? deflated : undefined;
}

/** What inflating answers with `info`, which its types do not know. `bytesWritten` counts the bytes that it took. */
interface Inflated {
  readonly buffer: Uint8Array;
  readonly engine: { readonly bytesWritten: number };
}

/** @throws GlossError `corrupt` */
function inflated(stored: Uint8Array, item: ItemName): Uint8Array {
  let result;
  try {
    result = inflateRawSync(stored, { maxOutputLength: MAX_INFLATED_BYTES, info: true });
  } catch {
    throw corrupt(item, HEADER_BYTES, 'what is deflated does not inflate');
  }
  const { buffer, engine } = result as unknown as Inflated;
  if (engine.bytesWritten !== stored.length)
    throw corrupt(item, HEADER_BYTES, 'bytes after what is deflated');
  return buffer;
}

/**
 * @param only the version that the item must have, where what names it says so
 * @throws GlossError `corrupt` when the checksum, the version or the kind is not as expected, or the payload does not inflate.
 */
export function openFrame(kind: ItemKind, framed: Uint8Array, item: ItemName, only?: number): OpenedFrame {
  const end = framed.length - CHECKSUM_BYTES;
  if (end < HEADER_BYTES || framed.length > MAX_ITEM_BYTES)
    throw corrupt(item, 0, `${framed.length} bytes are no item`);
  const checksum = new DataView(framed.buffer, framed.byteOffset, framed.byteLength).getUint32(end, true);
  if (checksum !== crc32(framed.subarray(0, end))) throw corrupt(item, end, 'the checksum does not match');
  const version = framed[0]!;
  if (version < 1 || version > FORMAT_VERSION) throw corrupt(item, 0, `format version ${version} is unknown`);
  if (only !== undefined && version !== only)
    throw corrupt(item, 0, `format version ${version} where ${only} belongs`);
  const isDeflated = framed[1] === ITEM_KINDS[kind] + DEFLATED && mayBeDeflated(kind, version);
  if (framed[1] !== ITEM_KINDS[kind] && !isDeflated)
    throw corrupt(item, 1, `kind ${framed[1]!} where ${kind} belongs`);
  const stored = framed.subarray(HEADER_BYTES, end);
  return { payload: isDeflated ? inflated(stored, item) : stored, version, offset: HEADER_BYTES };
}
