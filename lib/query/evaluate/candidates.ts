import type { RunBound } from '../../index/postings/postings.ts';
import { ROUNDING, type TermScorer } from '../../rank/scorer.ts';
import type { Condition, QueryTerms } from '../plan/query-terms.ts';
import type { SegmentIndex } from './segment-index.ts';
import {
  addSlot,
  firstSlot,
  hasSlot,
  keepWhereAllHold,
  noSlots,
  WORD_SLOTS,
  type SlotSet,
} from './doc-bitset.ts';
import { countUpTo, type TermList } from './postings-list.ts';
import type { TopK } from './top-k.ts';
import { RunBounds } from './run-bounds.ts';
import { forEachWindow } from './score-windows.ts';

/** Documents of one segment that may be among the best, ascending, with what their scores cannot exceed. */
export interface Candidates {
  readonly docIds: Uint32Array;
  readonly most: Float64Array;
}

/** A list of which not all has been read. */
interface UnreadList {
  readonly list: TermList;
  /** What a document of each run has of it at most beyond what has been read; 0 for terms that add nothing. */
  readonly most: Float64Array;
}

/**
 * Documents that have a scoring term in what has been read, and that may match and reach the floor, as far as can be
 * seen: of a list whose run has not been read, a document has at most the bound of that run.
 * @param partial takes documents that match for sure, with scores that theirs do not fall below
 * @param floor score that a document has to reach
 */
export function findCandidates(
  segment: SegmentIndex,
  { scoring, conditions }: QueryTerms,
  scorers: readonly TermScorer[],
  base: number,
  partial: TopK,
  floor: number,
): Candidates {
  const unread = unreadLists(segment, scoring, scorers);
  const { decided, needed, allDecided } = splitConditions(conditions, unread, segment);
  const postings = scoring.reduce(
    (sum, { term }) => sum + (segment.lists.get(term)?.postings().docIds.length ?? 0),
    0,
  );
  const docIds = new Uint32Array(Math.min(postings, segment.docs));
  const most = new Float64Array(docIds.length);
  let count = 0;
  const bounds = Array.from(unread.values(), ({ list, most: ofRun }) => new RunBounds(list, ofRun));
  const demanded = needed.map((lists) => lists.map((list) => list.mayHaveInOrder()));
  const isOut = (docId: number) => demanded.some((lists) => lists.every((mayHave) => !mayHave(docId)));
  let known = partial.floor;
  let least = Math.max(floor, known);
  forEachWindow(segment, scoring, decided, scorers, ({ start, scores, matching }) => {
    let mostUnread = 0;
    for (const bound of bounds) mostUnread += bound.mostIn(start, start + scores.length);
    mostUnread *= ROUNDING; // added up in another order than below
    for (let w = 0; w < matching.length; w += 1) {
      for (let rest = matching[w]!; rest !== 0; rest &= rest - 1) {
        const slot = w * WORD_SLOTS + firstSlot(rest);
        const score = scores[slot]!;
        if ((score + mostUnread) * ROUNDING < least) continue;
        const docId = start + slot;
        let bound = score;
        for (const one of bounds) bound += one.mostAt(docId);
        if (isOut(docId)) continue;
        if (allDecided && score > known) {
          partial.offer(base + docId, score);
          known = partial.floor;
          least = Math.max(floor, known);
        }
        if (bound * ROUNDING < least) continue;
        docIds[count] = docId;
        most[count] = bound * ROUNDING;
        count += 1;
      }
    }
  });
  return { docIds: docIds.subarray(0, count), most: most.subarray(0, count) };
}

/** The candidates that reach a floor that has risen since. */
export function atLeast({ docIds, most }: Candidates, floor: number): Uint32Array {
  const kept = new Uint32Array(docIds.length);
  let count = 0;
  for (let i = 0; i < docIds.length; i += 1) {
    kept[count] = docIds[i]!;
    if (most[i]! >= floor) count += 1;
  }
  return kept.slice(0, count);
}

function unreadLists(
  { lists }: SegmentIndex,
  scoring: QueryTerms['scoring'],
  scorers: readonly TermScorer[],
): ReadonlyMap<string, UnreadList> {
  const unread = new Map<string, UnreadList>();
  for (const [term, list] of lists) {
    if (list.isHere) continue;
    const scorer = scorers[scoring.findIndex((scored) => scored.term === term)];
    const missing = new Set(list.missing());
    const mostOf = (run: RunBound, i: number) => (missing.has(i) ? (scorer?.most(run) ?? 0) : 0);
    unread.set(term, { list, most: Float64Array.from(list.runs, mostOf) });
  }
  return unread;
}

/**
 * Conditions that what is here decides; of the others, the lists of which those that demand a term want a document in
 * one. What else they say has to wait.
 */
function splitConditions(
  conditions: readonly Condition[],
  unread: ReadonlyMap<string, UnreadList>,
  { lists }: SegmentIndex,
): { decided: Condition[]; needed: TermList[][]; allDecided: boolean } {
  const isOpen = ({ has, lacks }: Condition) => [...has, ...lacks].some((term) => unread.has(term));
  const open = conditions.filter(isOpen);
  const needed = open
    .filter(({ lacks }) => lacks.length === 0)
    .map(({ has }) => has.flatMap((term) => lists.get(term) ?? []));
  return { decided: conditions.filter((one) => !isOpen(one)), needed, allDecided: open.length === 0 };
}

/**
 * Scores documents of a segment exactly, term by term in the query's order; all that is needed of the lists is here.
 * @param docIds ascending
 * @returns how many of them match
 */
export function scoreCandidates(
  { lists }: SegmentIndex,
  { scoring, conditions }: QueryTerms,
  scorers: readonly TermScorer[],
  docIds: Uint32Array,
  base: number,
  top: TopK,
): number {
  const scores = new Float64Array(docIds.length);
  const matching = noSlots(docIds.length).fill(~0);
  const withTerm = new Map<string, SlotSet>();
  const conditioned = new Set(conditions.flatMap(({ has, lacks }) => [...has, ...lacks]));
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
  keepWhereAllHold(matching, conditions, withTerm);
  let total = 0;
  for (let slot = 0; slot < docIds.length; slot += 1) {
    if (!hasSlot(matching, slot)) continue;
    total += 1;
    top.offer(base + docIds[slot]!, scores[slot]!);
  }
  return total;
}

/** So many values are looked at one by one before leaps are taken. */
const NEAR = 6;

/** Where each of some ascending values is among many, -1 where it is not. Searches the longer for those of the shorter. */
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

function slotsWith(places: Int32Array): SlotSet {
  const slots = noSlots(places.length);
  for (let slot = 0; slot < places.length; slot += 1) if (places[slot]! >= 0) addSlot(slots, slot);
  return slots;
}
