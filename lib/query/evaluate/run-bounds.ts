import type { PostingsList } from './postings-list.ts';

/** What an unread list adds to documents at most, by the runs that would hold them; for documents in ascending order. */
export class RunBounds {
  readonly #firstDocIds: Uint32Array;
  readonly #lastDocId: number;
  readonly #maxScores: Float64Array;
  #run = -1;

  /** @param maxScore what a document of each run has of the list at most */
  constructor({ firstDocIds, lastDocId }: PostingsList, maxScore: Float64Array) {
    this.#firstDocIds = firstDocIds;
    this.#lastDocId = lastDocId;
    this.#maxScores = maxScore;
  }

  /** Added to one document; 0 where no run would hold it. */
  maxScoreAt(docId: number): number {
    const firstDocIds = this.#firstDocIds;
    let run = this.#run;
    while (run + 1 < firstDocIds.length && firstDocIds[run + 1]! <= docId) run += 1;
    this.#run = run;
    return run < 0 || docId > this.#lastDocId ? 0 : this.#maxScores[run]!;
  }

  /** Added to any of the documents from `start`, above all before, to before `end`. */
  maxScoreIn(start: number, end: number): number {
    const firstDocIds = this.#firstDocIds;
    let maxScore = start > this.#lastDocId ? 0 : this.maxScoreAt(start);
    for (let run = this.#run + 1; run < firstDocIds.length && firstDocIds[run]! < end; run += 1)
      maxScore = Math.max(maxScore, this.#maxScores[run]!);
    return maxScore;
  }
}
