import { GlossError } from '../../domain/errors.ts';
import type { ImageFailure } from '../../domain/image.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { Reservations } from '../../ports/reservations.ts';
import type { Totals } from '../../domain/usage.ts';
import type { TenantLimits } from '../../domain/tenant.ts';

/** Somebody has to delete, or an operator to raise the limit: nothing that comes by waiting for seconds. */
const RETRY_AFTER_SEC = 3_600;
/** A form's time, the slack after it, and the rounding up of its end (lib/adapters/dynamo-reservations.ts). */
const RESERVED_MIN = 25;

const SUMS = ['images', 'bytes'] as const;
export type QuotaLimits = Pick<TenantLimits, (typeof SUMS)[number]>;

export interface QuotaDeps {
  readonly records: Pick<ImageRecords, 'totals'>;
  readonly reservations: Pick<Reservations, 'sums'>;
}

/**
 * Makes sure that a tenant has room for more images and bytes beside what it has and what is reserved. Names that are there already
 * count as new ones, and what is under way at once is not seen: limits hold to within a batch.
 * @throws GlossError `throttled` that names the limit.
 */
export async function checkQuota(
  { records, reservations }: QuotaDeps,
  tenant: TenantId,
  limits: QuotaLimits,
  more: Totals,
): Promise<void> {
  // In this order: an invited file that arrives meanwhile is counted twice, and never missed.
  const reserved = await reservations.sums(tenant);
  const refusal = quotaRefusal({ totals: await records.totals(tenant), reserved }, limits, more);
  if (refusal) throw refusal;
}

/** The limit that would be passed by more beside what is there and what is reserved. */
export function quotaRefusal(
  { totals, reserved }: { readonly totals: Totals; readonly reserved: Totals },
  limits: QuotaLimits,
  more: Totals,
): GlossError | undefined {
  const what = SUMS.find((sum) => totals[sum] + reserved[sum] + more[sum] > limits[sum]);
  return what && quotaError(what, totals, limits, { reserved, more });
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

/** Whether an image failed, or something was refused, because there is no room for it. */
export const isAboveQuota = (failure: Pick<ImageFailure, 'code'> | undefined): boolean =>
  SUMS.some((sum) => failure?.code === codeOf(sum));

const codeOf = (what: keyof QuotaLimits): string => `${what}_limit`;

/** @param asked of a request: what is reserved beside it, and what it would add */
function quotaError(
  what: keyof QuotaLimits,
  totals: Totals,
  limits: QuotaLimits,
  asked?: { readonly reserved: Totals; readonly more: Totals },
): GlossError {
  const has = `this tenant has ${totals[what]} of ${limits[what]} ${what} that it may have`;
  const refused = (message: string, retryAfterSec = RETRY_AFTER_SEC) =>
    new GlossError('throttled', codeOf(what), message, { retryAfterSec });
  if (!asked) return refused(`${has}: delete some, or ask the operator for more`);
  const [reserved, more] = [asked.reserved[what], asked.more[what]];
  const fits = Math.max(0, limits[what] - totals[what] - reserved);
  const besides = reserved > 0 ? `, and ${reserved} are reserved for invited uploads` : '';
  const wanted = more === 1 ? `1 ${what.slice(0, -1)} is` : `${more} ${what} are`;
  const state = `${wanted} asked for and ${fits} would fit: ${has}${besides}`;
  if (totals[what] + more <= limits[what])
    return refused(
      `${state}. Reserved room ends by itself, at the latest after ${RESERVED_MIN} minutes`,
      RESERVED_MIN * 60,
    );
  const remedy = totals[what] > 0 ? 'delete some' : 'send less';
  return refused(`${state}: ${remedy}, or ask the operator for more`);
}
