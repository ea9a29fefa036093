import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { logger } from './telemetry.ts';

/** Has a message that failed come back, sooner than one whose worker is gone. */
export type ComeBack = (record: SQSRecord) => Promise<void>;

/** By deliveries so far; so the dead letters have it after 49 minutes. */
const SOON_SEC = [10, 30, 60, 120, 300, 600, 900];
/** When the claim has expired that the failed worker left (CLAIM_MS in merge-segments.ts and purge-tenant.ts). */
const BEHIND_CLAIM_SEC = 1_000;

/**
 * A queue hides what is in work for six times as long as its worker may run, since nobody tells it when a worker is gone. One
 * that failed is there to tell.
 */
export function comeBack(queueUrl: string, { leavesClaim = false } = {}): ComeBack {
  let client: SQSClient | undefined;
  return async ({ receiptHandle, messageId, attributes }) => {
    const deliveries = Number(attributes.ApproximateReceiveCount);
    const soonSec = SOON_SEC[Math.min(deliveries, SOON_SEC.length) - 1] ?? SOON_SEC[0]!;
    try {
      const { hide, sqs } = await import('../late/sqs.ts');
      await hide((client ??= sqs()), queueUrl, receiptHandle, leavesClaim ? BEHIND_CLAIM_SEC : soonSec);
    } catch (error) {
      // It comes back all the same, later.
      logger.warn('message stays hidden', { messageId, error: error as Error });
    }
  };
}
