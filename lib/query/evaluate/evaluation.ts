/** One of the best documents, with what its score is made of. */
export interface RankedDoc {
  /** Documents of the whole snapshot, numbered through its segments. */
  readonly doc: number;
  readonly score: number;
  readonly docLen: number;
  /** By scoring term of the query; 0 where the document does not have it. */
  readonly termFreqs: readonly number[];
}

/** Answers of an evaluation. */
export interface Evaluation {
  /** Best first; equal scores in the order of the snapshot. */
  readonly top: readonly RankedDoc[];
  /** How many documents match: exactly, or as far as it was worth counting. */
  readonly total: number;
  readonly totalIs: 'exact' | 'at least' | 'at most';
  /** Postings that were looked at. */
  readonly postings: number;
}
