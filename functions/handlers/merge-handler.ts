import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dropSegments } from '../../lib/steps/index/drop-segments.ts';
import { mergeSegments } from '../../lib/steps/index/merge-segments.ts';
import { rewriteStale } from '../../lib/steps/index/rewrite-stale.ts';
import type { mergeDeps } from '../deps/merge-deps.ts';
import { forEachRecord } from '../shared/for-each-record.ts';
import { mergeMessageOf } from '../shared/records.ts';
import { logger } from '../shared/telemetry.ts';

/** Keeps the number of live segments small, and drops those that merges have replaced. */
export function mergeHandler(deps: ReturnType<typeof mergeDeps>) {
  return (event: SQSEvent): Promise<SQSBatchResponse> => {
    return forEachRecord(
      event,
      async (record) => {
        const message = mergeMessageOf(record);
        if (message.task === 'drop') await dropSegments(deps, message);
        else {
          const merge = message.task === 'rewrite' ? rewriteStale : mergeSegments;
          const { merged } = await merge(deps, message.tenant);
          logger.info(message.task === 'rewrite' ? 'rewritten' : 'merged', {
            tenant: message.tenant,
            segments: merged,
          });
        }
        await deps.flushUsage();
      },
      deps.comeBack,
    );
  };
}
