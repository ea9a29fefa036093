import { countBits, lowestBit, WORD_BITS, type DocBitset } from './doc-bitset.ts';

/** A document with its score; `doc` numbers documents of the whole snapshot in order of insertion. */
export interface ScoredDoc {
  readonly doc: number;
  readonly score: number;
}

/** The order of answers: score descending, then insertion. */
const compareScored = (a: ScoredDoc, b: ScoredDoc): number => b.score - a.score || a.doc - b.doc;

/** Keeps the best k of the documents that are offered, in a binary heap with the worst kept one on top. */
export class TopK {
  readonly #k: number;
  readonly #heap: ScoredDoc[] = [];

  constructor(k: number) {
    this.#k = k;
  }

  offer(doc: number, score: number): void {
    const heap = this.#heap;
    if (heap.length < this.#k) {
      heap.push({ doc, score });
      this.#siftUp(heap.length - 1);
      return;
    }
    const worst = heap[0];
    if (!worst || score < worst.score || (score === worst.score && doc > worst.doc)) return;
    heap[0] = { doc, score };
    this.#siftDown(0);
  }

  /**
   * Offers every document of a set. Returns how many there are. @param base number of the document in slot 0
   */
  offerAll(base: number, scores: Float64Array, slots: DocBitset): number {
    let count = 0;
    let threshold = this.threshold;
    for (let w = 0; w < slots.length; w += 1) {
      const word = slots[w]!;
      count += countBits(word);
      for (let rest = word; rest !== 0; rest &= rest - 1) {
        const slot = w * WORD_BITS + lowestBit(rest);
        if (scores[slot]! < threshold) continue;
        this.offer(base + slot, scores[slot]!);
        threshold = this.threshold;
      }
    }
    return count;
  }

  /** Score of the worst of k documents; -1 while there are fewer. */
  get threshold(): number {
    return this.#heap.length < this.#k ? -1 : (this.#heap[0]?.score ?? -1);
  }

  /** Best first. */
  ranked(): ScoredDoc[] {
    return this.#heap.toSorted(compareScored);
  }

  #siftUp(start: number): void {
    let i = start;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (compareScored(this.#heap[i]!, this.#heap[parent]!) <= 0) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #siftDown(start: number): void {
    for (let i = start; ;) {
      let worst = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < this.#heap.length && compareScored(this.#heap[child]!, this.#heap[worst]!) > 0)
          worst = child;
      }
      if (worst === i) return;
      this.#swap(i, worst);
      i = worst;
    }
  }

  #swap(i: number, j: number): void {
    [this.#heap[i], this.#heap[j]] = [this.#heap[j]!, this.#heap[i]!];
  }
}
