import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { ImageId, TenantId } from '../lib/domain/ids.ts';
import { indexGlosses } from '../lib/steps/index-glosses.ts';
import { indexGlossesDeps } from './deps.ts';
import { indexMessageOf } from './records.ts';
import { logger, publishCounts } from './telemetry.ts';

const deps = indexGlossesDeps(process.env);

/** A window's worth of images that have a gloss: one segment for each tenant among them. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  const batches = new Map<TenantId, { imageIds: ImageId[]; messageIds: string[] }>();
  for (const record of Records) {
    try {
      const { tenant, imageId } = indexMessageOf(record);
      const batch = batches.get(tenant) ?? { imageIds: [], messageIds: [] };
      batches.set(tenant, {
        imageIds: [...batch.imageIds, imageId],
        messageIds: [...batch.messageIds, record.messageId],
      });
    } catch (error) {
      logger.error('record failed', { messageId: record.messageId, error: error as Error });
      failed.push(record.messageId);
    }
  }
  for (const [tenant, { imageIds, messageIds }] of batches) {
    try {
      const { added } = await indexGlosses(deps, tenant, imageIds);
      logger.info('indexed', { tenant, images: imageIds.length, added });
      publishCounts({ DocumentsIndexed: added });
    } catch (error) {
      logger.error('batch failed', { tenant, images: imageIds.length, error: error as Error });
      failed.push(...messageIds);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
