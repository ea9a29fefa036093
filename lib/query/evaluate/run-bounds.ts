import type { TermList } from './postings-list.ts';

/** What an unread list adds to documents at most, by the runs that would hold them; for documents in ascending order. */
export class RunBounds {
  readonly #firstDocIds: Uint32Array;
  readonly #lastDocId: number;
  readonly #most: Float64Array;
  #run = -1;

  /** @param most what a document of each run has of the list at most */
  constructor({ firstDocIds, lastDocId }: TermList, most: Float64Array) {
    this.#firstDocIds = firstDocIds;
    this.#lastDocId = lastDocId;
    this.#most = most;
  }

  /** Added to one document; 0 where no run would hold it. */
  mostAt(docId: number): number {
    const firstDocIds = this.#firstDocIds;
    let run = this.#run;
    while (run + 1 < firstDocIds.length && firstDocIds[run + 1]! <= docId) run += 1;
    this.#run = run;
    return run < 0 || docId > this.#lastDocId ? 0 : this.#most[run]!;
  }

  /** Added to any of the documents from `start`, above all before, to before `end`. */
  mostIn(start: number, end: number): number {
    const firstDocIds = this.#firstDocIds;
    let most = start > this.#lastDocId ? 0 : this.mostAt(start);
    for (let run = this.#run + 1; run < firstDocIds.length && firstDocIds[run]! < end; run += 1)
      most = Math.max(most, this.#most[run]!);
    return most;
  }
}
