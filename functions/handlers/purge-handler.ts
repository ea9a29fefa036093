import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { purgeTenant } from '../../lib/steps/tenants/purge-tenant.ts';
import type { purgeDeps } from '../deps/purge-deps.ts';
import { forEachRecord } from '../shared/for-each-record.ts';
import { purgeMessageOf } from '../shared/records.ts';
import { logger } from '../shared/telemetry.ts';

/** Enough to send on what is left to do. */
const SPARE_MS = 60_000;

/** Removes everything that a deleted tenant has, and proves it. */
export function purgeHandler(deps: ReturnType<typeof purgeDeps>) {
  return (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    return forEachRecord(
      event,
      async (record) => {
        const message = purgeMessageOf(record);
        const timeIsUp = () => context.getRemainingTimeInMillis() < SPARE_MS;
        const outcome = await purgeTenant(deps, message, timeIsUp);
        logger.info(outcome, { tenant: message.tenant, final: message.final });
      },
      deps.comeBack,
    );
  };
}
