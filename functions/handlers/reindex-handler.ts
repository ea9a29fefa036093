import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { reindex } from '../../lib/steps/index/reindex.ts';
import type { reindexDeps } from '../deps/reindex-deps.ts';
import { forEachRecord } from '../shared/for-each-record.ts';
import { reindexMessageOf } from '../shared/records.ts';
import { logger } from '../shared/telemetry.ts';

/** Enough for what is begun, and to send on what is left to do. */
const SPARE_MS = { page: 120_000, merge: 600_000 };

/** Makes the index of a tenant again from its records and glosses. */
export function reindexHandler(deps: ReturnType<typeof reindexDeps>) {
  return (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    return forEachRecord(
      event,
      async (record) => {
        const message = reindexMessageOf(record);
        const outcome = await reindex(
          deps,
          message,
          (forWhat) => context.getRemainingTimeInMillis() >= SPARE_MS[forWhat],
        );
        logger.info('reindexed', { ...message, outcome });
        await deps.flushUsage();
      },
      deps.comeBack,
    );
  };
}
