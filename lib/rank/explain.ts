import { bm25Weigher, inverseDocFreq, type Bm25Params, type Collection } from './bm25.ts';
import { countedBy, EARLIEST, earlinessOf, termFreqOf } from './placed-freq.ts';

/** One term's part of a score, with every number that it is made of. */
export interface TermScore {
  readonly term: string;
  readonly score: number;
  readonly weight: number;
  readonly idf: number;
  readonly docFreq: number;
  readonly termFreq: number;
  /** What termFreq is multiplied with: the mean over the mentions of how early their texts say them, a quarter of that in crops, above 0 and at most 1. */
  readonly earliness?: number;
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

/** A scoring term that a document has. */
type FoundTerm = Pick<TermScore, 'term' | 'weight' | 'docFreq'> & { readonly placedFreq: number };

/** @param terms the scoring terms that the document has, in the query's order */
export function explain(
  terms: readonly FoundTerm[],
  docLen: number,
  collection: Collection,
  params: Bm25Params,
): Explanation {
  const weigh = bm25Weigher(params, collection);
  return {
    terms: terms.map(({ term, weight, placedFreq, docFreq }) => {
      const idf = inverseDocFreq(collection.docCount, docFreq);
      const score = weigh(weight * idf, countedBy(params)(placedFreq), docLen);
      const termFreq = termFreqOf(placedFreq);
      const earliness = params.earliness ? { earliness: earlinessOf(placedFreq) / EARLIEST } : {};
      return { term, score, weight, idf, docFreq, termFreq, ...earliness };
    }),
    docLen,
    avgDocLen: collection.totalLen / collection.docCount,
    docCount: collection.docCount,
    k1: params.k1,
    b: params.b,
  };
}
