import { inverseDocFreq } from './bm25.ts';

/** How many of some documents have a term. Counts of disjoint sets of documents add up. */
export class TermCounts {
  docs = 0;
  readonly docFreqs = new Map<string, number>();

  /** @param terms of one document, each once */
  add(terms: Iterable<string>): void {
    this.docs += 1;
    for (const term of terms) this.docFreqs.set(term, (this.docFreqs.get(term) ?? 0) + 1);
  }

  merge(other: TermCounts): void {
    this.docs += other.docs;
    for (const [term, count] of other.docFreqs) {
      this.docFreqs.set(term, (this.docFreqs.get(term) ?? 0) + count);
    }
  }
}

/** A term that goes with some documents. */
export interface Association {
  readonly term: string;
  /** Log-odds of the term inside against outside; above 0. */
  readonly logOdds: number;
  /** The same, shrunk where chance would explain it, down to 0. */
  readonly strength: number;
  /** How many of the documents have it. */
  readonly count: number;
  /** How many of the whole collection have it. */
  readonly docFreq: number;
}

/** Deviations below one are chance; from four on a term counts in full. */
const LEAST_DEVIATION = 1;
const SURE_DEVIATION = 4;

/**
 * What stands in some documents more often than in the collection that they are part of, the strongest first: by
 * log-odds with half a document added on each side (Haldane 1955; Anscombe 1956), which is the weight of naive Bayes,
 * times how far the count is from what chance gives, in standard deviations.
 * @param docFreqOf of the whole collection; terms for which it is unknown are left out
 */
export function associate(
  documents: TermCounts,
  docCount: number,
  docFreqOf: (term: string) => number | undefined,
): Association[] {
  const found: Association[] = [];
  for (const [term, count] of documents.docFreqs) {
    const docFreq = docFreqOf(term);
    if (docFreq === undefined) continue;
    const association = weighAssociation(term, count, docFreq, documents.docs, docCount);
    if (association.logOdds > 0) found.push(association);
  }
  return strongestFirst(found);
}

/**
 * @param count documents inside that have the term
 * @param docFreq documents inside and outside that have it
 * @param inside of `docCount` documents
 */
export function weighAssociation(
  term: string,
  count: number,
  docFreq: number,
  inside: number,
  docCount: number,
): Association {
  const outside = docCount - inside;
  const here = (count + 0.5) / (inside + 1);
  const there = (Math.max(0, docFreq - count) + 0.5) / (outside + 1);
  const logOdds = Math.log((here * (1 - there)) / (there * (1 - here)));
  const deviation = deviationOf(count, docFreq, inside, docCount);
  const sure = Math.max(0, Math.min(1, (deviation - LEAST_DEVIATION) / (SURE_DEVIATION - LEAST_DEVIATION)));
  return { term, logOdds, strength: Math.max(0, logOdds) * sure, count, docFreq };
}

/** How far a count is from what chance gives, in standard deviations, with one document of doubt. */
function deviationOf(count: number, docFreq: number, inside: number, docCount: number): number {
  const expected = (docFreq * inside) / docCount;
  const variance = expected * (1 - inside / docCount) * (1 - docFreq / docCount) + 1;
  return (count - expected) / Math.sqrt(variance);
}

/** Whether chance explains a count, so that its strength is 0: quickly told, for most pairs of words are so. */
export const isByChance = (count: number, docFreq: number, inside: number, docCount: number): boolean =>
  deviationOf(count, docFreq, inside, docCount) <= LEAST_DEVIATION;

/** By what moves a ranking most. */
export const strongestFirst = (associations: readonly Association[]): Association[] =>
  associations.toSorted((a, b) => pullOf(b) - pullOf(a) || (a.term < b.term ? -1 : 1));

/** How much a term moves a ranking: a strong one that hardly any document has moves little. */
export const pullOf = (association: Association): number =>
  evidence(association) * Math.sqrt(association.docFreq);

/**
 * What a term adds to a score. Naive Bayes would add the strength, as if terms knew nothing of each other; many weak
 * ones that say the same of a scene then outweigh the few that know. Squared, those count.
 */
const evidence = ({ strength }: Association): number => strength ** 2;

/** The weight that makes a term add its evidence to a score, where BM25 would multiply with its rarity. */
export const scoringWeight = (association: Association, docCount: number): number =>
  evidence(association) / inverseDocFreq(docCount, association.docFreq);

/**
 * What goes with a query by two counts, of the collection and of others: the mean of what both say. A term that one of them does not
 * know has nothing from there.
 * @param others term -> strength
 * @param docFreqOf of the collection, for terms that are not among `own`; those that it does not have are left out
 */
export function averageAssociations(
  own: readonly Association[],
  others: ReadonlyMap<string, number>,
  docFreqOf: (term: string) => number | undefined,
): Association[] {
  const mean = (one: number, other: number) => Math.sqrt((one ** 2 + other ** 2) / 2);
  const known = new Set(own.map(({ term }) => term));
  const both = own.map((association) => ({
    ...association,
    strength: mean(association.strength, others.get(association.term) ?? 0),
  }));
  const added = Array.from(others).flatMap(([term, strength]): Association[] => {
    const docFreq = docFreqOf(term) ?? 0;
    return known.has(term) || docFreq === 0
      ? []
      : [{ term, logOdds: strength, strength: mean(0, strength), count: 0, docFreq }];
  });
  return strongestFirst([...both, ...added]);
}
