import { TopK, type ScoredDoc } from '../../query/evaluate/top-k.ts';
import { bm25Weigher, inverseDocFreq, PAPER_PARAMS } from '../../rank/bm25.ts';
import type { EngineCorpus, EngineHit } from './engine.ts';
import { readTerms } from './terms-file.ts';

/** Engines add in 32-bit floats: a document this close to the last of the best may stand in its place. */
const TIE = 1e-6;
/** A score is the same up to this share of it. */
const SAME_SCORE = 1e-4;

/** How the answer of an engine compares with the exhaustive one. */
interface Verdict {
  /** The very documents that score best; of those that tie at the end, any. */
  readonly sameDocuments: boolean;
  /** And each with its score. */
  readonly sameScores: boolean;
  /** Share of the best documents that are there; 1 where there are none. */
  readonly share: number;
}

/** BM25 with the project's formula over plain lists, made straight from the terms that the engines get. */
export class Bm25Oracle {
  readonly #docLens: Uint32Array;
  #totalLen = 0;
  readonly #lists: ReadonlyMap<string, { docs: number[]; termFreqs: number[] }>;

  private constructor(docLens: Uint32Array, terms: ReadonlySet<string>) {
    this.#docLens = docLens;
    this.#lists = new Map([...terms].map((term) => [term, { docs: [], termFreqs: [] }]));
  }

  /** Reads a corpus and keeps what these terms need. */
  static async read(corpus: EngineCorpus, terms: ReadonlySet<string>): Promise<Bm25Oracle> {
    const oracle = new Bm25Oracle(new Uint32Array(corpus.size), terms);
    let doc = 0;
    for await (const line of readTerms(corpus)) oracle.#add(doc++, line === '' ? [] : line.split(' '));
    return oracle;
  }

  #add(doc: number, terms: readonly string[]): void {
    this.#docLens[doc] = terms.length;
    this.#totalLen += terms.length;
    for (const term of terms) {
      const list = this.#lists.get(term);
      if (!list) continue;
      if (list.docs.at(-1) === doc) list.termFreqs[list.termFreqs.length - 1]! += 1;
      else {
        list.docs.push(doc);
        list.termFreqs.push(1);
      }
    }
  }

  /** The best k documents that have any of the terms, by scoring every one. */
  rank(terms: readonly string[], k: number): ScoredDoc[] {
    return this.#best(this.#scores(terms), k);
  }

  judge(terms: readonly string[], k: number, found: readonly EngineHit[]): Verdict {
    const scores = this.#scores(terms);
    const best = this.#best(scores, k);
    const least = (best.at(-1)?.score ?? 0) * (1 - TIE);
    const right = new Set(
      found.map(({ doc }) => doc).filter((doc) => scores[doc]! > 0 && scores[doc]! >= least),
    );
    const sameDocuments = right.size === best.length && found.length === best.length;
    const isScored = ({ doc, score }: EngineHit) =>
      Math.abs(score - scores[doc]!) <= SAME_SCORE * scores[doc]!;
    return {
      sameDocuments,
      sameScores: sameDocuments && found.every(isScored),
      share: best.length === 0 ? Number(found.length === 0) : right.size / best.length,
    };
  }

  /** Of every document; 0 where none of the terms is there. */
  #scores(terms: readonly string[]): Float64Array {
    const docCount = this.#docLens.length;
    const weigh = bm25Weigher(PAPER_PARAMS, { docCount, totalLen: this.#totalLen });
    const scores = new Float64Array(docCount);
    for (const term of terms) {
      const { docs, termFreqs } = this.#lists.get(term)!;
      const idf = inverseDocFreq(docCount, docs.length);
      for (const [i, doc] of docs.entries()) scores[doc]! += weigh(idf, termFreqs[i]!, this.#docLens[doc]!);
    }
    return scores;
  }

  #best(scores: Float64Array, k: number): ScoredDoc[] {
    const top = new TopK(k);
    for (let doc = 0; doc < scores.length; doc += 1) if (scores[doc]! > 0) top.offer(doc, scores[doc]!);
    return top.ranked();
  }
}
