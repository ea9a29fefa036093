import { inverseDocFreq, lengthDamper, type Bm25Params, type Collection } from './bm25.ts';

/** Runs of postings as parallel arrays. */
interface Scored {
  readonly docIds: Uint32Array;
  readonly termFreqs: Uint32Array;
  readonly docLens: Uint32Array;
}

/** Sums of bounds must not fall below sums of scores because either was rounded. */
export const ROUNDING = 1 + 1e-12;

/** Scores of one term over its list; each is, to the last bit, what bm25Weigher gives. */
export class TermScorer {
  readonly #factor: number;
  readonly #gain: number;
  readonly #dampingOf: (docLen: number) => number;
  /** Of the last document: lists run through equal lengths. */
  #docLen = -1;
  #damping = 0;

  /** @param weight of the term in its query */
  constructor(weight: number, docFreq: number, collection: Collection, params: Bm25Params) {
    this.#factor = weight * inverseDocFreq(collection.docCount, docFreq);
    this.#gain = params.k1 + 1;
    this.#dampingOf = lengthDamper(params, collection);
  }

  score(termFreq: number, docLen: number): number {
    if (docLen !== this.#docLen) {
      this.#docLen = docLen;
      this.#damping = this.#dampingOf(docLen);
    }
    return (this.#factor * termFreq * this.#gain) / (termFreq + this.#damping);
  }

  scoreAt({ termFreqs, docLens }: Pick<Scored, 'termFreqs' | 'docLens'>, i: number): number {
    return this.score(termFreqs[i]!, docLens[i]!);
  }

  /** Adds the scores of postings `from` to before `to` to those of their documents. @param start document of slot 0 */
  addScores(
    { docIds, termFreqs, docLens }: Scored,
    from: number,
    to: number,
    start: number,
    scores: Float64Array,
  ): void {
    const factor = this.#factor;
    const gain = this.#gain;
    let lastLen = -1;
    let damping = 0;
    for (let i = from; i < to; i += 1) {
      const docLen = docLens[i]!;
      if (docLen !== lastLen) damping = this.#dampingOf((lastLen = docLen));
      const termFreq = termFreqs[i]!;
      scores[docIds[i]! - start]! += (factor * termFreq * gain) / (termFreq + damping);
    }
  }

  /** What no posting under this bound exceeds: scores rise with termFreq and fall with docLen. */
  maxScore({ maxTermFreq, minDocLen }: { readonly maxTermFreq: number; readonly minDocLen: number }): number {
    return this.score(maxTermFreq, minDocLen) * ROUNDING;
  }
}
