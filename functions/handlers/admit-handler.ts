import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { visibleText } from '../../lib/domain/visible-text.ts';
import { admitUploads } from '../../lib/steps/images/admit-uploads.ts';
import type { admitDeps } from '../deps/admit-deps.ts';
import { groupByTenant } from '../shared/group-by-tenant.ts';
import { receiveCountOf, strangeKeysOf, uploadsOf } from '../shared/records.ts';
import { logger, publishCounts } from '../shared/telemetry.ts';

const COUNT_OF = {
  admitted: 'ImagesAdmitted',
  'done before': 'ImagesDoneBefore',
  gone: 'ImagesGone',
  stray: 'ImagesStray',
} as const;

/** S3 ObjectCreated, through SQS: uploads are written down and sent on to be described. */
export function admitHandler(deps: ReturnType<typeof admitDeps>) {
  return (event: SQSEvent): Promise<SQSBatchResponse> => {
    return groupByTenant(
      event,
      (record) => {
        // No tenant can ever have it, so no list of strays does: it stays in the bucket, and the operator is told.
        for (const key of strangeKeysOf(record)) {
          logger.warn('no image can have this key', { key: visibleText(key) });
          publishCounts({ [COUNT_OF.stray]: 1 });
        }
        const lastAttempt = receiveCountOf(record) >= deps.maxReceives;
        return uploadsOf(record).map((upload) => ({ ...upload, lastAttempt }));
      },
      async (tenant, uploads) => {
        const outcomes = await admitUploads(deps, tenant, uploads);
        for (const [outcome, { length }] of Map.groupBy(outcomes, (one) => one))
          publishCounts({ [COUNT_OF[outcome]]: length });
        await deps.flushUsage();
      },
      deps,
    );
  };
}
