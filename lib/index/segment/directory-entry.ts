import type { ItemName } from '../bytes/byte-reader.ts';
import type { ChunkTable } from '../postings/chunk-table.ts';
import type { Postings } from '../postings/postings.ts';
import type { TopPostings } from '../postings/top-postings.ts';

/** A list that lies in its directory entry, decoded. */
export interface InlineList {
  readonly docFreq: number;
  readonly postings: Postings;
}

/** A list that lies in chunk items; the entry says what they hold. */
export interface ChunkedList {
  readonly docFreq: number;
  readonly chunks: ChunkTable;
  readonly topPostings: TopPostings;
}

/** A list of format version 1, in so many chunk items of which nothing else is known. */
export interface OpaqueList {
  readonly docFreq: number;
  readonly opaqueChunks: number;
}

/** What the directory says of one term. */
export type DirectoryEntry = InlineList | ChunkedList | OpaqueList;

/** A run of consecutive terms with their entries. */
export interface Directory {
  readonly item: ItemName;
  /** Where the next directory item begins; undefined for the last one. Terms from here on are not this item's. */
  readonly upTo: string | undefined;
  /** Sorted by compareUtf8. */
  readonly terms: readonly string[];
  /** Undefined for a term that the segment does not have. @throws GlossError `corrupt`. */
  entry(term: string): DirectoryEntry | undefined;
}
