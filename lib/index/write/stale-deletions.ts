import { oldestDeletionMs } from '../segment/deletions-name.ts';
import type { Manifest, SegmentEntry } from '../segment/manifest.ts';

/** How long the postings of a deleted document may wait for a merge that takes their segment along anyway. */
export const MAX_DELETION_AGE_MS = 12 * 3_600_000;

/** The oldest segment with deletions that have waited for so long, to be rewritten by itself; those being merged are not. */
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
