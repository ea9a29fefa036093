import type { SegmentEntry } from './manifest.ts';

/** Segments of one level that become one of the next; also the ratio of sizes between levels. */
const FAN_OUT = 10;
/** More deleted documents than this share make a segment worth rewriting alone... */
const MAX_DELETED_SHARE = 0.2;
/** ...unless that would drop fewer than this many. */
const MIN_DELETED = 50;

/**
 * Which neighbouring segments to merge next, or undefined. A segment of 10^n to 10^(n+1) - 1 documents is of level
 * n. Ten of a level become one of the next, together with the smaller ones that stand between them. Segments that
 * larger ones stand on both sides of, or before, can get no company of their size any more, since new segments
 * come at the end: they become one. Only neighbours are merged, which keeps the order of insertion and with it the
 * order of equal scores.
 *
 * Whatever the sizes of the batches, a document is rewritten at most once a level, log10(documents) + 1 times in
 * all, but for rewriting after deletions; and where nothing is left to merge, each level has at most 9 segments
 * with one smaller before each, 18 (log10(documents) + 1) in all.
 */
export function nextMerge(segments: readonly SegmentEntry[]): SegmentEntry[] | undefined {
  const levels = segments.map(levelOf);
  const highest = Math.max(0, ...levels);
  for (let level = 0; level <= highest; level += 1) {
    for (let start = 0; start < segments.length; start += 1) {
      const end = endOfMerge(levels, start, level);
      if (end - start > 1) return segments.slice(start, end);
      while (start < segments.length && levels[start]! <= level) start += 1;
    }
  }
  const worn = segments.find(
    ({ deleted, docs }) => deleted === docs || (deleted >= MIN_DELETED && deleted > docs * MAX_DELETED_SHARE),
  );
  return worn && [worn];
}

/** Where the merge ends that begins at `start` with segments up to this level; `start` itself where there is none. */
function endOfMerge(levels: readonly number[], start: number, level: number): number {
  let ofLevel = 0;
  for (let end = start; end < levels.length; end += 1) {
    if (levels[end]! > level) return end;
    if (levels[end] === level) ofLevel += 1;
    if (ofLevel === FAN_OUT) return end + 1;
  }
  return start;
}

function levelOf({ docs, deleted }: SegmentEntry): number {
  let level = 0;
  for (let rest = docs - deleted; rest >= FAN_OUT; rest = Math.floor(rest / FAN_OUT)) level += 1;
  return level;
}
