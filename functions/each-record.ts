import type { Logger } from '@aws-lambda-powertools/logger';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { logger } from './telemetry.ts';

/**
 * Handles every record of a batch on its own and reports those that failed, so that the queue brings back these
 * alone and, after a number of times, puts them aside.
 */
export async function eachRecord(
  { Records }: SQSEvent,
  handle: (record: SQSRecord, logger: Logger) => Promise<void>,
): Promise<SQSBatchResponse> {
  const results = await Promise.allSettled(Records.map(async (record) => handle(record, logger)));
  const batchItemFailures = results.flatMap((result, i) => {
    if (result.status === 'fulfilled') return [];
    const { messageId } = Records[i]!;
    logger.error('record failed', { messageId, error: result.reason as Error });
    return [{ itemIdentifier: messageId }];
  });
  return { batchItemFailures };
}
