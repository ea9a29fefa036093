import type { DescribeMessage } from '../../domain/messages.ts';
import type { TenantId } from '../../domain/ids.ts';
import { uploadKey } from '../../domain/object-key.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { removeImages, type Removal, type RemoveDeps } from './remove-image.ts';

interface FollowRemovalsDeps extends RemoveDeps {
  readonly tenants: TenantReader;
  readonly objectTimes: ObjectTimes;
  readonly describeQueue: MessageQueue<DescribeMessage>;
}

/** A removal that S3 told of: of an object, or of one of its versions. */
export interface ObjectRemoval extends Removal {
  readonly kind: 'created' | 'removed' | 'version removed';
}

/**
 * Follows what was removed from the bucket. Where one version was removed and another is there, the image stays: if it
 * is another picture than the one described last, it is described again. Events about objects of a deleted tenant are
 * ignored: the purge removes everything.
 */
export async function followRemovals(
  deps: FollowRemovalsDeps,
  tenant: TenantId,
  removals: readonly ObjectRemoval[],
): Promise<{ readonly removed: number; readonly kept: number }> {
  const account = await deps.tenants.get(tenant);
  if (account?.status !== 'active' && account?.status !== 'suspended') return { removed: 0, kept: 0 };
  const looked = await Promise.all(
    removals.map(async (removal) => ({ removal, left: await objectLeft(deps, tenant, removal) })),
  );
  const gone = looked.filter(({ left }) => left === undefined).map(({ removal }) => removal);
  await removeImages(deps, tenant, gone);
  for (const { removal, left } of looked)
    if (left) await describeIfOther(deps, tenant, removal, left.storedAtMs);
  return { removed: gone.length, kept: removals.length - gone.length };
}

async function objectLeft(
  { objectTimes }: FollowRemovalsDeps,
  tenant: TenantId,
  { kind, name }: ObjectRemoval,
): Promise<{ readonly storedAtMs: number } | undefined> {
  if (kind !== 'version removed') return undefined;
  const storedAtMs = await objectTimes.storedAtMs(tenant, uploadKey(tenant, name));
  return storedAtMs === undefined ? undefined : { storedAtMs };
}

/**
 * An image that was removed is back when its delete marker is; one whose picture came later than the object that is
 * there shows an older picture now. The event's sequencer makes it a new state.
 */
async function describeIfOther(
  { records, describeQueue }: FollowRemovalsDeps,
  tenant: TenantId,
  { imageId, name, sequencer }: ObjectRemoval,
  storedAtMs: number,
): Promise<void> {
  const record = await records.get(tenant, imageId);
  if (record && record.sequencer >= sequencer) return;
  const isShown =
    record !== undefined &&
    record.status !== 'removed' &&
    (record.storedAtMs === undefined || sameSecond(record.storedAtMs, storedAtMs));
  if (isShown) return;
  await describeQueue.send([{ tenant, name, bytes: record?.bytes ?? 0, storedAtMs, sequencer }]);
}

/** An event tells milliseconds, S3 whole seconds. */
const sameSecond = (a: number, b: number): boolean => Math.floor(a / 1000) === Math.floor(b / 1000);
