import { oldestDeletionMs } from '../segment/deletions-name.ts';
import type { Manifest, SegmentEntry } from '../segment/manifest.ts';

/** How long the postings of a deleted document may wait for a regular merge. */
export const MAX_DELETION_AGE_MS = 12 * 3_600_000;

/**
 * The oldest segment whose deletions have waited too long, to be rewritten alone. Segments of merges in
 * progress are left out.
 */
export function nextRewrite(
  { segments, merges }: Pick<Manifest, 'segments' | 'merges'>,
  nowMs: number,
): SegmentEntry[] | undefined {
  const underWay = merges.filter(({ expiresAtMs }) => expiresAtMs > nowMs);
  const claimed = new Set(underWay.flatMap(({ sources }) => sources));
  const stale = segments.find(
    ({ id, deletions }) =>
      deletions !== '' && !claimed.has(id) && oldestDeletionMs(deletions) <= nowMs - MAX_DELETION_AGE_MS,
  );
  return stale && [stale];
}
