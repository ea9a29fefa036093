/** One of the best documents, with the parts of its score. */
export interface RankedDoc {
  /** Number of the document in the snapshot: documents are numbered through its segments. */
  readonly doc: number;
  readonly score: number;
  readonly docLen: number;
  /** For each scoring term of the query; 0 if the document does not have it. */
  readonly placedFreqs: readonly number[];
}

/** The result of an evaluation. */
export interface Evaluation {
  /** Best first; equal scores in the order of the snapshot. */
  readonly top: readonly RankedDoc[];
  /** How many documents match; `totalIs` says how exact this is. */
  readonly total: number;
  readonly totalIs: 'exact' | 'at least' | 'at most';
  /** How many postings were decoded. */
  readonly postings: number;
}
