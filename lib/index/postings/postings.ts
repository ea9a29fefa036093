/**
 * Where one term stands in one segment: parallel arrays, docIds ascending. Every posting carries its document's
 * exact length, so that a term is scored without a second read.
 */
export interface Postings {
  readonly docIds: Uint32Array;
  readonly termFreqs: Uint32Array;
  readonly docLens: Uint32Array;
}

export function emptyPostings(size: number): Postings {
  return {
    docIds: new Uint32Array(size),
    termFreqs: new Uint32Array(size),
    docLens: new Uint32Array(size),
  };
}

/** A view of the postings from `start` to before `end`. */
export function slicePostings(
  { docIds, termFreqs, docLens }: Postings,
  start: number,
  end: number,
): Postings {
  return {
    docIds: docIds.subarray(start, end),
    termFreqs: termFreqs.subarray(start, end),
    docLens: docLens.subarray(start, end),
  };
}

/** What no posting of a run exceeds: the highest termFreq and the least docLen, not always of one document. */
export interface Impact {
  readonly maxTermFreq: number;
  readonly minDocLen: number;
}

export function impactOf({ termFreqs, docLens }: Postings): Impact {
  let maxTermFreq = 0;
  let minDocLen = 0xffff_ffff;
  for (let i = 0; i < termFreqs.length; i += 1) {
    if (termFreqs[i]! > maxTermFreq) maxTermFreq = termFreqs[i]!;
    if (docLens[i]! < minDocLen) minDocLen = docLens[i]!;
  }
  return { maxTermFreq, minDocLen };
}
