import { z } from 'zod';
import { lambdaFunction } from '../../lib/adapters/lambda-function.ts';
import type { SegmentId, TenantId } from '../../lib/domain/ids.ts';
import type { StoredSegments } from '../../lib/ports/stored-segments.ts';
import { lambda } from './clients.ts';

/** Longer than functions/segments.ts may take (infra/indexing.ts), and less than the API has. */
const WAIT_MS = 17_000;

const Answer = z.strictObject({
  segmentIds: z.array(z.string().transform((id) => id as SegmentId)),
  next: z.string().exactOptional(),
});

/** What functions/segments.ts says, which alone may look. */
export function storedSegmentsBy(functionName: string): StoredSegments {
  const segments = lambdaFunction<
    { readonly tenant: TenantId; readonly start?: string },
    z.infer<typeof Answer>
  >(lambda(WAIT_MS), functionName, Answer);
  return { list: (tenant, start) => segments.call({ tenant, ...(start !== undefined && { start }) }) };
}
