import type { ImageRecord } from '../../domain/image.ts';
import type { DescribeMessage } from '../../domain/messages.ts';
import type { TenantId } from '../../domain/ids.ts';
import { uploadKey } from '../../domain/object-key.ts';
import { isFromBefore } from '../../domain/stray.ts';
import { isLiving, type Tenant } from '../../domain/tenant.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { FoundObject, ObjectTimes } from '../../ports/object-times.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { removeImages, type Removal, type RemoveDeps } from './remove-image.ts';

interface FollowRemovalsDeps extends RemoveDeps {
  readonly tenants: TenantReader;
  readonly objectTimes: ObjectTimes;
  readonly admitQueue: MessageQueue<DescribeMessage>;
}

/** A removal that S3 told of: of an object, by a delete marker, or of one of its versions. */
export interface ObjectRemoval extends Removal {
  readonly kind: 'created' | 'removed' | 'marked' | 'version removed';
}

/**
 * Follows what was removed from the bucket. Events may come late and out of order, so where there are versions the
 * bucket is asked what is there now. Where an object is there, the image stays: if it is another picture than the one
 * described last, it is described again. Events of before the tenant, and of a deleted tenant, are ignored.
 */
export async function followRemovals(
  deps: FollowRemovalsDeps,
  tenant: TenantId,
  removals: readonly ObjectRemoval[],
): Promise<{ readonly removed: number; readonly kept: number }> {
  const account = await deps.tenants.get(tenant);
  if (!isLiving(account)) return { removed: 0, kept: 0 };
  const own = removals.filter(({ atMs }) => atMs === undefined || !isFromBefore(atMs, account));
  const looked = await Promise.all(
    own.map(async (removal) => ({ removal, left: await objectLeft(deps, account, removal) })),
  );
  const gone = looked
    .filter(({ left }) => left === undefined)
    .map(({ removal }) => ({
      ...removal,
      ...(removal.kind === 'marked' && { leavesVersion: true as const }),
    }));
  await removeImages(deps, tenant, gone);
  for (const { removal, left } of looked) if (left) await describeIfOther(deps, tenant, removal, left);
  return { removed: gone.length, kept: own.length - gone.length };
}

/** The object that is there, unless it is of before the tenant, to whom it does not belong. */
async function objectLeft(
  { objectTimes }: FollowRemovalsDeps,
  account: Tenant,
  { kind, name }: ObjectRemoval,
): Promise<FoundObject | undefined> {
  if (kind !== 'version removed' && kind !== 'marked') return undefined;
  const left = await objectTimes.find(account.id, uploadKey(account.id, name));
  return left && !isFromBefore(left.storedAtMs, account) ? left : undefined;
}

/**
 * An image that was removed is back when its delete marker is gone; one whose picture came later than the object that
 * is there shows an older picture now. The event's sequencer makes it a new state. What its owner deleted by the API
 * stays deleted: its versions go one after the other.
 */
async function describeIfOther(
  { records, admitQueue }: FollowRemovalsDeps,
  tenant: TenantId,
  { imageId, name, sequencer }: ObjectRemoval,
  left: FoundObject,
): Promise<void> {
  const record = await records.get(tenant, imageId);
  if (record && (record.sequencer >= sequencer || record.deletesObject)) return;
  const isShown = record !== undefined && record.status !== 'removed' && isOf(record, left);
  if (isShown) return;
  const { bytes, storedAtMs } = left;
  await admitQueue.send([{ tenant, name, bytes, storedAtMs, sequencer }]);
}

/** Whether an object is the one that was described. Where versions are not known, the time tells. */
const isOf = (record: ImageRecord, { versionId, storedAtMs }: FoundObject): boolean =>
  record.versionId !== undefined && versionId !== undefined
    ? record.versionId === versionId
    : record.storedAtMs === undefined || sameSecond(record.storedAtMs, storedAtMs);

/** An event tells milliseconds, S3 whole seconds. */
const sameSecond = (a: number, b: number): boolean => Math.floor(a / 1000) === Math.floor(b / 1000);
