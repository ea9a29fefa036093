import type { Manifest, SegmentEntry } from '../segment/manifest.ts';

/** Fewer segments than these are not merged, so that young ones wait for company. */
const FEWEST = 6;
/** With more segments than these, merging becomes eager. */
const MANY = 12;
/** A merge takes a segment along whose documents are at most so many times those of all younger ones together. */
const RATIO = 1;
const EAGER_RATIO = 2;
/** What a worker of 3 GB may merge at once (docs/scale.md). */
export const MOST_MERGED_DOCS = 1_250_000;
/** More deleted documents than this share make a segment worth rewriting alone... */
const MAX_DELETED_SHARE = 0.2;
/** ...unless that would drop fewer than this many. */
const MIN_DELETED = 50;

/**
 * Which segments to merge next, or undefined: the youngest ones, back to the oldest that is no larger than all younger
 * than it together. What remains at least doubles from each segment to the next older one, so that there are few of
 * them (docs/decisions.md has counts), and a document is rewritten only when its segment doubles.
 *
 * Segments of merges that are under way, and all before them, stay out: what comes after is merged on its own
 * meanwhile. Only neighbours are merged, which keeps the order of insertion between segments.
 */
export function nextMerge({
  segments,
  merges,
}: Pick<Manifest, 'segments' | 'merges'>): SegmentEntry[] | undefined {
  const claimed = new Set(merges.flatMap(({ sources }) => sources));
  const first = segments.findLastIndex(({ id }) => claimed.has(id)) + 1;
  const start = startOfMerge(segments, first);
  if (start !== undefined) return segments.slice(start);
  const worn = segments.find(
    ({ id, deleted, docs }) =>
      !claimed.has(id) &&
      docs <= MOST_MERGED_DOCS &&
      (deleted === docs || (deleted >= MIN_DELETED && deleted > docs * MAX_DELETED_SHARE)),
  );
  return worn && [worn];
}

function startOfMerge(segments: readonly SegmentEntry[], first: number): number | undefined {
  const oldest = Math.max(first, oldestWithin(segments, MOST_MERGED_DOCS));
  const ratio = segments.length - oldest > MANY ? EAGER_RATIO : RATIO;
  let start: number | undefined;
  let younger = 0;
  for (let i = segments.length - 1; i >= oldest; i -= 1) {
    const docs = liveDocs(segments[i]!);
    if (younger > 0 && docs <= ratio * younger) start = i;
    younger += docs;
  }
  return start !== undefined && segments.length - start >= FEWEST ? start : undefined;
}

/** The oldest segment that could become one with all younger ones. */
function oldestWithin(segments: readonly SegmentEntry[], mostDocs: number): number {
  let docs = 0;
  return segments.findLastIndex((segment) => (docs += liveDocs(segment)) > mostDocs) + 1;
}

const liveDocs = ({ docs, deleted }: SegmentEntry): number => docs - deleted;
