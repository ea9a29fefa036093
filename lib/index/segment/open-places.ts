import { ByteReader, type ItemName } from '../bytes/byte-reader.ts';
import { openFrame } from '../bytes/item-frame.ts';
import { placesFrom, readPlaces, type Places } from '../postings/places.ts';

/**
 * Reads the places of a chunk.
 * @param placedFreqs of all postings of the chunk
 * @param format of the segment
 * @throws GlossError `corrupt`
 */
export function openPlaces(
  framed: Uint8Array,
  item: ItemName,
  placedFreqs: Uint32Array,
  format: number,
): Places {
  const { payload, offset } = openFrame('places', framed, item, format);
  const reader = new ByteReader(payload, item, 0, payload.length, offset);
  if (payload.length === 0) return placesFrom(Array.from(placedFreqs, () => []));
  const places = readPlaces(reader, placedFreqs);
  if (!reader.done) throw reader.fail('bytes after the last place');
  return places;
}
