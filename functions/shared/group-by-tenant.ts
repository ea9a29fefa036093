import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { GlossError, isTransient } from '../../lib/domain/errors.ts';
import type { ImageId, TenantId } from '../../lib/domain/ids.ts';
import type { KeepApart } from './keep-apart.ts';
import { receiveCountOf } from './records.ts';
import { logger } from './telemetry.ts';

interface ImageWork {
  readonly tenant: TenantId;
  readonly imageId: ImageId;
}

/** One thing to do, and the message that asks for it. */
interface Asked<Work> {
  readonly work: Work;
  readonly record: SQSRecord;
}

/** How many times smaller the first piece of a tenant's work is in each delivery. */
const SMALLER = 4;
/** How many times larger each piece is than the one before it: what came back since the store was away is done in few. */
const LARGER = 2;
/** The last deliveries, in which each image is a piece. */
const ALONE = 3;

/**
 * Handles what a batch of records says by tenant, all of a tenant's at once, since each commit of an index costs the same.
 * Whoever asks for little comes first, so that it does not wait for what another has much of. Records that cannot be read
 * and those that failed are reported, and come back. What fails for a reason that waiting does not mend is split, down to
 * the image at fault: that one alone comes back, and goes to the dead letters.
 *
 * What ends the process reports nothing, and the whole batch comes back. Then it is handled in pieces. They begin smaller with
 * each delivery, and are single images in the last ones. Every other delivery begins from behind. The messages of a piece are
 * hidden for longer before its work begins, so those that end the process do not come back with the others. How small a piece
 * is goes by the deliveries of its own messages: what comes for the first time is one piece.
 */
export async function groupByTenant<Work extends ImageWork>(
  { Records }: SQSEvent,
  read: (record: SQSRecord) => readonly Work[],
  handle: (tenant: TenantId, work: readonly Work[]) => Promise<void>,
  { keepApart, maxReceives }: { readonly keepApart: KeepApart; readonly maxReceives: number },
): Promise<SQSBatchResponse> {
  const failed = new Set<SQSRecord>();
  const byTenant = new Map<TenantId, Asked<Work>[]>();
  for (const record of Records) {
    try {
      for (const work of read(record))
        byTenant.set(work.tenant, [...(byTenant.get(work.tenant) ?? []), { work, record }]);
    } catch (error) {
      logger.error('record failed', { messageId: record.messageId, error: error as Error });
      failed.add(record);
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
      for (const { record } of asked) failed.add(record);
    }
  }

  const pieces = piecesOf(byTenant, maxReceives);
  for (const { tenant, asked, delivery } of pieces) {
    if (delivery > 1 && pieces.length > 1) await keepApart([...new Set(asked.map(({ record }) => record))]);
    await handleOrSplit(tenant, asked);
  }
  return { batchItemFailures: Array.from(failed, ({ messageId: itemIdentifier }) => ({ itemIdentifier })) };
}

interface Piece<Work> {
  readonly tenant: TenantId;
  readonly asked: readonly Asked<Work>[];
  /** How often its messages were delivered. */
  readonly delivery: number;
}

/** What came first for the first time, then what came again; of each those of whoever asks for least first, or last. */
function piecesOf<Work>(
  byTenant: ReadonlyMap<TenantId, readonly Asked<Work>[]>,
  maxReceives: number,
): Piece<Work>[] {
  const pieces = [...byTenant]
    .toSorted(([, a], [, b]) => a.length - b.length)
    .flatMap(([tenant, all]) =>
      [...Map.groupBy(all, ({ record }) => receiveCountOf(record))].flatMap(([delivery, some]) => {
        const isAlone = delivery > 1 && delivery > maxReceives - ALONE;
        const first = isAlone ? 1 : Math.ceil(some.length / SMALLER ** (delivery - 1));
        return cut(some, first, isAlone ? 1 : LARGER).map((asked) => ({ tenant, asked, delivery }));
      }),
    );
  const byDelivery = Map.groupBy(pieces, ({ delivery }) => delivery);
  return [...byDelivery]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([delivery, some]) => (delivery % 2 === 0 ? some.toReversed() : some));
}

/** @param first how many the first piece has; each of the others has `larger` times as many */
function cut<T>(all: readonly T[], first: number, larger: number): T[][] {
  const pieces: T[][] = [];
  for (let at = 0, size = first; at < all.length; at += size, size *= larger)
    pieces.push(all.slice(at, at + size));
  return pieces;
}

/** A store that is busy or away fails every image alike. */
const mayBeOfOne = (error: unknown): boolean => !(error instanceof GlossError) || !isTransient(error);
