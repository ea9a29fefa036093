import {
  DEFAULT_PARAMS,
  inverseDocFreq,
  lengthDamper,
  PAPER_PARAMS,
  type Bm25Params,
  type Collection,
} from './bm25.ts';
import { countedBy, mostCountedBy } from './placed-freq.ts';

/** Runs of postings as parallel arrays. */
interface Scored {
  readonly docIds: Uint32Array;
  readonly placedFreqs: Uint32Array;
  readonly docLens: Uint32Array;
}

/** Sums of bounds must not fall below sums of scores because either was rounded. */
export const ROUNDING = 1 + 1e-12;

/** Nearly all placed frequencies are below this, and looked up. */
const LOOKED_UP = 256;
const tableOf = (params: Bm25Params): Float64Array =>
  Float64Array.from({ length: LOOKED_UP }, (_, placedFreq) => countedBy(params)(placedFreq));
const TERM_FREQS = tableOf(PAPER_PARAMS);
const WEIGHED_FREQS = tableOf(DEFAULT_PARAMS);

/** Scores of one term over its list; each is, to the last bit, what bm25Weigher gives. */
export class TermScorer {
  readonly #factor: number;
  readonly #gain: number;
  readonly #dampingOf: (docLen: number) => number;
  readonly #freqs: Float64Array;
  readonly #freqOf: (placedFreq: number) => number;
  readonly #maxFreqOf: (placedFreq: number) => number;
  /** Of the last document: lists run through equal lengths. */
  #docLen = -1;
  #damping = 0;

  /** @param weight of the term in its query */
  constructor(weight: number, docFreq: number, collection: Collection, params: Bm25Params) {
    this.#factor = weight * inverseDocFreq(collection.docCount, docFreq);
    this.#gain = params.k1 + 1;
    this.#dampingOf = lengthDamper(params, collection);
    this.#freqs = params.earliness ? WEIGHED_FREQS : TERM_FREQS;
    this.#freqOf = countedBy(params);
    this.#maxFreqOf = mostCountedBy(params);
  }

  #score(freq: number, docLen: number): number {
    if (docLen !== this.#docLen) {
      this.#docLen = docLen;
      this.#damping = this.#dampingOf(docLen);
    }
    return (this.#factor * freq * this.#gain) / (freq + this.#damping);
  }

  scoreAt({ placedFreqs, docLens }: Pick<Scored, 'placedFreqs' | 'docLens'>, i: number): number {
    return this.#score(this.#freqs[placedFreqs[i]!] ?? this.#freqOf(placedFreqs[i]!), docLens[i]!);
  }

  /** Adds the scores of postings `from` to before `to` to those of their documents. @param start document of slot 0 */
  addScores(
    { docIds, placedFreqs, docLens }: Scored,
    from: number,
    to: number,
    start: number,
    scores: Float64Array,
  ): void {
    const factor = this.#factor;
    const gain = this.#gain;
    const freqs = this.#freqs;
    let lastLen = -1;
    let damping = 0;
    for (let i = from; i < to; i += 1) {
      const docLen = docLens[i]!;
      if (docLen !== lastLen) damping = this.#dampingOf((lastLen = docLen));
      const freq = freqs[placedFreqs[i]!] ?? this.#freqOf(placedFreqs[i]!);
      scores[docIds[i]! - start]! += (factor * freq * gain) / (freq + damping);
    }
  }

  /** What no posting under this bound exceeds: scores rise with the frequency and fall with docLen. */
  maxScore({
    maxPlacedFreq,
    minDocLen,
  }: {
    readonly maxPlacedFreq: number;
    readonly minDocLen: number;
  }): number {
    return this.#score(this.#maxFreqOf(maxPlacedFreq), minDocLen) * ROUNDING;
  }
}
