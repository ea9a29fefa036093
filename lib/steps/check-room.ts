import { GlossError } from '../domain/errors.ts';
import type { TenantId } from '../domain/ids.ts';
import type { ImageRecords } from '../ports/image-records.ts';
import type { TenantLimits } from '../ports/tenants.ts';

/** Somebody has to delete, or an operator to raise the limit: nothing that comes by waiting for seconds. */
const RETRY_AFTER_SEC = 3_600;

/**
 * Makes sure that a tenant has room for more images and bytes. Names that are there already count as new ones, and what is
 * under way at once is not seen: limits hold to within a batch.
 * @throws GlossError `throttled` that names the limit.
 */
export async function checkRoom(
  records: ImageRecords,
  tenant: TenantId,
  limits: TenantLimits,
  more: { readonly images: number; readonly bytes: number },
): Promise<void> {
  const totals = await records.totals(tenant);
  for (const what of ['images', 'bytes'] as const) {
    if (totals[what] + more[what] <= limits[what]) continue;
    const message = `this tenant has ${totals[what]} of ${limits[what]} ${what} that it may have: delete some, or ask the operator for more`;
    throw new GlossError('throttled', `${what}_limit`, message, { retryAfterSec: RETRY_AFTER_SEC });
  }
}
