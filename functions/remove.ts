import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { removeImage } from '../lib/steps/remove-image.ts';
import { removeDeps } from './deps.ts';
import { eachRecord } from './each-record.ts';
import { objectEventsOf } from './records.ts';
import { logger } from './telemetry.ts';

const deps = removeDeps(process.env);

/** S3 ObjectRemoved, through SQS: an image leaves the index, and its gloss and thumbnail go. */
export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return eachRecord(event, async (record) => {
    for (const removal of objectEventsOf(record)) {
      await removeImage(deps, removal);
      logger.info('removed', { tenant: removal.tenant, imageId: removal.imageId });
    }
  });
}
