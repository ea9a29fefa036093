import type { TermScorer } from '../rank/scorer.ts';
import { ConditionTable } from './condition-table.ts';
import type { Condition, ScoringTerm } from './query-terms.ts';
import type { SegmentIndex } from './segment-index.ts';
import { countUpTo } from './term-list.ts';

/** Documents at a time: what is known of them stays in the processor's nearest caches. */
const MOST_DOCUMENTS = 8_192;

/**
 * Goes through the documents of a segment that have a scoring term, a window after the other, and adds up their scores
 * term by term in the query's order, so that sums are rounded as everywhere else. Of lists that are not here yet,
 * what has been read counts. Deleted documents are left out.
 * @param conditions of terms whose lists are here (or that the segment does not have)
 * @param see called for every document for which the conditions hold, ascending
 */
export function forEachWindow(
  { docs, deletions, lists }: SegmentIndex,
  scoring: readonly ScoringTerm[],
  conditions: readonly Condition[],
  scorers: readonly TermScorer[],
  see: (docId: number, score: number) => void,
): void {
  const size = Math.min(docs, MOST_DOCUMENTS);
  const scores = new Float64Array(size);
  const matched = new Uint8Array(size);
  const table = new ConditionTable(conditions, size);
  const walks = scoring.flatMap(({ term }, i) => {
    const list = lists.get(term);
    return list ? [{ ...list.postings(), scorer: scorers[i]!, next: 0 }] : [];
  });
  const marked = [...lists].flatMap(([term, list]) => {
    const marks = table.marksOf(term);
    return marks.length > 0 ? [{ docIds: list.postings().docIds, marks }] : [];
  });
  for (;;) {
    // The next window begins at the next document that has a scoring term.
    let start = docs;
    for (const { docIds, next } of walks) start = Math.min(start, docIds[next] ?? docs);
    if (start >= docs) return;
    const end = start + size;
    for (const walk of walks) {
      const { docIds, termFreqs, docLens, scorer } = walk;
      let i = walk.next;
      for (; i < docIds.length && docIds[i]! < end; i += 1) {
        scores[docIds[i]! - start]! += scorer.score(termFreqs[i]!, docLens[i]!);
        matched[docIds[i]! - start] = 1;
      }
      walk.next = i;
    }
    for (const { docIds, marks } of marked) {
      for (let i = countUpTo(docIds, start - 1); i < docIds.length && docIds[i]! < end; i += 1) {
        for (const mark of marks) mark(docIds[i]! - start);
      }
    }
    for (let slot = 0; slot < size; slot += 1) {
      if (matched[slot] === 0 || !table.hold(slot) || deletions?.has(start + slot)) continue;
      see(start + slot, scores[slot]!);
    }
    scores.fill(0);
    matched.fill(0);
    table.clear();
  }
}
