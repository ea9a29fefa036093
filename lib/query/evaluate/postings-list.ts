import { checkAgainstEntry } from '../../index/segment/open-chunk.ts';
import type { TopPostings } from '../../index/postings/top-postings.ts';
import type { Chunk } from '../../index/postings/chunk.ts';
import type { ChunkTable } from '../../index/postings/chunk-table.ts';
import type { Places } from '../../index/postings/places.ts';
import type { ChunkedList } from '../../index/segment/directory-entry.ts';
import { boundOf, emptyPostings, type Postings, type PostingsBound } from '../../index/postings/postings.ts';

/**
 * One term's postings list in one segment, as far as it has been read. A short or inline list is complete from
 * the start. Of a chunked list the directory entry comes first, then chunk by chunk.
 */
export class PostingsList {
  readonly docFreq: number;
  /** Bounds of the runs that can be read separately. A list that is complete from the start is one run. */
  readonly runs: readonly PostingsBound[];
  readonly topPostings: TopPostings | undefined;
  /** First docId of each run. */
  readonly firstDocIds: Uint32Array;
  readonly lastDocId: number;
  /** Undefined for a list that is complete from the start. */
  readonly #chunks: (Chunk | undefined)[] | undefined;
  /** The directory entry of a chunked list. */
  readonly entry: ChunkedList | undefined;
  #decoded: Postings | undefined;
  /** Of a list that is complete from the start: where its words stand; undefined where they may stand anywhere. */
  readonly places: () => Places | undefined;

  private constructor(
    runs: readonly PostingsBound[],
    table: Pick<ChunkTable, 'firstDocIds' | 'lastDocId'>,
    content: Postings | ChunkedList,
    places: () => Places | undefined,
  ) {
    this.places = places;
    this.runs = runs;
    this.firstDocIds = table.firstDocIds;
    this.lastDocId = table.lastDocId;
    if ('docIds' in content) {
      this.docFreq = content.docIds.length;
      this.#decoded = content;
    } else {
      this.docFreq = content.docFreq;
      this.topPostings = content.topPostings;
      this.entry = content;
      this.#chunks = runs.map(() => undefined);
    }
  }

  /** A list that is complete from the start. @param postings at least one */
  static complete(postings: Postings, places: () => Places | undefined = () => undefined): PostingsList {
    const { docIds } = postings;
    const table = { firstDocIds: docIds.slice(0, 1), lastDocId: docIds.at(-1)! };
    return new PostingsList([boundOf(postings)], table, postings, places);
  }

  static chunked(list: ChunkedList): PostingsList {
    const { firstDocIds, maxPlacedFreqs, minDocLens } = list.chunks;
    const runs = Array.from(firstDocIds, (_, i) => ({
      maxPlacedFreq: maxPlacedFreqs[i]!,
      minDocLen: minDocLens[i]!,
    }));
    return new PostingsList(runs, list.chunks, list, () => undefined);
  }

  get isComplete(): boolean {
    return this.#chunks?.every((chunk) => chunk !== undefined) ?? true;
  }

  /** Numbers of the unread chunks. */
  missing(): number[] {
    return [...(this.#chunks?.keys() ?? [])].filter((i) => this.#chunks![i] === undefined);
  }

  /** Finds the run that would hold a document; -1 if none does. Documents are asked in ascending order. */
  runsInOrder(): (docId: number) => number {
    const firstDocIds = this.firstDocIds;
    let run = -1;
    return (docId) => {
      while (run + 1 < firstDocIds.length && firstDocIds[run + 1]! <= docId) run += 1;
      return docId > this.lastDocId ? -1 : run;
    };
  }

  /** As runsInOrder, but -1 also for runs that have been read. */
  unreadRunsInOrder(): (docId: number) => number {
    const runOf = this.runsInOrder();
    return (docId) => {
      const run = runOf(docId);
      return run < 0 || !this.#chunks || this.#chunks[run] ? -1 : run;
    };
  }

  /**
   * Tells whether the list may have a document, as far as it has been read. Documents are asked in ascending
   * order.
   */
  mayHaveInOrder(): (docId: number) => boolean {
    const unreadRunOf = this.unreadRunsInOrder();
    const { docIds } = this.postings();
    let next = 0;
    return (docId) => {
      while (next < docIds.length && docIds[next]! < docId) next += 1;
      return docIds[next] === docId || unreadRunOf(docId) >= 0;
    };
  }

  /** Of a chunked list: chunk i, once it has been read. */
  chunk(i: number): Chunk | undefined {
    return this.#chunks?.[i];
  }

  add(i: number, chunk: Chunk): void {
    this.#chunks![i] = chunk;
    this.#decoded = undefined;
  }

  /** First and last docId that run i may hold. */
  rangeOf(i: number): readonly [first: number, last: number] {
    const next = this.firstDocIds[i + 1];
    return [this.firstDocIds[i]!, next === undefined ? this.lastDocId : next - 1];
  }

  /** All postings that have been read, decoded; docIds ascending. @throws GlossError `corrupt`. */
  postings(): Postings {
    if (this.#decoded) return this.#decoded;
    const chunks = this.#chunks ?? [];
    const out = emptyPostings(chunks.reduce((sum, chunk) => sum + (chunk?.count ?? 0), 0));
    let at = 0;
    for (const [i, chunk] of chunks.entries()) {
      if (chunk) at = chunk.readAll(out, at, this.rangeOf(i)[1] + 1);
    }
    if (this.entry && at > 0) checkAgainstEntry(this.entry, chunks, out);
    return (this.#decoded = out);
  }
}

/** How many of the ascending values are at most `limit`. The caller knows that it is from `least` to `most`. */
export function countUpTo(values: Uint32Array, limit: number, least = 0, most = values.length): number {
  let low = least;
  let high = most;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
