import { bm25Weigher, inverseDocFreq, type Bm25Params, type Collection } from './bm25.ts';

/** Runs of postings as parallel arrays, of which a scorer needs these two. */
interface Scored {
  readonly termFreqs: Uint32Array;
  readonly docLens: Uint32Array;
}

/** Sums of bounds must not fall below sums of scores because either was rounded. */
export const ROUNDING = 1 + 1e-12;

/** Scores of one term over its list; each is, to the last bit, what bm25Weigher gives. */
export class TermScorer {
  readonly factor: number;
  readonly #weigh: (factor: number, termFreq: number, docLen: number) => number;
  /** Scores of small term frequencies at one length: lists run through equal lengths. */
  readonly #scores = new Float64Array(16);
  #docLen = -1;

  /** @param weight of the term in its query */
  constructor(weight: number, docFreq: number, collection: Collection, params: Bm25Params) {
    this.factor = weight * inverseDocFreq(collection.docCount, docFreq);
    this.#weigh = bm25Weigher(params, collection);
  }

  score(termFreq: number, docLen: number): number {
    if (termFreq >= this.#scores.length) return this.#weigh(this.factor, termFreq, docLen);
    if (docLen !== this.#docLen) {
      this.#docLen = docLen;
      this.#scores.fill(-1);
    }
    const known = this.#scores[termFreq]!;
    if (known >= 0) return known;
    return (this.#scores[termFreq] = this.#weigh(this.factor, termFreq, docLen));
  }

  scoreAt({ termFreqs, docLens }: Scored, i: number): number {
    return this.score(termFreqs[i]!, docLens[i]!);
  }

  /** What no posting under this bound exceeds: scores rise with termFreq and fall with docLen. */
  most({ maxTermFreq, minDocLen }: { readonly maxTermFreq: number; readonly minDocLen: number }): number {
    return this.#weigh(this.factor, maxTermFreq, minDocLen) * ROUNDING;
  }
}
