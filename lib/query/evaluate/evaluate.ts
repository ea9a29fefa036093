import type { Bm25Params, Collection } from '../../rank/bm25.ts';
import { TermScorer } from '../../rank/scorer.ts';
import { maxScoreOfOthers, rankTopPostings } from './best-first.ts';
import { atLeast, findCandidates, scoreCandidates } from './candidates.ts';
import { chooseNonEssential } from './choose-non-essential.ts';
import { describeTop } from './describe-top.ts';
import type { Evaluation } from './evaluation.ts';
import { termsToRead, type QueryTerms } from '../plan/query-terms.ts';
import {
  docFreqIn,
  missingChunks,
  partOf,
  type ChunkRequest,
  type SegmentPostings,
} from './segment-postings.ts';
import { chunksOf, mostPromising, docRangesOf, type DocRange } from './doc-ranges.ts';
import { TopK } from './top-k.ts';
import { forEachScoreWindow } from './score-windows.ts';

/**
 * An evaluation that yields the chunks that it needs next and continues when they have been added to their
 * lists. It yields at most three times.
 */
type Evaluating<Result> = Generator<readonly ChunkRequest[], Result, undefined>;

/** What all parts of an evaluation share. */
interface Task {
  readonly segments: readonly SegmentPostings[];
  readonly terms: QueryTerms;
  readonly scorers: readonly TermScorer[];
  readonly k: number;
}

interface Ranked {
  readonly top: TopK;
  readonly total: number;
  readonly totalIs: Evaluation['totalIs'];
}

/**
 * The k best documents of a snapshot: the same documents, in the same order and with the same scores to the
 * last bit, as evaluateExhaustively finds. It reads as few chunks as it can in three rounds. Most one-word
 * queries need none.
 * @param segments in the order of the snapshot, with the directory entries of all terms
 */
export function* evaluate(
  segments: readonly SegmentPostings[],
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

function isOneWord({ scoring, cnf }: QueryTerms): boolean {
  const [only] = scoring;
  return (
    scoring.length === 1 &&
    cnf.every(({ anyOf, notAllOf }) => notAllOf.length === 0 && anyOf.length === 1 && anyOf[0] === only!.term)
  );
}

/**
 * Takes the top postings. If the bound does not prove that they are the best, it reads the chunks that may have
 * better ones.
 */
function* rankOneWord({ segments, terms, scorers, k }: Task): Evaluating<Ranked> {
  const { term } = terms.scoring[0]!;
  const scorer = scorers[0]!;
  const count = countMatches(segments, term);
  const known = rankTopPostings(segments, [term], scorers, k);
  const unknown = maxScoreOfOthers(segments, term, scorer);
  if (unknown < known.threshold || unknown < 0) return { top: known, ...count };
  const wanted = missingChunks(segments, [term]).filter(
    ({ segment, chunk }) =>
      scorer.maxScore(segments[segment]!.lists.get(term)!.runs[chunk]!) >= known.threshold,
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

/** How many documents have the term. Deleted ones are excluded as far as the list has been read. */
function countMatches(segments: readonly SegmentPostings[], term: string): Pick<Ranked, 'total' | 'totalIs'> {
  let total = 0;
  let exact = true;
  for (const { deletions, lists } of segments) {
    const list = lists.get(term);
    if (!list) continue;
    if (!deletions) total += list.docFreq;
    else if (list.isComplete)
      for (const docId of list.postings().docIds) total += deletions.has(docId) ? 0 : 1;
    else {
      total += list.docFreq;
      exact = false;
    }
  }
  return { total, totalIs: exact ? 'exact' : 'at most' };
}

/** Up to this many chunks are read at once: half a read unit each, and no additional round. */
const READ_AT_ONCE = 16;
/** From this many chunks on, a few are read first, for a threshold that leaves out many of the others. */
const EXPLORE = 32;
/**
 * With more words the threshold leaves out too little to be worth another round
 * (docs/adr/0048-promising-ranges-first.md).
 */
const EXPLORED_WORDS = { any: 2, all: 3 };

function* rankWords(task: Task): Evaluating<Ranked> {
  const { segments, terms, scorers } = task;
  let threshold = knownThreshold(task);
  let wanted = missingChunks(segments, termsToRead(terms));
  if (wanted.length > READ_AT_ONCE) {
    let ranges = rangesAbove(task, threshold);
    if (chunksOf(ranges).length >= EXPLORE && isWorthExploring(terms)) {
      yield chunksOf(mostPromising(ranges));
      const read = rangesAbove(task, threshold);
      threshold = Math.max(threshold, readThreshold(task, read));
      ranges = read.filter(({ maxScore }) => maxScore >= threshold);
    }
    wanted = chunksOf(ranges);
  }
  const nonEssential =
    wanted.length <= READ_AT_ONCE
      ? new Set<string>()
      : chooseNonEssential(segments, terms, scorers, threshold, wanted);
  const essential = wanted.filter(({ term }) => !nonEssential.has(term));
  if (essential.length > 0) yield essential;
  return isAllHere(segments) ? rankAll(task) : yield* rankCandidates(task, threshold);
}

const isWorthExploring = ({ scoring, cnf }: QueryTerms): boolean =>
  scoring.length <= (cnf.length > 0 ? EXPLORED_WORDS.all : EXPLORED_WORDS.any);

/** The score that k documents reach by what the directories hold of them; -1 if fewer do. */
function knownThreshold({ segments, terms, scorers, k }: Task): number {
  // The directories do not tell whether clauses hold for a document.
  if (terms.cnf.length > 0) return -1;
  const scoring = terms.scoring.map(({ term }) => term);
  return rankTopPostings(segments, scoring, scorers, k).threshold;
}

/** The score that k matching documents reach in the doc ranges that have been read completely; -1 if fewer do. */
function readThreshold({ segments, terms, scorers, k }: Task, ranges: readonly DocRange[]): number {
  const top = new TopK(k);
  for (const { segment, start, end, chunks } of ranges) {
    if (chunks.length > 0) continue;
    const part = partOf(segments[segment]!, start, end);
    forEachScoreWindow(part, terms.scoring, terms.cnf, scorers, ({ start: first, scores, matching }) => {
      top.offerAll(first, scores, matching);
    });
  }
  return top.threshold;
}

const rangesAbove = ({ segments, terms, scorers }: Task, threshold: number): DocRange[] =>
  docRangesOf(segments, terms, scorers).filter(({ maxScore }) => maxScore >= threshold);

const isAllHere = (segments: readonly SegmentPostings[]): boolean =>
  segments.every(({ lists }) => [...lists.values()].every(({ isComplete }) => isComplete));

/** Scores every document. All lists are in memory. */
function rankAll({ segments, terms, scorers, k }: Task): Ranked {
  const top = new TopK(k);
  let total = 0;
  let base = 0;
  for (const segment of segments) {
    forEachScoreWindow(segment, terms.scoring, terms.cnf, scorers, ({ start, scores, matching }) => {
      total += top.offerAll(base + start, scores, matching);
    });
    base += segment.docs;
  }
  return { top, total, totalIs: 'exact' };
}

/** Scores the candidates, once their chunks have been read. */
function* rankCandidates({ segments, terms, scorers, k }: Task, before: number): Evaluating<Ranked> {
  const partial = new TopK(k);
  const bases = basesOf(segments);
  const candidates = segments.map((segment, s) =>
    findCandidates(segment, terms, scorers, bases[s]!, partial, before),
  );
  const threshold = Math.max(before, partial.threshold);
  const remaining = candidates.map((found) => atLeast(found, threshold));
  const wanted = chunksHolding(segments, termsToRead(terms), remaining);
  if (wanted.length > 0) yield wanted;
  const top = new TopK(k);
  let total = 0;
  for (const [s, segment] of segments.entries()) {
    total += scoreCandidates(segment, terms, scorers, remaining[s]!, bases[s]!, top);
  }
  return { top, total, totalIs: threshold < 0 && everyMatchIsCandidate(terms) ? 'exact' : 'at least' };
}

/**
 * Whether every match is a candidate. It is not if candidates were left out for their scores; a document that a
 * clause requires is always one.
 */
const everyMatchIsCandidate = ({ cnf }: QueryTerms): boolean =>
  cnf.some(({ notAllOf }) => notAllOf.length === 0);

const basesOf = (segments: readonly SegmentPostings[]): number[] =>
  segments.map((_, s) => segments.slice(0, s).reduce((sum, { docs }) => sum + docs, 0));

/** Unread chunks that may hold one of the documents. */
function chunksHolding(
  segments: readonly SegmentPostings[],
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

function countRead(segments: readonly SegmentPostings[]): number {
  let count = 0;
  for (const { lists } of segments) {
    for (const list of lists.values()) {
      count += list.postings().docIds.length + (list.topPostings?.postings.docIds.length ?? 0);
    }
  }
  return count;
}
