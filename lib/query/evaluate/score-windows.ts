import type { TermScorer } from '../../rank/scorer.ts';
import type { CnfClause, ScoringTerm } from '../plan/query-terms.ts';
import type { SegmentPostings } from './segment-postings.ts';
import {
  setBit,
  orInto,
  keepWhereAllClausesHold,
  emptyBitset,
  WORD_BITS,
  type DocBitset,
} from './doc-bitset.ts';
import { countUpTo } from './postings-list.ts';

/** Documents in a score window: their scores fit into the processor's nearest cache. */
const MOST_DOCUMENTS = 4_096;

/** Consecutive documents of a segment. The first is in slot 0. */
interface Window {
  readonly start: number;
  /** Score by slot, valid for documents that match. */
  readonly scores: Float64Array;
  readonly matching: DocBitset;
}

/**
 * Goes through the documents of a segment that have a scoring term, one score window after the other, and adds up
 * their scores term by term in the query's order, so that sums are rounded as everywhere else. Of lists that are not
 * complete, the postings that have been read count. Deleted documents are left out.
 * @param clauses of terms whose lists are complete (or that the segment does not have)
 * @param see called for every window that has documents, in ascending order; its arrays are reused for the next
 * window
 */
export function forEachScoreWindow(
  { docs, deletions, lists }: SegmentPostings,
  scoring: readonly ScoringTerm[],
  cnf: readonly CnfClause[],
  scorers: readonly TermScorer[],
  see: (window: Window) => void,
): void {
  const size = Math.min(docs, MOST_DOCUMENTS);
  const scores = new Float64Array(size);
  const matching = emptyBitset(size);
  const withTerm = new Map<string, DocBitset>();
  const walks = scoring.flatMap(({ term }, i) => {
    const list = lists.get(term);
    if (!list) return [];
    const slots = emptyBitset(size);
    withTerm.set(term, slots);
    return [{ postings: list.postings(), scorer: scorers[i]!, slots, next: 0 }];
  });
  const clauseTerms = new Set(cnf.flatMap(({ anyOf, notAllOf }) => [...anyOf, ...notAllOf]));
  const others = [...clauseTerms].flatMap((term) => {
    const list = withTerm.has(term) ? undefined : lists.get(term);
    if (!list) return [];
    const slots = emptyBitset(size);
    withTerm.set(term, slots);
    return [{ docIds: list.postings().docIds, slots }];
  });
  for (;;) {
    // The next window begins at the next document that has a scoring term, or directly before it.
    let start = docs;
    for (const { postings, next } of walks) start = Math.min(start, postings.docIds[next] ?? docs);
    if (start >= docs) return;
    start -= start % WORD_BITS;
    const end = start + size;
    for (const walk of walks) {
      const { postings, scorer, slots, next } = walk;
      walk.next = countUpTo(postings.docIds, end - 1, next);
      scorer.addScores(postings, next, walk.next, start, scores);
      addDocuments(slots, postings.docIds, next, walk.next, start);
      orInto(matching, slots);
    }
    for (const { docIds, slots } of others) {
      const from = countUpTo(docIds, start - 1);
      addDocuments(slots, docIds, from, countUpTo(docIds, end - 1, from), start);
    }
    keepWhereAllClausesHold(matching, cnf, withTerm);
    if (deletions)
      for (let w = 0; w < matching.length; w += 1) matching[w]! &= ~deletions.word(start / 32 + w);
    see({ start, scores, matching });
    scores.fill(0);
    matching.fill(0);
    for (const slots of withTerm.values()) slots.fill(0);
  }
}

function addDocuments(slots: DocBitset, docIds: Uint32Array, from: number, to: number, start: number): void {
  for (let i = from; i < to; i += 1) setBit(slots, docIds[i]! - start);
}
