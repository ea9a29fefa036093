import { unplaced } from '../../rank/placed-freq.ts';
import { slicePlaces, type Places } from './places.ts';

/**
 * The postings of one term in one segment: parallel arrays, docIds ascending. Every posting has the exact
 * length of its document, so a term is scored without another read.
 */
export interface Postings {
  readonly docIds: Uint32Array;
  /** How often and how early (lib/rank/placed-freq.ts). */
  readonly placedFreqs: Uint32Array;
  readonly docLens: Uint32Array;
  /** Where the words stand, as far as that was asked for; where it is absent, all may stand anywhere. */
  readonly places?: Places | undefined;
}

export function emptyPostings(size: number): Postings {
  return {
    docIds: new Uint32Array(size),
    placedFreqs: new Uint32Array(size),
    docLens: new Uint32Array(size),
  };
}

/** A view of the postings from `start` to before `end`. */
export function slicePostings(
  { docIds, placedFreqs, docLens, places }: Postings,
  start: number,
  end: number,
): Postings {
  return {
    docIds: docIds.subarray(start, end),
    placedFreqs: placedFreqs.subarray(start, end),
    docLens: docLens.subarray(start, end),
    ...(places && { places: slicePlaces(places, start, end) }),
  };
}

/**
 * The bound of a run of postings: the highest placed frequency and the lowest docLen, which may belong to different
 * documents. The impacts of a list are such bounds.
 */
export interface PostingsBound {
  readonly maxPlacedFreq: number;
  readonly minDocLen: number;
}

export function boundOf({ placedFreqs, docLens }: Postings): PostingsBound {
  let maxPlacedFreq = 0;
  let minDocLen = 0xffff_ffff;
  for (let i = 0; i < placedFreqs.length; i += 1) {
    if (placedFreqs[i]! > maxPlacedFreq) maxPlacedFreq = placedFreqs[i]!;
    if (docLens[i]! < minDocLen) minDocLen = docLens[i]!;
  }
  return { maxPlacedFreq, minDocLen };
}

/** Frequencies as a version of the format has them, placed: before version 3 they do not say where a term stands. */
export const placedIn = (freqs: Uint32Array, version: number): Uint32Array =>
  version > 2 ? freqs : freqs.map(unplaced);
