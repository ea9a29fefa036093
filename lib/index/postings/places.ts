import type { ByteReader } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { termFreqOf } from '../../rank/placed-freq.ts';

/**
 * Where the words of a list stand in their documents, posting by posting. The words of a document are numbered through its texts, and
 * one number is left out between two texts: two words are side by side in a text if and only if their numbers are.
 */
export interface Places {
  /** Index of the first place of each posting, and behind the last one. A posting without places may stand anywhere. */
  readonly starts: Uint32Array;
  /** Ascending for each posting. */
  readonly values: Uint32Array;
}

/** Whether lists of a term have places: classes, facts and compounds are no words and have none. @param version of the format; before version 5 none have any */
export const hasPlaces = (term: string, version: number): boolean => version > 4 && !/^[=@]| /.test(term);

/** A word that a document says more often than this has no places: nearly everything stands beside it. */
export const MOST_PLACES = 8;

/** The places of posting i; empty where it may stand anywhere. */
export const placesOf = ({ starts, values }: Places, i: number): Uint32Array =>
  values.subarray(starts[i], starts[i + 1]);

/** @param rows of each posting its places, ascending; empty where it may stand anywhere */
export function placesFrom(rows: readonly ArrayLike<number>[]): Places {
  const starts = new Uint32Array(rows.length + 1);
  for (const [i, row] of rows.entries()) starts[i + 1] = starts[i]! + row.length;
  const values = new Uint32Array(starts.at(-1)!);
  for (const [i, row] of rows.entries()) values.set(row, starts[i]);
  return { starts, values };
}

/** A view of those of the postings from `start` to before `end`. */
export const slicePlaces = ({ starts, values }: Places, start: number, end: number): Places => ({
  starts: starts.subarray(start, end + 1),
  values,
});

/** The places of several lists, one after the other; those of a list that does not know them may be anywhere. */
export function joinPlaces(
  lists: readonly { readonly docIds: Uint32Array; readonly places?: Places | undefined }[],
): Places {
  const starts = new Uint32Array(lists.reduce((sum, { docIds }) => sum + docIds.length, 0) + 1);
  const values = new Uint32Array(lists.reduce((sum, { places }) => sum + (places?.values.length ?? 0), 0));
  let at = 0;
  let end = 0;
  for (const { docIds, places } of lists) {
    if (places) values.set(places.values, end);
    for (let i = 1; i <= docIds.length; i += 1) starts[at + i] = end + (places?.starts[i] ?? 0);
    at += docIds.length;
    end += places?.values.length ?? 0;
  }
  return { starts, values };
}

/** The places of other postings, each those of one of a list. @param from for each the one of the list */
export function pickPlaces({ starts, values }: Places, from: (i: number) => number, count: number): Places {
  const picked = new Uint32Array(count + 1);
  for (let i = 0; i < count; i += 1) {
    const one = from(i);
    picked[i + 1] = picked[i]! + starts[one + 1]! - starts[one]!;
  }
  const out = new Uint32Array(picked[count]!);
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    const one = from(i);
    for (let place = starts[one]!; place < starts[one + 1]!; place += 1) out[at++] = values[place]!;
  }
  return { starts: picked, values: out };
}

/** Appends the places of a run of postings; layout in FORMAT.md. @param places absent where all may stand anywhere */
export function writePlaces(out: ByteWriter, placedFreqs: Uint32Array, places: Places | undefined): void {
  for (let i = 0; i < placedFreqs.length; i += 1) {
    if (termFreqOf(placedFreqs[i]!) > MOST_PLACES) continue;
    const start = places?.starts[i] ?? 0;
    const end = places?.starts[i + 1] ?? 0;
    if (start === end) out.varint(0);
    // The first is written as one more, the others as what lies between: each is at least one more than the last.
    for (let at = start; at < end; at += 1) {
      const place = places!.values[at]!;
      out.varint(at === start ? place + 1 : place - places!.values[at - 1]! - 1);
    }
  }
}

const MAX_PLACE = 2 ** 32 - 2;

/** Reads the places of a run of postings. @throws GlossError `corrupt` */
export function readPlaces(reader: ByteReader, placedFreqs: Uint32Array): Places {
  const starts = new Uint32Array(placedFreqs.length + 1);
  const values: number[] = [];
  for (let i = 0; i < placedFreqs.length; i += 1) {
    const termFreq = termFreqOf(placedFreqs[i]!);
    if (termFreq <= MOST_PLACES) {
      const first = reader.varint();
      let place = first - 1;
      if (first > 0) values.push(place);
      for (let more = first > 0 ? termFreq - 1 : 0; more > 0; more -= 1)
        values.push((place += reader.varint() + 1));
      if (place > MAX_PLACE) throw reader.fail('a place out of range');
    }
    starts[i + 1] = values.length;
  }
  return { starts, values: Uint32Array.from(values) };
}
