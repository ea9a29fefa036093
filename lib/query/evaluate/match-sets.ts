import type { QueryTerms } from '../plan/query-terms.ts';
import { termsToRead } from '../plan/query-terms.ts';
import {
  countBits,
  emptyBitset,
  keepWhereAllClausesHold,
  lowestBit,
  orInto,
  setBit,
  WORD_BITS,
  type DocBitset,
} from './doc-bitset.ts';
import type { SegmentPostings } from './segment-postings.ts';

/** Documents of a snapshot, as a set for each segment. */
export type DocSets = readonly DocBitset[];

/** All documents that match, without a score. The lists of the terms are complete. */
export const matchSets = (segments: readonly SegmentPostings[], terms: QueryTerms): DocSets =>
  segments.map(({ docs, deletions, lists }) => {
    const withTerm = new Map(
      termsToRead(terms).map((term) => {
        const set = emptyBitset(docs);
        for (const docId of lists.get(term)?.postings().docIds ?? []) setBit(set, docId);
        return [term, set];
      }),
    );
    const matching = emptyBitset(docs);
    for (const { term } of terms.scoring) orInto(matching, withTerm.get(term)!);
    keepWhereAllClausesHold(matching, terms.cnf, withTerm);
    return deletions ? matching.map((word, w) => word & ~deletions.word(w)) : matching;
  });

/** Those that have a term, whose lists are complete. */
export const withTerm = (sets: DocSets, segments: readonly SegmentPostings[], term: string): DocSets =>
  sets.map((set, s) => {
    const own = emptyBitset(segments[s]!.docs);
    for (const docId of segments[s]!.lists.get(term)?.postings().docIds ?? []) setBit(own, docId);
    return own.map((word, w) => word & set[w]!);
  });

/** Those that are not among some. */
export const without = (sets: DocSets, some: DocSets): DocSets =>
  sets.map((set, s) => set.map((word, w) => word & ~some[s]![w]!));

export const countDocs = (sets: DocSets): number =>
  sets.reduce((sum, set) => set.reduce((count, word) => count + countBits(word), sum), 0);

/** Numbered through the segments, ascending. */
export function docsOf(sets: DocSets, segments: readonly Pick<SegmentPostings, 'docs'>[]): number[] {
  const docs: number[] = [];
  let base = 0;
  for (const [s, set] of sets.entries()) {
    for (const [w, word] of set.entries())
      for (let rest = word; rest !== 0; rest &= rest - 1) docs.push(base + w * WORD_BITS + lowestBit(rest));
    base += segments[s]!.docs;
  }
  return docs;
}
