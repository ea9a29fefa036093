import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { sharpPictureDecoder } from '../lib/adapters/sharp-picture-decoder.ts';
import { describeImage } from '../lib/steps/describe-image.ts';
import { describeDeps } from './deps.ts';
import { objectEventsOf, receiveCountOf } from './records.ts';
import { eachRecord } from './each-record.ts';

const { maxReceives, ...adapters } = describeDeps(process.env);
const deps = { ...adapters, decoder: sharpPictureDecoder };

/** S3 ObjectCreated, through SQS: a picture becomes a gloss. */
export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return eachRecord(event, async (record, logger) => {
    for (const upload of objectEventsOf(record)) {
      const lastAttempt = receiveCountOf(record) >= maxReceives;
      const outcome = await describeImage(deps, { ...upload, lastAttempt });
      logger.info('described', { tenant: upload.tenant, imageId: upload.imageId, outcome });
    }
  });
}
