import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { notifyWebhook } from '../../lib/steps/notify/notify-webhook.ts';
import { publishState } from '../../lib/steps/notify/publish-state.ts';
import type { notifyDeps } from '../deps/notify-deps.ts';
import { forEachRecord } from '../shared/for-each-record.ts';
import { notifyMessageOf } from '../shared/records.ts';
import { logger } from '../shared/telemetry.ts';

/** Tells the webhooks of tenants, and the deployment's event bus, how images stand. */
export function notifyHandler(deps: ReturnType<typeof notifyDeps>) {
  return (event: SQSEvent): Promise<SQSBatchResponse> => {
    return forEachRecord(event, async (record) => {
      const message = notifyMessageOf(record);
      const tell = message.to === 'bus' ? publishState : notifyWebhook;
      logger.info(await tell(deps, message), { ...message });
      await deps.flushUsage();
    });
  };
}
