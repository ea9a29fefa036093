import type { ImageId } from '../../domain/ids.ts';
import type { ImageRecord } from '../../domain/image.ts';
import { afterCount, type StoredBytes } from '../../domain/image-state.ts';
import { isSameObject } from '../../domain/seen-object.ts';
import { isFromBefore } from '../../domain/stray.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { ListedKey } from '../../ports/object-lists.ts';
import type { Clock } from '../../ports/runtime.ts';
import { updateRecords } from '../images/update-record.ts';

const HOUR_MS = 3_600_000;
const AT_ONCE = 100;

/**
 * Corrects how many bytes the records of images count. Events tell of versions in any order, and of some
 * twice or never; the bucket lists those that are there. Images of which something came within an hour are left to the next
 * sweep.
 * @returns how many records were corrected
 */
export async function countBytes(
  { records, clock }: { readonly records: ImageRecords; readonly clock: Clock },
  account: Tenant,
  listed: ReadonlyMap<ImageId, ListedKey>,
  known: ReadonlyMap<ImageId, ImageRecord>,
): Promise<number> {
  const nowMs = clock.nowMs();
  const wrong = [...known.values()].filter((record) => {
    const ofKey = listed.get(record.imageId);
    if (!ofKey || !isSettled(record, ofKey, nowMs)) return false;
    const { current, older } = storedBytesOf(ofKey, account);
    return current !== (record.bytes ?? 0) || older !== (record.olderBytes ?? 0);
  });
  let corrected = 0;
  for (let start = 0; start < wrong.length; start += AT_ONCE) {
    const seen = new Map(wrong.slice(start, start + AT_ONCE).map((record) => [record.imageId, record]));
    const counted = new Set<ImageRecord>();
    const now = await updateRecords(records, account.id, [...seen.keys()], (stored, imageId) => {
      // Whoever changed it meanwhile may know of more than was listed.
      if (stored?.revision !== seen.get(imageId)!.revision) return undefined;
      const after = afterCount(stored, storedBytesOf(listed.get(imageId)!, account), nowMs);
      counted.add(after);
      return { after };
    });
    corrected += [...now.values()].filter((record) => counted.has(record)).length;
  }
  return corrected;
}

/** Whether the record knows of what is there. */
const isSettled = (record: ImageRecord, { current, changedAtMs }: ListedKey, nowMs: number): boolean =>
  Math.max(record.updatedAtMs, changedAtMs) <= nowMs - HOUR_MS &&
  isSameObject(current ?? null, record.object);

function storedBytesOf({ current, older, changedAtMs }: ListedKey, account: Tenant): StoredBytes {
  const own = older.filter(({ storedAtMs }) => !isFromBefore(storedAtMs, account));
  return {
    current: current?.bytes ?? 0,
    older: own.reduce((sum, { bytes }) => sum + bytes, 0),
    changedAtMs,
  };
}
