import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GlossError } from '../../lib/domain/errors.ts';
import { ByteReader } from '../../lib/index/bytes/byte-reader.ts';
import { ByteWriter } from '../../lib/index/bytes/byte-writer.ts';
import {
  hasPlaces,
  joinPlaces,
  MOST_PLACES,
  pickPlaces,
  placesFrom,
  placesOf,
  readPlaces,
  slicePlaces,
  writePlaces,
  type Places,
} from '../../lib/index/postings/places.ts';
import { placedFreqOf } from '../../lib/rank/placed-freq.ts';
import { isDerived } from '../../lib/text/index-terms.ts';
import { anyCharacter } from '../support/any-character.ts';

/** A posting: how often a word is said, how early, and where; nowhere where that is not known. */
const posting = fc
  .record({
    places: fc.uniqueArray(fc.nat(5_000), { maxLength: MOST_PLACES }),
    often: fc.integer({ min: 1, max: 100 }),
    earliness: fc.integer({ min: 1, max: 8 }),
  })
  .map(({ places, often, earliness }) => ({
    places: places.toSorted((a, b) => a - b),
    placedFreq: placedFreqOf(places.length || often, earliness),
  }));
const list = fc.array(posting, { maxLength: 40 });
const columns = (rows: readonly { placedFreq: number; places: readonly number[] }[]) => ({
  placedFreqs: Uint32Array.from(rows, ({ placedFreq }) => placedFreq),
  places: placesFrom(rows.map(({ places }) => places)),
});
const rowsOf = (places: Places) =>
  Array.from({ length: places.starts.length - 1 }, (_, i) => [...placesOf(places, i)]);
const item = { segmentId: 's', sk: 'p/00000000/a' };

it('places are read as they were written', () => {
  fc.assert(
    fc.property(list, (rows) => {
      const { placedFreqs, places } = columns(rows);
      const out = new ByteWriter();
      writePlaces(out, placedFreqs, places);
      const reader = new ByteReader(out.toBytes(), item);
      expect(rowsOf(readPlaces(reader, placedFreqs))).toEqual(rows.map((row) => row.places));
      expect(reader.done).toBe(true);
    }),
  );
});

it('parts of lists keep their places', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(list, fc.boolean()), { maxLength: 4 }), fc.nat(), (lists, seed) => {
      const parts = lists.map(([rows, isKnown]) => ({
        docIds: new Uint32Array(rows.length),
        places: isKnown ? columns(rows).places : undefined,
      }));
      const expected = lists.flatMap(([rows, isKnown]) => rows.map(({ places }) => (isKnown ? places : [])));
      const joined = joinPlaces(parts);
      expect(rowsOf(joined)).toEqual(expected);
      const order = expected.map((_, i) => (i * 7 + seed) % expected.length);
      expect(rowsOf(pickPlaces(joined, (i) => order[i]!, order.length))).toEqual(
        order.map((i) => expected[i]),
      );
      const half = expected.length >>> 1;
      expect(rowsOf(slicePlaces(joined, half, expected.length))).toEqual(expected.slice(half));
    }),
  );
});

it('any bytes are places or the typed error', () => {
  fc.assert(
    fc.property(list, fc.uint8Array({ maxLength: 100 }), (rows, bytes) => {
      try {
        const places = readPlaces(new ByteReader(bytes, item), columns(rows).placedFreqs);
        expect(places.values.length).toBeLessThanOrEqual(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(GlossError);
      }
    }),
  );
});

it('what is no word has none, by whatever way it came', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.oneof(anyCharacter, fc.constantFrom(' ', '=', '@')) }), (term) => {
      expect(hasPlaces(term, 5)).toBe(!isDerived(term));
      expect(hasPlaces(term, 4)).toBe(false);
    }),
  );
});
