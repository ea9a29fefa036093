import { GlossError } from '../domain/errors.ts';

/** BM25's two parameters: k1 bounds what repetition adds, b says how much length counts. */
export interface Bm25Params {
  readonly k1: number;
  readonly b: number;
  /** Whether a mention counts the more the earlier its text says it; every mention counts in full if absent. */
  readonly earliness?: boolean;
}

/** The values of Nakata et al. (arXiv 2408.16296, section 4.1), which are also Lucene's defaults. */
export const PAPER_PARAMS: Bm25Params = { k1: 1.2, b: 0.75 };

/** What a search takes: models invent most towards the end of a text (docs/relevance.md). */
export const DEFAULT_PARAMS: Bm25Params = { ...PAPER_PARAMS, earliness: true };

/** Statistics of the snapshot that is searched. */
export interface Collection {
  readonly docCount: number;
  /** Sum of the lengths of all documents. */
  readonly totalLen: number;
}

/**
 * How rare a term is: ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.
 * Source: Lucene's BM25Similarity; Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, 3.2.
 */
export function inverseDocFreq(docCount: number, docFreq: number): number {
  return Math.log(1 + (docCount - docFreq + 0.5) / (docFreq + 0.5));
}

/**
 * What a document's length takes off the scores of its terms: k1 * (1 - b + b * docLen / avgDocLen).
 * @throws GlossError `invalid` when k1 < 0 or b is outside 0..1.
 */
export function lengthDamper({ k1, b }: Bm25Params, { docCount, totalLen }: Collection) {
  if (!(k1 >= 0) || !(b >= 0 && b <= 1))
    throw new GlossError('invalid', 'bm25', `k1 ${k1} or b ${b} is out of range`);
  // Where no document has a word, every length is 0 and none is longer than another.
  const avgDocLen = totalLen > 0 ? totalLen / docCount : 1;
  return (docLen: number): number => k1 * (1 - b + (b * docLen) / avgDocLen);
}

/**
 * What one term adds to a document's score, with exact lengths:
 * idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * docLen / avgDocLen)).
 * @throws GlossError `invalid` when k1 < 0 or b is outside 0..1.
 */
export function bm25Weigher(params: Bm25Params, collection: Collection) {
  const damping = lengthDamper(params, collection);
  const gain = params.k1 + 1;
  return (idf: number, termFreq: number, docLen: number): number =>
    (idf * termFreq * gain) / (termFreq + damping(docLen));
}
