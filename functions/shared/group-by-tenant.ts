import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { GlossError, isTransient } from '../../lib/domain/errors.ts';
import type { ImageId, TenantId } from '../../lib/domain/ids.ts';
import { logger } from './telemetry.ts';

interface ImageWork {
  readonly tenant: TenantId;
  readonly imageId: ImageId;
}

/** One thing to do, and the message that asks for it. */
interface Asked<Work> {
  readonly work: Work;
  readonly messageId: string;
}

/**
 * Handles what a batch of records says by tenant, all of a tenant's at once, since each commit of an index costs the same.
 * Whoever asks for little comes first, so that it does not wait for what another has much of; last in the second delivery, and so on. Records that cannot be read and
 * those that failed are reported, and come back. What fails for a reason that waiting does not mend is split, down to the
 * image at fault: that one alone comes back, and goes to the dead letters.
 */
export async function groupByTenant<Work extends ImageWork>(
  { Records }: SQSEvent,
  read: (record: SQSRecord) => readonly Work[],
  handle: (tenant: TenantId, work: readonly Work[]) => Promise<void>,
): Promise<SQSBatchResponse> {
  const failed = new Set<string>();
  const byTenant = new Map<TenantId, Asked<Work>[]>();
  for (const record of Records) {
    const { messageId } = record;
    try {
      for (const work of read(record))
        byTenant.set(work.tenant, [...(byTenant.get(work.tenant) ?? []), { work, messageId }]);
    } catch (error) {
      logger.error('record failed', { messageId, error: error as Error });
      failed.add(messageId);
    }
  }

  async function handleOrSplit(tenant: TenantId, asked: readonly Asked<Work>[]): Promise<void> {
    try {
      await handle(
        tenant,
        asked.map(({ work }) => work),
      );
      logger.info('handled', { tenant, images: asked.length });
    } catch (error) {
      if (asked.length > 1 && mayBeOfOne(error)) {
        const half = Math.ceil(asked.length / 2);
        await handleOrSplit(tenant, asked.slice(0, half));
        await handleOrSplit(tenant, asked.slice(half));
        return;
      }
      const imageIds = asked.map(({ work }) => work.imageId);
      logger.error('batch failed', { tenant, imageIds, error: error as Error });
      for (const { messageId } of asked) failed.add(messageId);
    }
  }

  const fewestFirst = [...byTenant].toSorted(([, a], [, b]) => a.length - b.length);
  // The work of one tenant may be the end of the process. In one of two deliveries the others come before it.
  const inOrder = isEvenDelivery(Records) ? fewestFirst.toReversed() : fewestFirst;
  for (const [tenant, asked] of inOrder) await handleOrSplit(tenant, asked);
  return { batchItemFailures: Array.from(failed, (itemIdentifier) => ({ itemIdentifier })) };
}

const isEvenDelivery = (records: readonly SQSRecord[]): boolean =>
  Math.max(...records.map(({ attributes }) => Number(attributes.ApproximateReceiveCount))) % 2 === 0;

/** A store that is busy or away fails every image alike. */
const mayBeOfOne = (error: unknown): boolean => !(error instanceof GlossError) || !isTransient(error);
