import type { Manifest, SegmentEntry } from '../segment/manifest.ts';

/** Fewer segments are not merged, so that young segments are merged together. */
const FEWEST = 6;
/** With more live segments, a merge takes larger segments too. */
const MANY = 12;
/**
 * A merge includes a segment whose documents are at most this many times those of all younger segments
 * together.
 */
const RATIO = 1;
const EAGER_RATIO = 2;
/** How many documents a worker of 3 GB can merge at once (docs/scale.md). */
export const MOST_MERGED_DOCS = 1_250_000;
/** A segment with a larger share of deleted documents is rewritten alone... */
const MAX_DELETED_SHARE = 0.2;
/** ...if at least this many of its documents are deleted. */
const MIN_DELETED = 50;

/**
 * Which segments to merge next, or undefined. The policy takes the youngest segments, back to the oldest that
 * is no larger than all younger ones together. The sizes of the remaining segments at least double from one to
 * the next older one, so there are few (docs/adr/0027-merge-when-sizes-double.md has counts), and a document is
 * rewritten only when its segment doubles.
 * Segments of merges in progress, and all segments before them, are left out. Later segments are merged in the
 * meantime. Only neighbours are merged, which keeps the order of insertion.
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

/** The oldest segment that could be merged with all younger ones. */
function oldestWithin(segments: readonly SegmentEntry[], mostDocs: number): number {
  let docs = 0;
  return segments.findLastIndex((segment) => (docs += liveDocs(segment)) > mostDocs) + 1;
}

const liveDocs = ({ docs, deleted }: SegmentEntry): number => docs - deleted;
