import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { ComeBack } from './come-back.ts';
import { logger } from './telemetry.ts';

/**
 * Handles every record of a batch on its own and reports those that failed, so that the queue brings back these
 * alone and, after a number of times, puts them aside.
 * @param comeBack tells the queue when; left out, it hides them for as long as those of a worker that is gone
 */
export function forEachRecord(
  event: SQSEvent,
  handle: (record: SQSRecord) => Promise<void>,
  comeBack?: ComeBack,
): Promise<SQSBatchResponse> {
  const handleAndTell = async (record: SQSRecord) => {
    try {
      await handle(record);
    } catch (error) {
      logger.error('record failed', { messageId: record.messageId, error: error as Error });
      await comeBack?.(record);
      throw error;
    }
  };
  const processor = new BatchProcessor(EventType.SQS);
  // A batch that fails whole is reported record by record like any other, not thrown as an error of the function.
  return processPartialResponse(event, handleAndTell, processor, { throwOnFullBatchFailure: false });
}
