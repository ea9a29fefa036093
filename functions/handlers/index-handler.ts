import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { indexForTenant } from '../../lib/steps/index/index-for-tenant.ts';
import type { indexGlossesDeps } from '../deps/index-deps.ts';
import { groupByTenant } from '../shared/group-by-tenant.ts';
import { indexMessageOf } from '../shared/records.ts';
import { publishCounts } from '../shared/telemetry.ts';

/** A window's worth of images that have a gloss: one segment for each tenant among them. */
export function indexHandler(deps: ReturnType<typeof indexGlossesDeps>) {
  return (event: SQSEvent): Promise<SQSBatchResponse> => {
    return groupByTenant(
      event,
      (record) => [indexMessageOf(record)],
      async (tenant, images) => {
        const { added } = await indexForTenant(
          deps,
          tenant,
          images.map(({ imageId }) => imageId),
        );
        publishCounts({ DocumentsIndexed: added });
        await deps.flushUsage();
      },
      deps,
    );
  };
}
