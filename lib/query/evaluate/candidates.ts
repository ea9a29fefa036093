import type { PostingsBound } from '../../index/postings/postings.ts';
import { ROUNDING, type TermScorer } from '../../rank/scorer.ts';
import type { CnfClause, QueryTerms } from '../plan/query-terms.ts';
import type { SegmentPostings } from './segment-postings.ts';
import {
  setBit,
  lowestBit,
  hasBit,
  keepWhereAllClausesHold,
  emptyBitset,
  WORD_BITS,
  type DocBitset,
} from './doc-bitset.ts';
import { countUpTo, type PostingsList } from './postings-list.ts';
import type { TopK } from './top-k.ts';
import { RunBounds } from './run-bounds.ts';
import { forEachScoreWindow } from './score-windows.ts';

/** Candidates of one segment: documents that may be among the best k, ascending, with a bound of each score. */
interface Candidates {
  readonly docIds: Uint32Array;
  readonly maxScore: Float64Array;
}

/** A postings list that has not been read completely. */
interface UnreadList {
  readonly list: PostingsList;
  /**
   * For each run, the maxScore that a document can have from unread postings; 0 for terms that do not score.
   */
  readonly maxScore: Float64Array;
}

/**
 * Finds the candidates: documents that have a scoring term in the postings that have been read, that may match, and
 * that may reach the threshold. Where a run of a list has not been read, its bound stands for its postings.
 * @param partial receives documents that certainly match, with scores that are not above their own
 * @param threshold the score that a document has to reach
 */
export function findCandidates(
  segment: SegmentPostings,
  { scoring, cnf }: QueryTerms,
  scorers: readonly TermScorer[],
  base: number,
  partial: TopK,
  threshold: number,
): Candidates {
  const unread = unreadLists(segment, scoring, scorers);
  const { decided, needed, allDecided } = splitClauses(cnf, unread, segment);
  const postings = scoring.reduce(
    (sum, { term }) => sum + (segment.lists.get(term)?.postings().docIds.length ?? 0),
    0,
  );
  const docIds = new Uint32Array(Math.min(postings, segment.docs));
  const maxScore = new Float64Array(docIds.length);
  let count = 0;
  const bounds = Array.from(unread.values(), ({ list, maxScore: ofRun }) => new RunBounds(list, ofRun));
  const demanded = needed.map((lists) => lists.map((list) => list.mayHaveInOrder()));
  const isOut = (docId: number) => demanded.some((lists) => lists.every((mayHave) => !mayHave(docId)));
  let known = partial.threshold;
  let least = Math.max(threshold, known);
  forEachScoreWindow(segment, scoring, decided, scorers, ({ start, scores, matching }) => {
    let maxUnread = 0;
    for (const bound of bounds) maxUnread += bound.maxScoreIn(start, start + scores.length);
    maxUnread *= ROUNDING; // the sum is in another order than below, and may be rounded differently
    for (let w = 0; w < matching.length; w += 1) {
      for (let rest = matching[w]!; rest !== 0; rest &= rest - 1) {
        const slot = w * WORD_BITS + lowestBit(rest);
        const score = scores[slot]!;
        if ((score + maxUnread) * ROUNDING < least) continue;
        const docId = start + slot;
        let bound = score;
        for (const one of bounds) bound += one.maxScoreAt(docId);
        if (isOut(docId)) continue;
        if (allDecided && score > known) {
          partial.offer(base + docId, score);
          known = partial.threshold;
          least = Math.max(threshold, known);
        }
        if (bound * ROUNDING < least) continue;
        docIds[count] = docId;
        maxScore[count] = bound * ROUNDING;
        count += 1;
      }
    }
  });
  return { docIds: docIds.subarray(0, count), maxScore: maxScore.subarray(0, count) };
}

/** The candidates that reach a threshold that has risen since. */
export function atLeast({ docIds, maxScore }: Candidates, threshold: number): Uint32Array {
  const kept = new Uint32Array(docIds.length);
  let count = 0;
  for (let i = 0; i < docIds.length; i += 1) {
    kept[count] = docIds[i]!;
    if (maxScore[i]! >= threshold) count += 1;
  }
  return kept.slice(0, count);
}

function unreadLists(
  { lists }: SegmentPostings,
  scoring: QueryTerms['scoring'],
  scorers: readonly TermScorer[],
): ReadonlyMap<string, UnreadList> {
  const unread = new Map<string, UnreadList>();
  for (const [term, list] of lists) {
    if (list.isComplete) continue;
    const scorer = scorers[scoring.findIndex((scored) => scored.term === term)];
    const missing = new Set(list.missing());
    const maxScoreOf = (run: PostingsBound, i: number) => (missing.has(i) ? (scorer?.maxScore(run) ?? 0) : 0);
    unread.set(term, { list, maxScore: Float64Array.from(list.runs, maxScoreOf) });
  }
  return unread;
}

/**
 * Separates clauses that the postings in memory decide from others. Of an undecided clause that requires
 * one of its terms, it keeps the lists: a document must be in one of them. The rest of such a clause is
 * checked later.
 */
function splitClauses(
  cnf: readonly CnfClause[],
  unread: ReadonlyMap<string, UnreadList>,
  { lists }: SegmentPostings,
): { decided: CnfClause[]; needed: PostingsList[][]; allDecided: boolean } {
  const isOpen = ({ anyOf, notAllOf }: CnfClause) => [...anyOf, ...notAllOf].some((term) => unread.has(term));
  const open = cnf.filter(isOpen);
  const needed = open
    .filter(({ notAllOf }) => notAllOf.length === 0)
    .map(({ anyOf }) => anyOf.flatMap((term) => lists.get(term) ?? []));
  return { decided: cnf.filter((one) => !isOpen(one)), needed, allDecided: open.length === 0 };
}

/**
 * Scores documents of a segment exactly, term by term in the query's order. All postings that this needs are in
 * memory.
 * @param docIds ascending
 * @returns how many of them match
 */
export function scoreCandidates(
  { lists }: SegmentPostings,
  { scoring, cnf }: QueryTerms,
  scorers: readonly TermScorer[],
  docIds: Uint32Array,
  base: number,
  top: TopK,
): number {
  const scores = new Float64Array(docIds.length);
  const matching = emptyBitset(docIds.length).fill(~0);
  const withTerm = new Map<string, DocBitset>();
  const conditioned = new Set(cnf.flatMap(({ anyOf, notAllOf }) => [...anyOf, ...notAllOf]));
  for (const [i, { term }] of scoring.entries()) {
    const postings = lists.get(term)?.postings();
    if (!postings) continue;
    const places = placesOf(docIds, postings.docIds);
    for (let slot = 0; slot < places.length; slot += 1) {
      if (places[slot]! >= 0) scores[slot]! += scorers[i]!.scoreAt(postings, places[slot]!);
    }
    if (conditioned.delete(term)) withTerm.set(term, slotsWith(places));
  }
  for (const term of conditioned) {
    const list = lists.get(term);
    if (list) withTerm.set(term, slotsWith(placesOf(docIds, list.postings().docIds)));
  }
  keepWhereAllClausesHold(matching, cnf, withTerm);
  let total = 0;
  for (let slot = 0; slot < docIds.length; slot += 1) {
    if (!hasBit(matching, slot)) continue;
    total += 1;
    top.offer(base + docIds[slot]!, scores[slot]!);
  }
  return total;
}

/** How many values are compared one by one before the search leaps. */
const NEAR = 6;

/**
 * The index of each of some ascending values in a longer ascending array, -1 if it is absent. The shorter array
 * is walked, the longer one is searched.
 */
function placesOf(some: Uint32Array, many: Uint32Array): Int32Array {
  const places = new Int32Array(some.length).fill(-1);
  let at = 0;
  for (let i = 0; i < some.length && at < many.length; i += 1) {
    const value = some[i]!;
    for (let near = 0; near < NEAR && at < many.length && many[at]! < value; near += 1) at += 1;
    let step = 1;
    while (at + step < many.length && many[at + step]! < value) step *= 2;
    at = countUpTo(many, value - 1, at, Math.min(many.length, at + step + 1));
    if (many[at] === value) places[i] = at;
  }
  return places;
}

function slotsWith(places: Int32Array): DocBitset {
  const slots = emptyBitset(places.length);
  for (let slot = 0; slot < places.length; slot += 1) if (places[slot]! >= 0) setBit(slots, slot);
  return slots;
}
