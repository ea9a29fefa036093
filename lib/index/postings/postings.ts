/**
 * The postings of one term in one segment: parallel arrays, docIds ascending. Every posting has the exact
 * length of its document, so a term is scored without another read.
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

/**
 * The bound of a run of postings: the highest termFreq and the lowest docLen, which may belong to different
 * documents. The impacts of a list are such bounds.
 */
export interface PostingsBound {
  readonly maxTermFreq: number;
  readonly minDocLen: number;
}

export function boundOf({ termFreqs, docLens }: Postings): PostingsBound {
  let maxTermFreq = 0;
  let minDocLen = 0xffff_ffff;
  for (let i = 0; i < termFreqs.length; i += 1) {
    if (termFreqs[i]! > maxTermFreq) maxTermFreq = termFreqs[i]!;
    if (docLens[i]! < minDocLen) minDocLen = docLens[i]!;
  }
  return { maxTermFreq, minDocLen };
}
