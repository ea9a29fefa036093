import { describe, expect, it } from 'vitest';
import { segmentIdOf } from '../../../../lib/domain/ids.ts';
import { deletionsName, oldestDeletionMs } from '../../../../lib/index/segment/deletions-name.ts';
import type { SegmentEntry } from '../../../../lib/index/segment/manifest.ts';
import { MAX_DELETION_AGE_MS, nextRewrite } from '../../../../lib/index/write/stale-deletions.ts';

const NOW_MS = Date.UTC(2026, 10, 25);
const RANDOM = '0123456789abcdef';

function segment(number: number, deletions: string): SegmentEntry {
  const id = segmentIdOf(number, '00000000');
  const deleted = deletions === '' ? 0 : 1;
  return { id, format: 2, docs: 10, totalLen: 50, bytes: 1_000, isSingleItem: true, deleted, deletions };
}
const deletedAgo = (ms: number) => deletionsName(NOW_MS - ms, RANDOM);

describe('a name of deletions', () => {
  it('tells when the oldest was made', () => {
    expect(deletedAgo(0)).toBe(`0${NOW_MS.toString(36)}-${RANDOM}`);
    for (const time of [0, 1, NOW_MS, 36 ** 9 - 1])
      expect(oldestDeletionMs(deletionsName(time, RANDOM))).toBe(time);
  });

  it('of before this rule counts as old', () => {
    expect(oldestDeletionMs(RANDOM)).toBe(0);
  });
});

describe('nextRewrite', () => {
  const young = segment(1, deletedAgo(MAX_DELETION_AGE_MS - 1));
  const old = segment(2, deletedAgo(MAX_DELETION_AGE_MS));
  const unnamed = segment(3, RANDOM);
  const whole = segment(4, '');

  it('is the oldest segment with a deletion that has waited long enough', () => {
    expect(nextRewrite({ segments: [whole, young, old, unnamed], merges: [] }, NOW_MS)).toEqual([old]);
    expect(nextRewrite({ segments: [unnamed], merges: [] }, NOW_MS)).toEqual([unnamed]);
    expect(nextRewrite({ segments: [whole, young], merges: [] }, NOW_MS)).toBeUndefined();
  });

  it('is none that a merge is at, unless that has died', () => {
    const claim = { result: segmentIdOf(9, '00000000'), sources: [old.id], deletions: [''] };
    const during = (expiresAtMs: number) =>
      nextRewrite({ segments: [old], merges: [{ ...claim, expiresAtMs }] }, NOW_MS);
    expect(during(NOW_MS + 1)).toBeUndefined();
    expect(during(NOW_MS)).toEqual([old]);
  });
});
