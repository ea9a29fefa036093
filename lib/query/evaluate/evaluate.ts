import type { Bm25Params, Collection } from '../../rank/bm25.ts';
import { TermScorer } from '../../rank/scorer.ts';
import { mostUnknown, rankKnown } from './best-first.ts';
import { atLeast, findCandidates, scoreCandidates } from './candidates.ts';
import { chooseLazy } from './choose-non-essential.ts';
import { describeTop } from './describe-top.ts';
import type { Evaluation } from './evaluation.ts';
import { termsToRead, type QueryTerms } from '../plan/query-terms.ts';
import { docFreqIn, missingChunks, partOf, type ChunkRequest, type SegmentIndex } from './segment-index.ts';
import { chunksOf, mostPromising, stretchesOf, type Stretch } from './doc-ranges.ts';
import { TopK } from './top-k.ts';
import { forEachWindow } from './score-windows.ts';

/** Says which chunks it needs next, and goes on when they have been added to their lists; at most three times. */
type Evaluating<Result> = Generator<readonly ChunkRequest[], Result, undefined>;

/** What is the same in all parts of an evaluation. */
interface Task {
  readonly segments: readonly SegmentIndex[];
  readonly terms: QueryTerms;
  readonly scorers: readonly TermScorer[];
  readonly k: number;
}

interface Found {
  readonly top: TopK;
  readonly total: number;
  readonly totalIs: Evaluation['totalIs'];
}

/**
 * The k best documents of a snapshot: the same ones, in the same order and with the same scores to the last bit, as
 * evaluateExhaustively finds, from as few chunks as can be had in three rounds of reading. A query of one word
 * mostly needs none.
 * @param segments in the order of the snapshot, with the directory entries of all terms
 */
export function* evaluate(
  segments: readonly SegmentIndex[],
  terms: QueryTerms,
  collection: Collection,
  params: Bm25Params,
  k: number,
): Evaluating<Evaluation> {
  const scorers = terms.scoring.map(
    ({ term, weight }) => new TermScorer(weight, docFreqIn(segments, term), collection, params),
  );
  const task = { segments, terms, scorers, k };
  const { top, total, totalIs } = yield* isOneWord(terms) ? rankOneWord(task) : rankWords(task);
  return { top: describeTop(segments, terms, top.ranked()), total, totalIs, postings: countRead(segments) };
}

function isOneWord({ scoring, conditions }: QueryTerms): boolean {
  const [only] = scoring;
  return (
    scoring.length === 1 &&
    conditions.every(({ has, lacks }) => lacks.length === 0 && has.length === 1 && has[0] === only!.term)
  );
}

/** Best postings first; where they cannot prove that they are the best, those chunks that may have better ones. */
function* rankOneWord({ segments, terms, scorers, k }: Task): Evaluating<Found> {
  const { term } = terms.scoring[0]!;
  const scorer = scorers[0]!;
  const count = countMatches(segments, term);
  const known = rankKnown(segments, [term], scorers, k);
  const unknown = mostUnknown(segments, term, scorer);
  if (unknown < known.floor || unknown < 0) return { top: known, ...count };
  const wanted = missingChunks(segments, [term]).filter(
    ({ segment, chunk }) => scorer.most(segments[segment]!.lists.get(term)!.runs[chunk]!) >= known.floor,
  );
  if (wanted.length > 0) yield wanted;
  const top = new TopK(k);
  let base = 0;
  for (const { docs, deletions, lists } of segments) {
    const postings = lists.get(term)?.postings();
    for (let i = 0; i < (postings?.docIds.length ?? 0); i += 1) {
      const docId = postings!.docIds[i]!;
      if (!deletions?.has(docId)) top.offer(base + docId, scorer.scoreAt(postings!, i));
    }
    base += docs;
  }
  return { top, ...countMatches(segments, term) };
}

/** Documents with the term; deleted ones are left out as far as the list is here. */
function countMatches(segments: readonly SegmentIndex[], term: string): Pick<Found, 'total' | 'totalIs'> {
  let total = 0;
  let exact = true;
  for (const { deletions, lists } of segments) {
    const list = lists.get(term);
    if (!list) continue;
    if (!deletions) total += list.docFreq;
    else if (list.isHere) for (const docId of list.postings().docIds) total += deletions.has(docId) ? 0 : 1;
    else {
      total += list.docFreq;
      exact = false;
    }
  }
  return { total, totalIs: exact ? 'exact' : 'at most' };
}

/** Up to so many chunks it is best to read all of them at once: half a read unit each, and waits less. */
const READ_AT_ONCE = 16;
/** From so many on it pays to read a few of them first, for a floor that leaves out many of the others. */
const EXPLORE = 32;
/** Of more words the floor leaves out too little to be worth a wait (docs/decisions.md). */
const EXPLORED_WORDS = { any: 2, all: 3 };

function* rankWords(task: Task): Evaluating<Found> {
  const { segments, terms, scorers } = task;
  let floor = floorKnown(task);
  let wanted = missingChunks(segments, termsToRead(terms));
  if (wanted.length > READ_AT_ONCE) {
    let stretches = stretchesAbove(task, floor);
    if (chunksOf(stretches).length >= EXPLORE && isWorthExploring(terms)) {
      yield chunksOf(mostPromising(stretches));
      const read = stretchesAbove(task, floor);
      floor = Math.max(floor, floorRead(task, read));
      stretches = read.filter(({ most }) => most >= floor);
    }
    wanted = chunksOf(stretches);
  }
  const lazy =
    wanted.length <= READ_AT_ONCE ? new Set<string>() : chooseLazy(segments, terms, scorers, floor, wanted);
  const eager = wanted.filter(({ term }) => !lazy.has(term));
  if (eager.length > 0) yield eager;
  return isAllHere(segments) ? rankAll(task) : yield* rankCandidates(task, floor);
}

const isWorthExploring = ({ scoring, conditions }: QueryTerms): boolean =>
  scoring.length <= (conditions.length > 0 ? EXPLORED_WORDS.all : EXPLORED_WORDS.any);

/** The score that k documents reach by what the directories know of them; -1 if fewer do. */
function floorKnown({ segments, terms, scorers, k }: Task): number {
  // What is known of a document beforehand does not say whether conditions hold for it.
  if (terms.conditions.length > 0) return -1;
  const scoring = terms.scoring.map(({ term }) => term);
  return rankKnown(segments, scoring, scorers, k).floor;
}

/** The score that k matching documents reach in those stretches of which everything has been read; -1 if fewer do. */
function floorRead({ segments, terms, scorers, k }: Task, stretches: readonly Stretch[]): number {
  const top = new TopK(k);
  for (const { segment, start, end, chunks } of stretches) {
    if (chunks.length > 0) continue;
    const part = partOf(segments[segment]!, start, end);
    forEachWindow(part, terms.scoring, terms.conditions, scorers, ({ start: first, scores, matching }) => {
      top.offerAll(first, scores, matching);
    });
  }
  return top.floor;
}

const stretchesAbove = ({ segments, terms, scorers }: Task, floor: number): Stretch[] =>
  stretchesOf(segments, terms, scorers).filter(({ most }) => most >= floor);

const isAllHere = (segments: readonly SegmentIndex[]): boolean =>
  segments.every(({ lists }) => [...lists.values()].every(({ isHere }) => isHere));

/** Scores every document; all lists are here. */
function rankAll({ segments, terms, scorers, k }: Task): Found {
  const top = new TopK(k);
  let total = 0;
  let base = 0;
  for (const segment of segments) {
    forEachWindow(segment, terms.scoring, terms.conditions, scorers, ({ start, scores, matching }) => {
      total += top.offerAll(base + start, scores, matching);
    });
    base += segment.docs;
  }
  return { top, total, totalIs: 'exact' };
}

/** Scores the documents that may be among the best, once the chunks that they lie in have been read. */
function* rankCandidates({ segments, terms, scorers, k }: Task, before: number): Evaluating<Found> {
  const partial = new TopK(k);
  const bases = basesOf(segments);
  const candidates = segments.map((segment, s) =>
    findCandidates(segment, terms, scorers, bases[s]!, partial, before),
  );
  const floor = Math.max(before, partial.floor);
  const remaining = candidates.map((found) => atLeast(found, floor));
  const wanted = chunksHolding(segments, termsToRead(terms), remaining);
  if (wanted.length > 0) yield wanted;
  const top = new TopK(k);
  let total = 0;
  for (const [s, segment] of segments.entries()) {
    total += scoreCandidates(segment, terms, scorers, remaining[s]!, bases[s]!, top);
  }
  return { top, total, totalIs: floor < 0 && everyMatchIsCandidate(terms) ? 'exact' : 'at least' };
}

/** Whether candidates were left out for their scores alone: a document that conditions demand is one in any case. */
const everyMatchIsCandidate = ({ conditions }: QueryTerms): boolean =>
  conditions.some(({ lacks }) => lacks.length === 0);

const basesOf = (segments: readonly SegmentIndex[]): number[] =>
  segments.map((_, s) => segments.slice(0, s).reduce((sum, { docs }) => sum + docs, 0));

/** Chunks that have not been read and may hold one of the documents. */
function chunksHolding(
  segments: readonly SegmentIndex[],
  terms: readonly string[],
  docIdsOf: readonly Uint32Array[],
): ChunkRequest[] {
  return segments.flatMap(({ lists }, segment) =>
    terms.flatMap((term) => {
      const list = lists.get(term);
      const missing = new Set(list?.missing());
      if (!list || missing.size === 0) return [];
      const runs = new Set<number>();
      const runOf = list.runsInOrder();
      let last = -1;
      for (const docId of docIdsOf[segment]!) {
        const run = runOf(docId);
        if (run !== last && missing.has(run)) runs.add(run);
        last = run;
      }
      return Array.from(runs, (chunk) => ({ segment, term, chunk }));
    }),
  );
}

function countRead(segments: readonly SegmentIndex[]): number {
  let count = 0;
  for (const { lists } of segments) {
    for (const list of lists.values()) {
      count += list.postings().docIds.length + (list.best?.postings.docIds.length ?? 0);
    }
  }
  return count;
}
