import { readFileSync } from 'node:fs';

/**
 * The classifier's classes and what is wider (efficientnet/classes.tsv): a line each, its name, a tab, and the lines of those that are next wider, from 0.
 * The first are the network's outputs in their order.
 */
export class ClassTree {
  readonly names: readonly string[];
  /** Of each class all that is wider, the narrowest first. */
  private readonly wider: readonly (readonly number[])[];
  /** Of each class how many outputs are kinds of it. */
  private readonly kindCounts: Uint16Array;
  private readonly outputCount: number;

  constructor(table: string, outputCount: number) {
    const lines = table.trimEnd().split('\n');
    this.names = lines.map((line) => line.split('\t')[0]!);
    const next = lines.map((line) => (line.split('\t')[1] ?? '').split(' ').filter(Boolean).map(Number));
    const above = next.map((_, place) => [...closure(place, next)]);
    const kindCounts = new Uint16Array(lines.length);
    for (let output = 0; output < outputCount; output++)
      for (const place of [output, ...above[output]!]) kindCounts[place]! += 1;
    this.wider = above.map((places) => places.sort((a, b) => kindCounts[a]! - kindCounts[b]!));
    this.kindCounts = kindCounts;
    this.outputCount = outputCount;
  }

  /** The class of a name: a wider one where an output is called so, too. */
  placeOf(name: string): number | undefined {
    const place = this.names.lastIndexOf(name);
    return place < 0 ? undefined : place;
  }

  isKindOf(place: number, of: number): boolean {
    return place === of || this.wider[place]!.includes(of);
  }

  isOutput(place: number): boolean {
    return place < this.outputCount;
  }

  /** How many outputs are kinds of a class, itself counted. */
  kindsOf(place: number): number {
    return this.kindCounts[place]!;
  }

  /** The narrowest class that is wider and still tells something: not half of everything. */
  widerOf(place: number): number | undefined {
    return this.wider[place]!.find((wider) => this.kindCounts[wider]! <= MOST_KINDS * this.outputCount);
  }

  /** Probability of every class: of a wider one, the sum over the outputs that are kinds of it. */
  sums(probabilities: Float32Array): Float32Array {
    const sums = new Float32Array(this.names.length);
    for (const [output, probability] of probabilities.entries())
      for (const place of [output, ...this.wider[output]!]) sums[place]! += probability;
    return sums;
  }

  /**
   * The most specific class of at least a probability: fewest kinds, then most probable (Deng et al., "Hedging your bets", CVPR 2012).
   * @param sums of all classes
   */
  mostSpecific(sums: Float32Array, minProbability: number): number | undefined {
    let best: number | undefined;
    for (const [place, sum] of sums.entries()) {
      if (sum < minProbability) continue;
      const fewer = best === undefined ? -1 : this.kindCounts[place]! - this.kindCounts[best]!;
      if (fewer < 0 || (fewer === 0 && sum > sums[best!]!)) best = place;
    }
    return best;
  }
}

/** A wider word that more than this share of the outputs are kinds of ("device") is left unsaid beside a narrower one. */
const MOST_KINDS = 1 / 8;
const OUTPUT_COUNT = 1_000;

/** The tree of the table beside the network. */
export const readClassTree = (): ClassTree =>
  new ClassTree(readFileSync(new URL('./efficientnet/classes.tsv', import.meta.url), 'utf8'), OUTPUT_COUNT);

function closure(
  place: number,
  next: readonly (readonly number[])[],
  found = new Set<number>(),
): Set<number> {
  for (const wider of next[place]!) {
    if (found.has(wider)) continue;
    found.add(wider);
    closure(wider, next, found);
  }
  return found;
}
