import { crc32 } from 'node:zlib';
import { GlossError } from '../domain/errors.ts';

/** A term that goes with something in pictures, wherever they are from. */
export interface Companion {
  readonly term: string;
  /** As of an association: log-odds, shrunk where chance would explain them. */
  readonly strength: number;
}

/** What goes with what in pictures of the world, counted beforehand. */
export interface Background {
  /** What goes with a term, in no order; undefined where too few pictures say it. */
  of(term: string): readonly Companion[] | undefined;
  /** The words of wider meanings and of the definition of a term that too few pictures say; undefined for what has none. */
  definitionOf(term: string): readonly Companion[] | undefined;
}

export const NO_BACKGROUND: Background = { of: () => undefined, definitionOf: () => undefined };

/** Before a term whose words come from its definition. No term begins so. */
export const DEFINED = '~';

/** `GBGT`. */
export const BACKGROUND_MAGIC = 0x54474247;
export const BACKGROUND_VERSION = 1;
export const BACKGROUND_HEADER_BYTES = 14;
/** Bits of a pair that say the strength; the others say which term. */
export const LEVEL_BITS = 4;
export const MAX_LEVEL = 2 ** LEVEL_BITS - 1;
/** Strength of one level. */
export const LEVEL_STRENGTH = 0.5;
export const MAX_TERMS = 2 ** (16 - LEVEL_BITS);
const CHECKSUM_BYTES = 4;

/**
 * Opens a table in the format of FORMAT.md. Pairs are read where they lie, each time anew.
 * @throws GlossError `corrupt` for another format, another version and damaged bytes
 */
export function openBackground(bytes: Uint8Array): Background {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - CHECKSUM_BYTES;
  if (end < BACKGROUND_HEADER_BYTES || view.getUint32(0, true) !== BACKGROUND_MAGIC)
    throw corrupt('this is no table of associations');
  if (view.getUint16(4, true) !== BACKGROUND_VERSION) throw corrupt('this version is unknown');
  if (crc32(bytes.subarray(0, end)) !== view.getUint32(end, true)) throw corrupt('the checksum is wrong');
  const termCount = view.getUint16(6, true);
  const keyCount = view.getUint16(8, true);
  const namesEnd = BACKGROUND_HEADER_BYTES + view.getUint32(10, true);
  const names = new TextDecoder().decode(bytes.subarray(BACKGROUND_HEADER_BYTES, namesEnd)).split('\n');
  const places = new Map<string, { readonly at: number; readonly count: number }>();
  let at = namesEnd + keyCount;
  for (let key = 0; key < keyCount; key += 1) {
    const count = bytes[namesEnd + key]!;
    places.set(names[termCount + key]!, { at, count });
    at += 2 * count;
  }
  if (at !== end) throw corrupt(`it has ${end} bytes and names ${at}`);
  function companionsOf(key: string): Companion[] | undefined {
    const place = places.get(key);
    if (!place) return undefined;
    return Array.from({ length: place.count }, (_, i) => {
      const pair = view.getUint16(place.at + 2 * i, true);
      return { term: names[pair >> LEVEL_BITS]!, strength: (pair & MAX_LEVEL) * LEVEL_STRENGTH };
    });
  }
  return { of: companionsOf, definitionOf: (term) => companionsOf(DEFINED + term) };
}

const corrupt = (what: string) =>
  new GlossError('corrupt', 'background', `background.bin is damaged: ${what}`);
