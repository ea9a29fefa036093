import type { DescribeMessage } from '../../domain/messages.ts';
import type { TenantId } from '../../domain/ids.ts';
import { isSameObject } from '../../domain/seen-object.ts';
import { isFromBefore } from '../../domain/stray.ts';
import { readableOnes } from '../../domain/unreadable.ts';
import { isLiving } from '../../domain/tenant.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { FoundObject, ObjectTimes } from '../../ports/object-times.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { describeMessage } from './describe-message.ts';
import { findOwn } from './find-own.ts';
import type { Removal } from '../../domain/image-state.ts';
import { removeImages, type RemoveDeps } from './remove-image.ts';

interface FollowRemovalsDeps extends RemoveDeps {
  readonly tenants: TenantReader;
  readonly objectTimes: ObjectTimes;
  readonly admitQueue: MessageQueue<DescribeMessage>;
}

/** A removal that S3 told of: of an object, by a delete marker, or of one of its versions. */
export interface ObjectRemoval extends Pick<Removal, 'imageId' | 'name' | 'sequencer'> {
  readonly kind: 'created' | 'removed' | 'marked' | 'version removed';
  /** When it happened, where its event says so. */
  readonly atMs?: number | undefined;
}

/**
 * Follows what was removed from the bucket. Events may come late and out of order, so the bucket is asked what is there
 * now. Where an object is there, the image stays: if it is another than the record knows of, it is described. Events of
 * before the tenant, and of a deleted tenant, are ignored.
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
    own.map(async (removal) => ({ removal, left: await findOwn(deps.objectTimes, account, removal.name) })),
  );
  const gone = looked
    .filter(({ left }) => left === undefined)
    .map(({ removal: { imageId, name, sequencer, kind } }): Removal => {
      const leavesVersion = kind === 'marked' && { leavesVersion: true as const };
      return { imageId, name, sequencer, object: null, ...leavesVersion };
    });
  await removeImages(deps, tenant, gone);
  for (const { removal, left } of looked) if (left) await describeIfOther(deps, tenant, removal, left);
  return { removed: gone.length, kept: own.length - gone.length };
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
  // What cannot be read is described again, and so mended.
  const [record] = readableOnes([await records.get(tenant, imageId)]);
  if (record && (record.sequencer >= sequencer || record.deletesObject)) return;
  if (record && isSameObject(left, record.object)) return;
  await admitQueue.send([describeMessage(tenant, name, left, sequencer)]);
}
