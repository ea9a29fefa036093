import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { listTenantAgain } from '../../lib/steps/sweep/list-tenant-again.ts';
import { sweepDocuments } from '../../lib/steps/sweep/sweep-documents.ts';
import { sweepImages } from '../../lib/steps/sweep/sweep-images.ts';
import { sweepObjects } from '../../lib/steps/sweep/sweep-objects.ts';
import { sweepPostings } from '../../lib/steps/sweep/sweep-postings.ts';
import { listSegments, sweepSegments } from '../../lib/steps/sweep/sweep-segments.ts';
import { sweepStrays } from '../../lib/steps/sweep/sweep-strays.ts';
import { sweepThumbnails } from '../../lib/steps/sweep/sweep-thumbnails.ts';
import { endKeysAgain } from '../../lib/steps/sweep/end-keys-again.ts';
import { wakeImages } from '../../lib/steps/sweep/wake-images.ts';
import { sweepTenants } from '../../lib/steps/sweep/sweep-tenants.ts';
import type { sweepDeps } from '../deps/sweep-deps.ts';
import { forEachRecord } from '../shared/for-each-record.ts';
import { sweepMessageOf } from '../shared/records.ts';
import { logger, publishCounts, publishSeconds } from '../shared/telemetry.ts';

/** Enough for a page of images, and to send on what is left to do. */
const SPARE_MS = 120_000;

/**
 * What the schedules ask for: images past their time go, and with them the bytes of deleted postings; images and originals
 * whose messages or events were lost are sent on; thumbnails of no state and segments that no manifest names go; strays past
 * their time go; images that wait are described once they can be; keys that were ended open nothing.
 */
export function sweepHandler(deps: ReturnType<typeof sweepDeps>) {
  return (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const timeIsUp = () => context.getRemainingTimeInMillis() < SPARE_MS;
    return forEachRecord(
      event,
      async (record) => {
        const message = sweepMessageOf(record);
        const { task, tenant } = message;
        if (tenant !== undefined && (task === 'segments' || task === 'objects'))
          await listTenantAgain(deps, tenant);
        if (message.task === 'segments') {
          if (message.tenant === undefined) await listSegments(deps, message, timeIsUp);
          else logger.info('segments', { tenant: message.tenant, ...(await sweepSegments(deps, message)) });
        } else if (message.task === 'keys') {
          const { ended } = await endKeysAgain(deps);
          logger[ended > 0 ? 'warn' : 'info']('keys', { ended });
        } else if (message.tenant === undefined) await sweepTenants(deps, message);
        else if (message.task === 'postings') {
          const swept = await sweepPostings(deps, message.tenant);
          const isWrong = swept === 'in another language';
          logger[isWrong ? 'error' : 'info'](swept, { tenant: message.tenant });
          if (isWrong) publishCounts({ IndexWrong: 1 });
        } else if (message.task === 'strays') {
          logger.info('strays', { tenant: message.tenant, ...(await sweepStrays(deps, message.tenant)) });
        } else if (message.task === 'waiting') {
          const { woken, oldestMs } = await wakeImages(deps, message.tenant);
          logger.info('woken', { tenant: message.tenant, woken, oldestMs });
          publishCounts({ ImagesWoken: woken });
          publishSeconds({
            OldestWaitsForModel: Math.round((oldestMs.model ?? 0) / 1_000),
            OldestWaitsForBudget: Math.round((oldestMs.budget ?? 0) / 1_000),
          });
        } else if (message.task === 'objects') {
          const swept = await sweepObjects(deps, message, timeIsUp);
          logger.info('objects', { tenant: message.tenant, ...swept });
          publishCounts({ ImagesSentAgain: swept.sent });
        } else if (message.task === 'documents') {
          const swept = await sweepDocuments(deps, message, timeIsUp);
          logger.info('documents', { tenant: message.tenant, ...swept });
        } else if (message.task === 'thumbnails') {
          logger.info('thumbnails', {
            tenant: message.tenant,
            ...(await sweepThumbnails(deps, message, timeIsUp)),
          });
        } else {
          const swept = await sweepImages(deps, message, timeIsUp);
          const isWrong = swept.index !== 'right';
          logger[isWrong ? 'error' : 'info']('swept', { tenant: message.tenant, ...swept });
          publishCounts({
            IndexWrong: isWrong ? 1 : 0,
            ImagesExpired: swept.removed,
            ImagesSentAgain: swept.resumed,
            TotalsCorrected: swept.corrected ? 1 : 0,
          });
        }
        await deps.flushUsage();
      },
      // What waits is looked at again when the schedule comes next.
      (record) => (sweepMessageOf(record).task === 'waiting' ? Promise.resolve() : deps.comeBack(record)),
    );
  };
}
