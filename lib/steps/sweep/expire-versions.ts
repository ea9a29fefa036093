import { afterExpiry, hasExpiredVersions } from '../../domain/image-state.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { Clock } from '../../ports/runtime.ts';
import { updateRecords } from '../images/update-record.ts';

/**
 * Stops counting older versions that the bucket's lifecycle has removed by now.
 * @param page at most 100 images
 * @returns the page as it is now
 */
export async function expireVersions(
  { records, clock }: { readonly records: ImageRecords; readonly clock: Clock },
  tenant: TenantId,
  page: readonly ImageRecord[],
): Promise<readonly ImageRecord[]> {
  const nowMs = clock.nowMs();
  const over = page.filter((record) => hasExpiredVersions(record, nowMs));
  if (over.length === 0) return page;
  const ids = over.map(({ imageId }) => imageId);
  const current = await updateRecords(records, tenant, ids, (stored) =>
    stored && hasExpiredVersions(stored, nowMs) ? { after: afterExpiry(stored) } : undefined,
  );
  return page.map((record) => current.get(record.imageId) ?? record);
}
