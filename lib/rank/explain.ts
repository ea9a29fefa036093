import { bm25Weigher, inverseDocFreq, type Bm25Params, type Collection } from './bm25.ts';

/** One term's part of a score, with every number that it is made of. */
export interface TermScore {
  readonly term: string;
  readonly score: number;
  readonly weight: number;
  readonly idf: number;
  readonly docFreq: number;
  readonly termFreq: number;
}

/** A score taken apart; the parts add up to it in the order given. */
export interface Explanation {
  readonly terms: readonly TermScore[];
  readonly docLen: number;
  readonly avgDocLen: number;
  readonly docCount: number;
  readonly k1: number;
  readonly b: number;
}

/** @param terms the scoring terms that the document has, in the query's order */
export function explain(
  terms: readonly Omit<TermScore, 'score' | 'idf'>[],
  docLen: number,
  collection: Collection,
  params: Bm25Params,
): Explanation {
  const weigh = bm25Weigher(params, collection);
  return {
    terms: terms.map(({ term, weight, termFreq, docFreq }) => {
      const idf = inverseDocFreq(collection.docCount, docFreq);
      return { term, score: weigh(weight * idf, termFreq, docLen), weight, idf, docFreq, termFreq };
    }),
    docLen,
    avgDocLen: collection.totalLen / collection.docCount,
    docCount: collection.docCount,
    ...params,
  };
}
