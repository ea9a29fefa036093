import type { ItemName } from '../bytes/byte-reader.ts';
import type { ChunkTable } from '../postings/chunk-table.ts';
import type { Places } from '../postings/places.ts';
import type { Postings } from '../postings/postings.ts';
import type { TopPostings } from '../postings/top-postings.ts';

/** A short or inline list, decoded. */
interface InlineList {
  readonly docFreq: number;
  readonly postings: Postings;
}

/** A chunked list: its postings are in chunk items, whose bounds the entry has. */
export interface ChunkedList {
  readonly docFreq: number;
  readonly chunks: ChunkTable;
  readonly topPostings: TopPostings;
}

/** A chunked list of format version 1, of which only the number of chunks is known. */
export interface OpaqueList {
  readonly docFreq: number;
  readonly opaqueChunks: number;
}

/** The directory entry of one term. */
export type DirectoryEntry = InlineList | ChunkedList | OpaqueList;

/** One directory item: consecutive terms with their entries. */
export interface Directory {
  readonly item: ItemName;
  /** Format version of the item. */
  readonly version: number;
  /**
   * The spelling of the term at which the next directory item begins; undefined for the last item. This item does not answer
   * for terms from there on.
   */
  readonly upTo: string | undefined;
  /** Sorted by the UTF-8 bytes of their spelling (term-spelling.ts). */
  readonly terms: readonly string[];
  /** Undefined for a term that the segment does not have. @throws GlossError `corrupt`. */
  entry(term: string): DirectoryEntry | undefined;
  /** The places of a list that is here whole; undefined where all its postings may stand anywhere. @throws GlossError `corrupt`. */
  places(term: string): Places | undefined;
}

/** A term of the tenant's index with the number of documents that have it. */
export interface VocabularyTerm {
  readonly term: string;
  readonly docFreq: number;
}
