import type { SegmentEntry } from './manifest.ts';

/** Neighbouring segments that are merged at once. */
const FAN_OUT = 10;
/** More deleted documents than this share make a segment worth rewriting alone... */
const MAX_DELETED_SHARE = 0.2;
/** ...unless that would drop fewer than this many. */
const MIN_DELETED = 50;

const liveDocs = (segment: SegmentEntry): number => segment.docs - segment.deleted;

/**
 * Which neighbouring segments to merge next, or undefined: the ten with the fewest documents in which no single
 * one holds more than half, so that nothing large is rewritten for the sake of little. Segments that this leaves
 * alone at least halve in size from one to the next, which bounds their number by log2(documents) + 10. Only
 * neighbours are merged, which keeps the order of insertion and with it the order of equal scores.
 */
export function nextMerge(segments: readonly SegmentEntry[]): SegmentEntry[] | undefined {
  let best: { run: SegmentEntry[]; docs: number } | undefined;
  for (let start = 0; start + FAN_OUT <= segments.length; start += 1) {
    const run = segments.slice(start, start + FAN_OUT);
    const docs = run.reduce((sum, segment) => sum + liveDocs(segment), 0);
    const largest = Math.max(...run.map(liveDocs));
    if (largest * 2 <= docs && (!best || docs < best.docs)) best = { run, docs };
  }
  if (best) return best.run;
  const worn = segments.find(
    ({ deleted, docs }) => deleted === docs || (deleted >= MIN_DELETED && deleted > docs * MAX_DELETED_SHARE),
  );
  return worn && [worn];
}
