import type { CnfClause } from '../plan/query-terms.ts';

/**
 * A set of slots as bits: slot s is bit s % 32 of word s / 32. Evaluators number a window of documents as
 * slots, and decide 32 of them with one operation.
 */
export type DocBitset = Uint32Array;

/** How many slots a word holds. */
export const WORD_BITS = 32;

export const emptyBitset = (slots: number): DocBitset => new Uint32Array(Math.ceil(slots / WORD_BITS));

export function setBit(set: DocBitset, slot: number): void {
  set[slot >>> 5]! |= 1 << (slot & 31);
}

export const hasBit = (set: DocBitset, slot: number): boolean =>
  (set[slot >>> 5]! & (1 << (slot & 31))) !== 0;

export function orInto(set: DocBitset, more: DocBitset): void {
  for (let w = 0; w < set.length; w += 1) set[w]! |= more[w]!;
}

/** The lowest slot that is set in a word; at least one is. */
export const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);

/** How many slots are set in a word. Source: Warren, "Hacker's Delight", 5-1. */
export function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/**
 * Removes the documents for which one of the clauses does not hold.
 * @param withTerm slots of the documents that have a term; no document has it if there is no such set
 */
export function keepWhereAllClausesHold(
  set: DocBitset,
  cnf: readonly CnfClause[],
  withTerm: ReadonlyMap<string, DocBitset>,
): void {
  const setsOf = (terms: readonly string[]) => terms.map((term) => withTerm.get(term));
  for (const clause of cnf) {
    const anyOf = setsOf(clause.anyOf).filter((one) => one !== undefined);
    const notAllOf = setsOf(clause.notAllOf);
    for (let w = 0; w < set.length; w += 1) {
      let some = 0;
      for (const one of anyOf) some |= one[w]!;
      let all = ~0;
      for (const one of notAllOf) all &= one ? one[w]! : 0;
      set[w]! &= some | ~all;
    }
  }
}
