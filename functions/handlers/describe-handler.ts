import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { DescribeDeps } from '../../lib/steps/images/describe-request.ts';
import { describeForTenant } from '../../lib/steps/images/describe-for-tenant.ts';
import type { describeDeps } from '../deps/describe-deps.ts';
import { forEachRecord } from '../shared/for-each-record.ts';
import { receiveCountOf, uploadsOf } from '../shared/records.ts';
import { logger, publishCounts } from '../shared/telemetry.ts';

/** Enough to write down what became of an image, also when it has words to take out of the index. */
const SPARE_MS = 8_000;

const COUNT_OF = {
  described: 'ImagesDescribed',
  'done before': 'ImagesDoneBefore',
  waiting: 'ImagesWaiting',
  gone: 'ImagesGone',
  failed: 'ImagesFailed',
  stray: 'ImagesStray',
} as const;

/** The dashboard counts these lines by code (infra/dashboard.ts). */
const onFailed: NonNullable<DescribeDeps['onFailed']> = ({ tenant, imageId }, { code }) =>
  logger.warn('image failed', { tenant, imageId, code });

/** Uploads that were admitted: a picture becomes a gloss. */
export function describeHandler({ maxReceives, ...given }: ReturnType<typeof describeDeps>) {
  const deps = { ...given, onFailed };
  return (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const timeIsUp = AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - SPARE_MS));
    return forEachRecord(event, async (record) => {
      for (const upload of uploadsOf(record)) {
        const lastAttempt = receiveCountOf(record) >= maxReceives;
        const outcome = await describeForTenant(deps, { ...upload, lastAttempt, timeIsUp });
        logger.info(outcome, { tenant: upload.tenant, imageId: upload.imageId });
        publishCounts({ [COUNT_OF[outcome]]: 1 });
      }
      await deps.flushUsage();
    });
  };
}
