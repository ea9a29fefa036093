import * as z from 'zod';
import { parseTenantId } from '../../lib/domain/ids.ts';
import type { AllStoredSegments, StoredSegments } from '../../lib/ports/stored-segments.ts';

const Request = z.strictObject({
  /** All tenants where absent. */
  tenant: z.string().transform(parseTenantId).exactOptional(),
  start: z.string().exactOptional(),
});

/** Called by the API and by a rebuild for the segments of a tenant, and by a sweep for those of all; a page a call. */
export const segmentsHandler =
  ({ stored }: { readonly stored: StoredSegments & AllStoredSegments }) =>
  (event: unknown) => {
    const { tenant, start } = Request.parse(event);
    return tenant === undefined ? stored.listAll(start) : stored.list(tenant, start);
  };
