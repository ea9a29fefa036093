import { GlossError } from '../../domain/errors.ts';
import type { ImageFailure } from '../../domain/image.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { Totals } from '../../domain/usage.ts';
import type { TenantLimits } from '../../domain/tenant.ts';

/** Somebody has to delete, or an operator to raise the limit: nothing that comes by waiting for seconds. */
const RETRY_AFTER_SEC = 3_600;

const SUMS = ['images', 'bytes'] as const;
export type RoomLimits = Pick<TenantLimits, (typeof SUMS)[number]>;

/**
 * Makes sure that a tenant has room for more images and bytes. Names that are there already count as new ones, and what is
 * under way at once is not seen: limits hold to within a batch.
 * @throws GlossError `throttled` that names the limit.
 */
export async function checkRoom(
  records: ImageRecords,
  tenant: TenantId,
  limits: RoomLimits,
  more: Totals,
): Promise<void> {
  const totals = await records.totals(tenant);
  const what = SUMS.find((sum) => totals[sum] + more[sum] > limits[sum]);
  if (what) throw noRoom(what, totals, limits);
}

/**
 * The limit that a picture passes which is in the bucket already: nobody had to ask before putting it there.
 * @param totals this picture among them
 * @param more what it has added
 */
export function limitPassed(totals: Totals, limits: RoomLimits, more: Totals): GlossError | undefined {
  const what = SUMS.find((sum) => more[sum] > 0 && totals[sum] > limits[sum]);
  return what && noRoom(what, totals, limits);
}

/** Whether an image failed because there was no room for it. */
export const isForWantOfRoom = (failure: ImageFailure | undefined): boolean =>
  SUMS.some((sum) => failure?.code === codeOf(sum));

const codeOf = (what: keyof RoomLimits): string => `${what}_limit`;

function noRoom(what: keyof RoomLimits, totals: Totals, limits: RoomLimits): GlossError {
  const message = `this tenant has ${totals[what]} of ${limits[what]} ${what} that it may have: delete some, or ask the operator for more`;
  return new GlossError('throttled', codeOf(what), message, { retryAfterSec: RETRY_AFTER_SEC });
}
