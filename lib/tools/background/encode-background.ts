import { crc32 } from 'node:zlib';
import { GlossError } from '../../domain/errors.ts';
import {
  BACKGROUND_HEADER_BYTES,
  BACKGROUND_MAGIC,
  BACKGROUND_VERSION,
  LEVEL_BITS,
  LEVEL_STRENGTH,
  MAX_LEVEL,
  MAX_TERMS,
  type Companion,
} from '../../lexicon/background-table.ts';

/**
 * A table in the format of lib/lexicon/FORMAT.md.
 * @param companions of each term, up to 255; strengths are rounded to levels
 * @throws GlossError `too_large` for more companions than a pair can name
 */
export function encodeBackground(companions: ReadonlyMap<string, readonly Companion[]>): Buffer {
  const terms = [...new Set([...companions.values()].flatMap((list) => list.map(({ term }) => term)))].sort();
  if (terms.length > MAX_TERMS)
    throw new GlossError('too_large', 'background', `${terms.length} words are companions, ${MAX_TERMS} fit`);
  const numberOf = new Map(terms.map((term, number) => [term, number]));
  const names = Buffer.from([...terms, ...companions.keys()].join('\n'));
  const header = Buffer.alloc(BACKGROUND_HEADER_BYTES);
  header.writeUInt32LE(BACKGROUND_MAGIC, 0);
  header.writeUInt16LE(BACKGROUND_VERSION, 4);
  header.writeUInt16LE(terms.length, 6);
  header.writeUInt16LE(companions.size, 8);
  header.writeUInt32LE(names.length, 10);
  const counts = Buffer.from(Array.from(companions.values(), (list) => list.length));
  const pairs = Array.from(companions.values()).flatMap((list) =>
    list.map(({ term, strength }) => (numberOf.get(term)! << LEVEL_BITS) | levelOf(strength)),
  );
  const pairBytes = Buffer.alloc(2 * pairs.length);
  for (const [i, pair] of pairs.entries()) pairBytes.writeUInt16LE(pair, 2 * i);
  const body = Buffer.concat([header, names, counts, pairBytes]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(body));
  return Buffer.concat([body, checksum]);
}

const levelOf = (strength: number): number =>
  Math.max(1, Math.min(MAX_LEVEL, Math.round(strength / LEVEL_STRENGTH)));
