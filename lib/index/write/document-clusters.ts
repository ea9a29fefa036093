/** The terms of each document, as rows of term numbers. */
export interface ClusterTerms {
  readonly docs: number;
  /** Terms are numbered 0 to terms - 1. */
  readonly terms: number;
  /** Row of document d: termIds[starts[d]] to before termIds[starts[d + 1]]. */
  readonly starts: Uint32Array;
  readonly termIds: Uint32Array;
}

/**
 * About how many documents a cluster has. Smaller clusters are more similar, but break up runs of equal length
 * (docs/adr/0020-cluster-documents-in-large-merges.md).
 */
const CLUSTER_DOCS = 32_768;
const MAX_ITERATIONS = 12;
/** The swapping ends when a round moves less than this share of the documents. */
const STILL_MOVING = 0.002;

/** How often a segment of `docs` documents is halved; 0 for small segments, which are not clustered. */
export const clusterDepth = (docs: number): number => Math.max(0, Math.round(Math.log2(docs / CLUSTER_DOCS)));

/**
 * Divides documents into 2^depth clusters of equal size, so that documents which share terms are in the same
 * cluster and similar clusters are neighbours. This is recursive graph bisection, stopped after `depth`
 * halvings. Each halving swaps documents between its halves as long as that shortens the gaps in the postings
 * lists.
 * Source: Dhulipala et al., "Compressing Graphs and Indexes with Recursive Graph Bisection", KDD 2016.
 * @returns the cluster of each document. Cost: about depth x 12 passes over the rows.
 */
export function clusterDocuments(rows: ClusterTerms, depth: number): Uint32Array {
  const order = Uint32Array.from({ length: rows.docs }, (_, doc) => doc);
  const bisection = new Bisection(rows);
  let parts: [start: number, end: number][] = [[0, rows.docs]];
  for (let level = 0; level < depth; level += 1) {
    parts = parts.flatMap(([start, end]): [number, number][] => {
      const middle = (start + end) >>> 1;
      bisection.split(order.subarray(start, middle), order.subarray(middle, end));
      return [
        [start, middle],
        [middle, end],
      ];
    });
  }
  const clusterOf = new Uint32Array(rows.docs);
  for (const [cluster, [start, end]] of parts.entries()) {
    for (let i = start; i < end; i += 1) clusterOf[order[i]!] = cluster;
  }
  return clusterOf;
}

class Bisection {
  readonly #rows: ClusterTerms;
  /** For each term, how many documents of the left and of the right half have it. */
  readonly #left: Uint32Array;
  readonly #right: Uint32Array;
  /** For each term, what the move of one document that has it gains, from the left and from the right. */
  readonly #fromLeft: Float32Array;
  readonly #fromRight: Float32Array;

  constructor(rows: ClusterTerms) {
    this.#rows = rows;
    this.#left = new Uint32Array(rows.terms);
    this.#right = new Uint32Array(rows.terms);
    this.#fromLeft = new Float32Array(rows.terms);
    this.#fromRight = new Float32Array(rows.terms);
  }

  /** Swaps documents between the two halves, in place. */
  split(left: Uint32Array, right: Uint32Array): void {
    this.#left.fill(0);
    this.#right.fill(0);
    for (const doc of left) this.#add(this.#left, doc, 1);
    for (const doc of right) this.#add(this.#right, doc, 1);
    for (let iteration = 0; iteration < MAX_ITERATIONS; iteration += 1) {
      this.#weighMoves(left.length, right.length);
      const fromLeft = this.#byGain(left, this.#fromLeft);
      const fromRight = this.#byGain(right, this.#fromRight);
      const moved = this.#swap(left, right, fromLeft, fromRight);
      if (moved < left.length * STILL_MOVING) return;
    }
  }

  #add(counts: Uint32Array, doc: number, difference: number): void {
    const { starts, termIds } = this.#rows;
    for (let i = starts[doc]!; i < starts[doc + 1]!; i += 1) counts[termIds[i]!]! += difference;
  }

  /** The cost of a term is the sum of log2(half / documents) over its documents: bits for its gaps. */
  #weighMoves(leftDocs: number, rightDocs: number): void {
    const logLeft = Math.log2(leftDocs);
    const logRight = Math.log2(rightDocs);
    for (let term = 0; term < this.#left.length; term += 1) {
      const l = this.#left[term]!;
      const r = this.#right[term]!;
      if (l + r < 2) {
        this.#fromLeft[term] = this.#fromRight[term] = 0;
        continue;
      }
      const now = bits(l, logLeft) + bits(r, logRight);
      this.#fromLeft[term] = l > 0 ? now - bits(l - 1, logLeft) - bits(r + 1, logRight) : 0;
      this.#fromRight[term] = r > 0 ? now - bits(l + 1, logLeft) - bits(r - 1, logRight) : 0;
    }
  }

  /**
   * Positions within the half, in descending order of what the move of their document gains, with the gains.
   */
  #byGain(half: Uint32Array, gainOf: Float32Array): { places: Uint32Array; gains: Float32Array } {
    const { starts, termIds } = this.#rows;
    const gains = new Float32Array(half.length);
    for (let place = 0; place < half.length; place += 1) {
      const doc = half[place]!;
      let gain = 0;
      for (let i = starts[doc]!; i < starts[doc + 1]!; i += 1) gain += gainOf[termIds[i]!]!;
      gains[place] = gain;
    }
    const places = Uint32Array.from(half.keys()).sort((a, b) => gains[b]! - gains[a]! || a - b);
    return { places, gains };
  }

  #swap(
    left: Uint32Array,
    right: Uint32Array,
    fromLeft: { places: Uint32Array; gains: Float32Array },
    fromRight: { places: Uint32Array; gains: Float32Array },
  ): number {
    const most = Math.min(left.length, right.length);
    let moved = 0;
    for (; moved < most; moved += 1) {
      const l = fromLeft.places[moved]!;
      const r = fromRight.places[moved]!;
      if (fromLeft.gains[l]! + fromRight.gains[r]! <= 0) break;
      const doc = left[l]!;
      const other = right[r]!;
      this.#add(this.#left, doc, -1);
      this.#add(this.#right, doc, 1);
      this.#add(this.#right, other, -1);
      this.#add(this.#left, other, 1);
      left[l] = other;
      right[r] = doc;
    }
    return moved;
  }
}

const LOGS = Float64Array.from({ length: 2 ** 16 }, (_, n) => Math.log2(n + 1));
const bits = (docs: number, log: number): number => docs * (log - (LOGS[docs] ?? Math.log2(docs + 1)));
