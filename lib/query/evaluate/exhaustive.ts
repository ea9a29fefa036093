import { bm25Weigher, inverseDocFreq, type Bm25Params, type Collection } from '../../rank/bm25.ts';
import { countedBy } from '../../rank/placed-freq.ts';
import type { Deletions } from '../../index/segment/deletions.ts';
import type { Postings } from '../../index/postings/postings.ts';
import type { CnfClause, QueryTerms } from '../plan/query-terms.ts';
import { TopK, type ScoredDoc } from './top-k.ts';

/**
 * The complete postings lists of the query's terms in one segment. Terms that the segment does not have are
 * absent.
 */
export interface SegmentLists {
  readonly docs: number;
  readonly deletions: Deletions | undefined;
  readonly lists: ReadonlyMap<string, Postings>;
}

/** The result of an exhaustive evaluation. */
interface ExhaustiveRanking {
  readonly top: readonly ScoredDoc[];
  /** How many documents match, exactly. */
  readonly total: number;
  /** How many postings were read. */
  readonly postings: number;
}

/** How many documents of all segments have the term. Deleted ones count until a merge leaves them out. */
export function docFreqOf(segments: readonly SegmentLists[], term: string): number {
  return segments.reduce((sum, { lists }) => sum + (lists.get(term)?.docIds.length ?? 0), 0);
}

/**
 * Scores every matching document, term by term in the query's order. It is the oracle of every faster
 * evaluator. Segments are in order of insertion, and documents are numbered through them.
 */
export function evaluateExhaustively(
  segments: readonly SegmentLists[],
  terms: QueryTerms,
  collection: Collection,
  params: Bm25Params,
  k: number,
): ExhaustiveRanking {
  const weigh = bm25Weigher(params, collection);
  const freqOf = countedBy(params);
  const factors = terms.scoring.map(
    ({ term, weight }) => weight * inverseDocFreq(collection.docCount, docFreqOf(segments, term)),
  );
  const top = new TopK(k);
  let total = 0;
  let postings = 0;
  let base = 0;
  for (const segment of segments) {
    const scores = new Float64Array(segment.docs);
    const matched = new Uint8Array(segment.docs);
    for (const { docIds } of segment.lists.values()) postings += docIds.length;
    for (const [i, { term }] of terms.scoring.entries()) {
      const list = segment.lists.get(term);
      if (!list) continue;
      const { docIds, placedFreqs, docLens } = list;
      for (let p = 0; p < docIds.length; p += 1) {
        const doc = docIds[p]!;
        scores[doc]! += weigh(factors[i]!, freqOf(placedFreqs[p]!), docLens[p]!);
        matched[doc] = 1;
      }
    }
    for (const clause of terms.cnf) {
      const holds = whereHolds(clause, segment);
      for (let doc = 0; doc < segment.docs; doc += 1) matched[doc]! &= holds[doc]!;
    }
    for (let doc = 0; doc < segment.docs; doc += 1) {
      if (!matched[doc] || segment.deletions?.has(doc)) continue;
      total += 1;
      top.offer(base + doc, scores[doc]!);
    }
    base += segment.docs;
  }
  return { top: top.ranked(), total, postings };
}

/** 1 for each document for which the clause holds. */
function whereHolds({ anyOf, notAllOf }: CnfClause, { docs, lists }: SegmentLists): Uint8Array {
  const found = new Uint32Array(docs);
  for (const term of notAllOf) for (const doc of lists.get(term)?.docIds ?? []) found[doc]! += 1;
  const holds = Uint8Array.from(found, (count) => (count < notAllOf.length ? 1 : 0));
  for (const term of anyOf) for (const doc of lists.get(term)?.docIds ?? []) holds[doc] = 1;
  return holds;
}
