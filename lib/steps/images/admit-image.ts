import type { GlossError } from '../../domain/errors.ts';
import { afterArrival } from '../../domain/image-state.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { Totals } from '../../domain/usage.ts';
import { failedForQuota, quotaExceededBy } from './check-quota.ts';
import type { DescribeDeps, DescribeRequest } from './describe-request.ts';
import { updateRecord } from './update-record.ts';

interface Admission {
  readonly record: ImageRecord;
  /** The quota that it exceeds; undefined where it is let in. */
  readonly refusal: GlossError | undefined;
  /** Whether this call was the first to write that it is here. */
  readonly isNew: boolean;
}

/**
 * Writes that the upload is here, and finds out whether the quota has room for it. That is asked once: an upload that was let in goes on,
 * whatever comes after it; one that was not is asked again when its event comes again.
 */
export async function admitImage(deps: DescribeDeps, request: DescribeRequest): Promise<Admission> {
  const { records, clock, settings } = deps;
  const { tenant, imageId, bytes } = request;
  const arrival = { ...request, source: 'upload' as const };
  const seen: { before?: ImageRecord | undefined; written?: { totals: Totals | undefined } } = {};
  const stored = await updateRecord(
    records,
    tenant,
    imageId,
    (found) => afterArrival((seen.before = found), arrival, clock.nowMs()),
    (totals) => (seen.written = { totals }),
  );
  const record = stored!; // an arrival always leaves a record
  const isNew = seen.written !== undefined;
  if (!isNew && !failedForQuota(record.failure)) return { record, refusal: undefined, isNew };
  const { before } = seen;
  const had = before && before.status !== 'removed' && !failedForQuota(before.failure);
  const more = had ? { images: 0, bytes: bytes - (before.bytes ?? 0) } : { images: 1, bytes };
  const totals = seen.written?.totals ?? (await records.totals(tenant));
  return { record, refusal: quotaExceededBy(totals, settings.limits, more), isNew };
}
