import type { QueryTerms } from '../../query/plan/query-terms.ts';

/** The documents that every engine gets: the first `size` of two files that hold them in the same order. */
export interface EngineCorpus {
  /** Documents as they were given, of which Gloss makes its glosses. */
  readonly docs: string;
  /** The same documents as analysed terms, a document a line, a space between terms. */
  readonly terms: string;
  readonly size: number;
}

/** One query, in the form that Gloss takes and as distinct analysed terms of which any may match. */
export interface Question {
  readonly query: QueryTerms;
  readonly terms: readonly string[];
}

/** A document that was found; `doc` is its line in the corpus, from 0. */
export interface EngineHit {
  readonly doc: number;
  readonly score: number;
}

interface EngineAnswer {
  /** Best first. */
  readonly found: readonly EngineHit[];
  /** CPU time of the search, where it was spent in another process. */
  readonly cpuMs?: number;
}

/** A search engine with one index, made anew. */
export interface Engine {
  readonly version: string;
  /** Takes in the whole corpus; called once, before anything is asked. */
  build(corpus: EngineCorpus): Promise<void>;
  /** The best k documents that have any of the terms. */
  search(question: Question, k: number): Promise<EngineAnswer>;
  /** Bytes of the index; undefined where it lives in the memory of this process, whose growth tells. */
  storedBytes(): Promise<number | undefined>;
  close(): Promise<void>;
}

/**
 * Starts an engine that may write to an empty folder.
 * @throws EngineMissingError when something that is no dependency of this project is not on the machine.
 */
export type OpenEngine = (folder: string) => Promise<Engine>;

/** An engine that cannot be measured here; the message says what would bring it. */
export class EngineMissingError extends Error {
  override readonly name = 'EngineMissingError';
}
