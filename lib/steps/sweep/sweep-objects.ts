import { sequencerAfter, type TenantId } from '../../domain/ids.ts';
import { parseUploadKey } from '../../domain/object-key.ts';
import type { DescribeMessage, SweepMessage } from '../../domain/messages.ts';
import { isFromBefore } from '../../domain/stray.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { ListedObject, ObjectLists } from '../../ports/object-lists.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { TenantReader } from '../../ports/tenants.ts';

interface SweepObjectsDeps {
  readonly tenants: TenantReader;
  readonly records: ImageRecords;
  readonly objectLists: ObjectLists;
  readonly describeQueue: MessageQueue<DescribeMessage>;
  readonly sweepQueue: MessageQueue<SweepMessage>;
  readonly clock: Clock;
}

const HOUR_MS = 3_600_000;
/** Longer than an event can be late: 14 days in dead letters. Older objects were looked at every day since. */
const LOOKED_AT_MS = 31 * 24 * HOUR_MS;

/**
 * Goes through the originals of a tenant and sends those again that have no record: their events were lost. Any number
 * of sweeps end in the same state.
 */
export async function sweepObjects(
  deps: SweepObjectsDeps,
  { tenant, after }: { readonly tenant: TenantId; readonly after?: string | undefined },
  timeIsUp: () => boolean,
): Promise<{ readonly sent: number }> {
  const account = await deps.tenants.get(tenant);
  if (account?.status !== 'active' && account?.status !== 'suspended') return { sent: 0 };
  let sent = 0;
  let start = after;
  do {
    const { objects, next } = await deps.objectLists.originals(tenant, start);
    const nowMs = deps.clock.nowMs();
    const recent = objects.filter(
      ({ storedAtMs }) =>
        storedAtMs < nowMs - HOUR_MS &&
        storedAtMs > nowMs - LOOKED_AT_MS &&
        !isFromBefore(storedAtMs, account),
    );
    const messages = await unrecorded(deps.records, tenant, recent);
    await deps.describeQueue.send(messages);
    sent += messages.length;
    start = next;
    if (start !== undefined && timeIsUp()) {
      await deps.sweepQueue.send([{ task: 'objects', tenant, after: start }]);
      return { sent };
    }
  } while (start !== undefined);
  return { sent };
}

/** Objects without a record, or that are there though S3 told of their removal. */
async function unrecorded(
  records: ImageRecords,
  tenant: TenantId,
  objects: readonly ListedObject[],
): Promise<DescribeMessage[]> {
  const uploads = objects.flatMap(({ key, bytes, storedAtMs }) => {
    const upload = parseUploadKey(key);
    return upload ? [{ ...upload, bytes, storedAtMs }] : [];
  });
  const known = await records.getMany(
    tenant,
    uploads.map(({ imageId }) => imageId),
  );
  return uploads.flatMap(({ name, imageId, bytes, storedAtMs }): DescribeMessage[] => {
    const record = known.get(imageId);
    if (record && (record.status !== 'removed' || record.deletesObject)) return [];
    return [{ tenant, name, bytes, storedAtMs, sequencer: sequencerAfter(record?.sequencer, storedAtMs) }];
  });
}
