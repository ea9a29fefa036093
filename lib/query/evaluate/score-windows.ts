import type { TermScorer } from '../../rank/scorer.ts';
import type { Condition, ScoringTerm } from '../plan/query-terms.ts';
import type { SegmentIndex } from './segment-index.ts';
import { addSlot, addSlots, keepWhereAllHold, noSlots, WORD_SLOTS, type SlotSet } from './doc-bitset.ts';
import { countUpTo } from './postings-list.ts';

/** Documents at a time: what is known of them stays in the processor's nearest cache. */
const MOST_DOCUMENTS = 4_096;

/** Consecutive documents of a segment, the first in slot 0. */
export interface Window {
  readonly start: number;
  /** By slot; meaningful where a document matches. */
  readonly scores: Float64Array;
  readonly matching: SlotSet;
}

/**
 * Goes through the documents of a segment that have a scoring term, a window after the other, and adds up their scores
 * term by term in the query's order, so that sums are rounded as everywhere else. Of lists that are not here yet,
 * what has been read counts. Deleted documents are left out.
 * @param conditions of terms whose lists are here (or that the segment does not have)
 * @param see called for every window that has documents, ascending; its arrays are used again for the next
 */
export function forEachWindow(
  { docs, deletions, lists }: SegmentIndex,
  scoring: readonly ScoringTerm[],
  conditions: readonly Condition[],
  scorers: readonly TermScorer[],
  see: (window: Window) => void,
): void {
  const size = Math.min(docs, MOST_DOCUMENTS);
  const scores = new Float64Array(size);
  const matching = noSlots(size);
  const withTerm = new Map<string, SlotSet>();
  const walks = scoring.flatMap(({ term }, i) => {
    const list = lists.get(term);
    if (!list) return [];
    const slots = noSlots(size);
    withTerm.set(term, slots);
    return [{ postings: list.postings(), scorer: scorers[i]!, slots, next: 0 }];
  });
  const asked = new Set(conditions.flatMap(({ has, lacks }) => [...has, ...lacks]));
  const others = [...asked].flatMap((term) => {
    const list = withTerm.has(term) ? undefined : lists.get(term);
    if (!list) return [];
    const slots = noSlots(size);
    withTerm.set(term, slots);
    return [{ docIds: list.postings().docIds, slots }];
  });
  for (;;) {
    // The next window begins at the next document that has a scoring term, or right before it.
    let start = docs;
    for (const { postings, next } of walks) start = Math.min(start, postings.docIds[next] ?? docs);
    if (start >= docs) return;
    start -= start % WORD_SLOTS;
    const end = start + size;
    for (const walk of walks) {
      const { postings, scorer, slots, next } = walk;
      walk.next = countUpTo(postings.docIds, end - 1, next);
      scorer.addScores(postings, next, walk.next, start, scores);
      addDocuments(slots, postings.docIds, next, walk.next, start);
      addSlots(matching, slots);
    }
    for (const { docIds, slots } of others) {
      const from = countUpTo(docIds, start - 1);
      addDocuments(slots, docIds, from, countUpTo(docIds, end - 1, from), start);
    }
    keepWhereAllHold(matching, conditions, withTerm);
    if (deletions)
      for (let w = 0; w < matching.length; w += 1) matching[w]! &= ~deletions.word(start / 32 + w);
    see({ start, scores, matching });
    scores.fill(0);
    matching.fill(0);
    for (const slots of withTerm.values()) slots.fill(0);
  }
}

function addDocuments(slots: SlotSet, docIds: Uint32Array, from: number, to: number, start: number): void {
  for (let i = from; i < to; i += 1) addSlot(slots, docIds[i]! - start);
}
