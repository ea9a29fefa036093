import * as z from 'zod';
import { parseTenantId, type SegmentId, type TenantId } from '../../lib/domain/ids.ts';
import type { AllStoredSegments, StoredSegments } from '../../lib/ports/stored-segments.ts';
import { remoteFunction } from './remote-function.ts';

/** Longer than functions/segments.ts may take (infra/indexing.ts), and less than the API has. */
const WAIT_MS = 17_000;

const segmentId = z.string().transform((id) => id as SegmentId);
const next = z.string().exactOptional();
const OfOne = z.strictObject({ segmentIds: z.array(segmentId), next });
const OfAll = z.strictObject({
  segments: z.array(z.strictObject({ tenant: z.string().transform(parseTenantId), segmentId })),
  next,
});

/** What functions/segments.ts says of one tenant. It alone may look. */
export function storedSegmentsBy(functionName: string): StoredSegments {
  const segments = remoteFunction<
    { readonly tenant: TenantId; readonly start?: string },
    z.infer<typeof OfOne>
  >(functionName, WAIT_MS, OfOne);
  return { list: (tenant, start) => segments.call({ tenant, ...(start !== undefined && { start }) }) };
}

/** The same of all tenants. */
export function allStoredSegmentsBy(functionName: string): AllStoredSegments {
  const segments = remoteFunction<{ readonly start?: string }, z.infer<typeof OfAll>>(
    functionName,
    WAIT_MS,
    OfAll,
  );
  return { listAll: (start) => segments.call(start === undefined ? {} : { start }) };
}
