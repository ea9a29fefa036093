import type { Bm25Params } from './bm25.ts';

/**
 * A placed frequency: how often a document has a term, and how early its texts say it, in one number from 1 on. It rises with
 * termFreq first, then with earliness, so that the highest one of a run bounds both.
 */

/** Steps of earliness: 1 for what is said at the end of a text, 8 for what is said at the start. */
export const EARLIEST = 8;
/** Above it, more says nothing: BM25 no longer tells such frequencies apart. */
const MAX_TERM_FREQ = 2 ** 29;
const MAX_PLACED_FREQ = 2 ** 32 - 1;

/** Of how early the mentions are, from 0 to 1. */
export const earlinessStep = (earliness: number): number =>
  Math.min(EARLIEST, Math.max(1, Math.round(earliness * EARLIEST)));

/** @param termFreq from 1 on @param earliness 1 to 8 */
export const placedFreqOf = (termFreq: number, earliness: number): number =>
  Math.min(MAX_PLACED_FREQ, (Math.min(termFreq, MAX_TERM_FREQ) - 1) * EARLIEST + earliness);

export const termFreqOf = (placedFreq: number): number => Math.ceil(placedFreq / EARLIEST);

/** The mean over the mentions of how early they are, 1 to 8. */
export const earlinessOf = (placedFreq: number): number => ((placedFreq - 1) % EARLIEST) + 1;

/** What the mentions add up to, where one at the end of a text counts an eighth of one at the start. */
const weighedFreqOf = (placedFreq: number): number =>
  (termFreqOf(placedFreq) * earlinessOf(placedFreq)) / EARLIEST;

/** The highest of all placed frequencies up to this one, weighed: its own, or that of one mention fewer, all at the start. */
const maxWeighedFreqOf = (placedFreq: number): number =>
  Math.max(weighedFreqOf(placedFreq), termFreqOf(placedFreq) - 1);

/** Of segments before version 3, which do not say where a term stands: every mention counts in full. */
export const unplaced = (termFreq: number): number => placedFreqOf(termFreq, EARLIEST);

/** The frequency that BM25 counts for a placed one. */
export const countedBy = ({ earliness }: Bm25Params): ((placedFreq: number) => number) =>
  earliness ? weighedFreqOf : termFreqOf;

/** The highest of what BM25 counts for all placed frequencies up to one. */
export const mostCountedBy = ({ earliness }: Bm25Params): ((placedFreq: number) => number) =>
  earliness ? maxWeighedFreqOf : termFreqOf;
