import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { sweepImages } from '../lib/steps/sweep/sweep-images.ts';
import { sweepPostings } from '../lib/steps/sweep/sweep-postings.ts';
import { sweepTenants } from '../lib/steps/sweep/sweep-tenants.ts';
import { sweepDeps } from './deps/sweep-deps.ts';
import { forEachRecord } from './shared/for-each-record.ts';
import { sweepMessageOf } from './shared/records.ts';
import { logger, publishCounts } from './shared/telemetry.ts';

const deps = sweepDeps(process.env);

/** Enough for a page of images, and to send on what is left to do. */
const SPARE_MS = 120_000;

/** What the schedules ask for: images past their time go, and with them the bytes of deleted postings. */
export function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return forEachRecord(event, async (record) => {
    const message = sweepMessageOf(record);
    if (message.tenant === undefined) await sweepTenants(deps, message);
    else if (message.task === 'postings') {
      logger.info(await sweepPostings(deps, message.tenant), { tenant: message.tenant });
    } else {
      const timeIsUp = () => context.getRemainingTimeInMillis() < SPARE_MS;
      const swept = await sweepImages(deps, message, timeIsUp);
      logger.info('swept', { tenant: message.tenant, ...swept });
      publishCounts({ ImagesExpired: swept.removed });
    }
    await deps.flushUsage();
  });
}
