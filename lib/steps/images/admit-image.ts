import type { GlossError } from '../../domain/errors.ts';
import { afterArrival } from '../../domain/image-state.ts';
import type { ImageId } from '../../domain/ids.ts';
import type { ImageFailure, ImageRecord } from '../../domain/image.ts';
import type { Room } from '../../ports/image-records.ts';
import type { Totals } from '../../domain/usage.ts';
import { failedForQuota, quotaExceededBy } from './check-quota.ts';
import type { DescribeDeps, DescribeRequest } from './describe-request.ts';
import { failureOf } from './image-failure.ts';
import { updateRecords, type Next } from './update-record.ts';

interface Admission {
  readonly record: ImageRecord;
  /** The quota that it exceeds; undefined where it is let in. */
  readonly refusal: GlossError | undefined;
  /** Whether this call was the first to write that it is here. */
  readonly isNew: boolean;
}

/**
 * Writes that the upload is here, if the quota has room for it, in one write: of several that come at once as many are let
 * in as there is room for. That is asked once: an upload that was let in goes on, whatever comes after it. One that was
 * not fails, and is asked again when its event comes again. It counts, since its object is in the bucket.
 */
export async function admitImage(deps: DescribeDeps, request: DescribeRequest): Promise<Admission> {
  const { limits } = deps.settings;
  const { tenant, bytes } = request;
  let asked: Totals | undefined;
  const arrived = await arrive(deps, request, (before) => ({
    room: { limits, asked: (asked = askedBy(before, bytes)) },
  }));
  if (arrived) {
    if (!failedForQuota(arrived.record.failure)) return { ...arrived, refusal: undefined };
    const totals = await deps.records.totals(tenant);
    return { ...arrived, refusal: quotaExceededBy(totals, limits, { images: 1, bytes }) };
  }
  const totals = await deps.records.totals(tenant);
  const refusal = quotaExceededBy(sumOf(totals, asked!), limits, asked!);
  // Something was deleted a moment ago.
  if (!refusal) return admitImage(deps, request);
  const failure = failureOf(refusal, true);
  const refused = await arrive(deps, request, () => ({ failure }));
  return { ...refused!, refusal }; // whoever asks for no room finds it
}

/** What an upload takes up that its name had not been let in for before. The version that it replaces stays and counts. */
const askedBy = (before: ImageRecord | undefined, bytes: number): Totals => {
  const isLetIn = before && before.status !== 'removed' && !failedForQuota(before.failure);
  return { images: isLetIn ? 0 : 1, bytes };
};

const sumOf = (a: Totals, b: Totals): Totals => ({ images: a.images + b.images, bytes: a.bytes + b.bytes });

/** @returns the current record, and whether it was written here; undefined where there was no room for it */
async function arrive(
  { records, clock }: DescribeDeps,
  request: DescribeRequest,
  how: (before: ImageRecord | undefined) => { readonly room?: Room; readonly failure?: ImageFailure },
): Promise<Pick<Admission, 'record' | 'isNew'> | undefined> {
  const { tenant, imageId } = request;
  let mine: ImageRecord | undefined;
  const full: ImageId[] = [];
  const next: Next = (before) => {
    if (full.length > 0) return undefined;
    const after = afterArrival(before, { ...request, source: 'upload' }, clock.nowMs());
    if (!after) return undefined;
    const { room, failure } = how(before);
    mine = failure ? { ...after, status: 'failed', failure } : after;
    return { after: mine, ...(room && { room }) };
  };
  const current = await updateRecords(records, tenant, [imageId], next, (id) => full.push(id));
  const record = current.get(imageId)!; // an arrival always leaves a record
  return full.length > 0 ? undefined : { record, isNew: record === mine };
}
