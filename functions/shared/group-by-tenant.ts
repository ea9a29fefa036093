import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { TenantId } from '../../lib/domain/ids.ts';
import { logger } from './telemetry.ts';

/**
 * Handles what a batch of records says by tenant, all of a tenant's at once, since each commit of an index costs the
 * same. Records that cannot be read and those of a tenant that failed are reported, and come back.
 */
export async function groupByTenant<Work extends { readonly tenant: TenantId }>(
  { Records }: SQSEvent,
  read: (record: SQSRecord) => readonly Work[],
  handle: (tenant: TenantId, work: readonly Work[]) => Promise<void>,
): Promise<SQSBatchResponse> {
  const failed = new Set<string>();
  const byTenant = new Map<TenantId, { work: Work[]; messageIds: string[] }>();
  for (const record of Records) {
    try {
      for (const work of read(record)) {
        const batch = byTenant.get(work.tenant) ?? { work: [], messageIds: [] };
        batch.work.push(work);
        batch.messageIds.push(record.messageId);
        byTenant.set(work.tenant, batch);
      }
    } catch (error) {
      logger.error('record failed', { messageId: record.messageId, error: error as Error });
      failed.add(record.messageId);
    }
  }
  for (const [tenant, { work, messageIds }] of byTenant) {
    try {
      await handle(tenant, work);
      logger.info('handled', { tenant, images: work.length });
    } catch (error) {
      logger.error('batch failed', { tenant, images: work.length, error: error as Error });
      for (const messageId of messageIds) failed.add(messageId);
    }
  }
  return { batchItemFailures: Array.from(failed, (itemIdentifier) => ({ itemIdentifier })) };
}
