import { GlossError } from '../../domain/errors.ts';
import type { ImageFailure } from '../../domain/image.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { Totals } from '../../domain/usage.ts';
import type { TenantLimits } from '../../domain/tenant.ts';

/** Somebody has to delete, or an operator to raise the limit: nothing that comes by waiting for seconds. */
const RETRY_AFTER_SEC = 3_600;

const SUMS = ['images', 'bytes'] as const;
export type QuotaLimits = Pick<TenantLimits, (typeof SUMS)[number]>;

/**
 * Makes sure that a tenant has room for more images and bytes. Names that are there already count as new ones, and what is
 * under way at once is not seen: limits hold to within a batch.
 * @throws GlossError `throttled` that names the limit.
 */
export async function checkQuota(
  records: ImageRecords,
  tenant: TenantId,
  limits: QuotaLimits,
  more: Totals,
): Promise<void> {
  const totals = await records.totals(tenant);
  const what = SUMS.find((sum) => totals[sum] + more[sum] > limits[sum]);
  if (what) throw quotaError(what, totals, limits);
}

/**
 * The limit that a picture passes which is in the bucket already: nobody had to ask before putting it there.
 * @param totals this picture among them
 * @param more what it has added
 */
export function quotaExceededBy(totals: Totals, limits: QuotaLimits, more: Totals): GlossError | undefined {
  const what = SUMS.find((sum) => more[sum] > 0 && totals[sum] > limits[sum]);
  return what && quotaError(what, totals, limits);
}

/** Whether an image failed because there was no room for it. */
export const failedForQuota = (failure: ImageFailure | undefined): boolean =>
  SUMS.some((sum) => failure?.code === codeOf(sum));

const codeOf = (what: keyof QuotaLimits): string => `${what}_limit`;

function quotaError(what: keyof QuotaLimits, totals: Totals, limits: QuotaLimits): GlossError {
  const message = `this tenant has ${totals[what]} of ${limits[what]} ${what} that it may have: delete some, or ask the operator for more`;
  return new GlossError('throttled', codeOf(what), message, { retryAfterSec: RETRY_AFTER_SEC });
}
