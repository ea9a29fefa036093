import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { notifyWebhook } from '../lib/steps/notify-webhook.ts';
import { notifyDeps } from './deps.ts';
import { eachRecord } from './each-record.ts';
import { notifyMessageOf } from './records.ts';
import { logger } from './telemetry.ts';

const deps = notifyDeps(process.env);

/** Tells the webhooks of tenants how their images stand. */
export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return eachRecord(event, async (record) => {
    const message = notifyMessageOf(record);
    logger.info(await notifyWebhook(deps, message), { ...message });
    await deps.settleUsage();
  });
}
