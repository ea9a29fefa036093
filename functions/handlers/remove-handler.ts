import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { followRemovals } from '../../lib/steps/images/follow-removals.ts';
import type { removeDeps } from '../deps/remove-deps.ts';
import { groupByTenant } from '../shared/group-by-tenant.ts';
import { objectEventsOf } from '../shared/records.ts';
import { publishCounts } from '../shared/telemetry.ts';

/** S3 ObjectRemoved, through SQS: images leave the index by one commit a tenant, and their glosses and thumbnails go. */
export function removeHandler(deps: ReturnType<typeof removeDeps>) {
  return (event: SQSEvent): Promise<SQSBatchResponse> => {
    return groupByTenant(
      event,
      objectEventsOf,
      async (tenant, removals) => {
        const { removed, kept } = await followRemovals(deps, tenant, removals);
        publishCounts({ ImagesRemoved: removed, ImagesKeptByVersions: kept });
        await deps.flushUsage();
      },
      deps,
    );
  };
}
