import { z } from 'zod';
import { parseTenantId } from '../../lib/domain/ids.ts';
import type { StoredSegments } from '../../lib/ports/stored-segments.ts';

const Request = z.strictObject({
  tenant: z.string().transform(parseTenantId),
  start: z.string().exactOptional(),
});

/** Called by the API and by a rebuild: names the segments of a tenant, a page a call. */
export const segmentsHandler =
  ({ stored }: { readonly stored: StoredSegments }) =>
  (event: unknown) => {
    const { tenant, start } = Request.parse(event);
    return stored.list(tenant, start);
  };
