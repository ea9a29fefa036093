import type { PostingsList } from './postings-list.ts';

/**
 * The maxScore that an unread list can add to documents, by the run that would hold them. Documents are asked
 * in ascending order.
 */
export class RunBounds {
  readonly #firstDocIds: Uint32Array;
  readonly #lastDocId: number;
  readonly #maxScores: Float64Array;
  #run = -1;

  /** @param maxScore for each run, the maxScore that the list can add to a document */
  constructor({ firstDocIds, lastDocId }: PostingsList, maxScore: Float64Array) {
    this.#firstDocIds = firstDocIds;
    this.#lastDocId = lastDocId;
    this.#maxScores = maxScore;
  }

  /** The maxScore for one document; 0 if no run would hold it. */
  maxScoreAt(docId: number): number {
    const firstDocIds = this.#firstDocIds;
    let run = this.#run;
    while (run + 1 < firstDocIds.length && firstDocIds[run + 1]! <= docId) run += 1;
    this.#run = run;
    return run < 0 || docId > this.#lastDocId ? 0 : this.#maxScores[run]!;
  }

  /**
   * The maxScore for any document from `start` to before `end`. `start` is above all documents asked before.
   */
  maxScoreIn(start: number, end: number): number {
    const firstDocIds = this.#firstDocIds;
    let maxScore = start > this.#lastDocId ? 0 : this.maxScoreAt(start);
    for (let run = this.#run + 1; run < firstDocIds.length && firstDocIds[run]! < end; run += 1)
      maxScore = Math.max(maxScore, this.#maxScores[run]!);
    return maxScore;
  }
}
