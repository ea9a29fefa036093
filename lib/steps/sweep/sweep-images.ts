import { cameAfter } from '../../domain/seen-object.ts';
import { LOST_NAME, type ImageRecord } from '../../domain/image.ts';
import type { TenantId } from '../../domain/ids.ts';
import { uploadKey } from '../../domain/object-key.ts';
import { readableIn, readableOnes } from '../../domain/unreadable.ts';
import { isLiving, type Tenant } from '../../domain/tenant.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { SweepMessage } from '../../domain/messages.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import type { Totals } from '../../domain/usage.ts';
import { asSeen } from '../images/find-own.ts';
import type { Removal } from '../../domain/image-state.ts';
import { removeImages } from '../images/remove-image.ts';
import { startReindex, type StartReindexDeps } from '../index/start-reindex.ts';
import { compareIndex, healthBy, type IndexHealth } from './compare-index.ts';
import { correctSums, noSums, plusRecords } from './count-sums.ts';
import { expireVersions } from './expire-versions.ts';
import { describeLost } from './describe-lost.ts';
import { lookAtOriginals } from './look-at-originals.ts';
import { removeLost } from './remove-lost.ts';
import { resumeImages, type ResumeImagesDeps } from './resume-images.ts';

interface SweepImagesDeps extends ResumeImagesDeps, Pick<StartReindexDeps, 'reindexQueue'> {
  readonly tenants: TenantReader;
  readonly sweepQueue: MessageQueue<SweepMessage>;
}

interface SweptImages {
  readonly removed: number;
  readonly forgotten: number;
  /** Sent on to their next step. */
  readonly resumed: number;
  /** Removed, since their originals were gone without an event. */
  readonly lost: number;
  /** Passed over, since their records cannot be read. */
  readonly unreadable: number;
  /** Whether the sums of the tenant were others than those of its records. */
  readonly corrected: boolean;
  readonly index: IndexHealth;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Images that one commit removes from the index. */
const PAGE = 100;
/** After this time a worker that began a removal has finished it or is dead. */
const REMOVING_MS = HOUR_MS;
/** For this long after a removal a sweep repeats it, and so finishes one whose worker died. */
const FINISHED_MS = 2 * DAY_MS;
/** Longer than an upload's event can be late: 14 days in dead letters, and some more after a redrive. */
const REMEMBERED_MS = 30 * DAY_MS;

/**
 * Goes through the images of a tenant. Images past the tenant's retention are removed, interrupted removals are
 * finished, images that wait for a step whose message was lost are sent on, and records of images removed a month ago are
 * deleted. An index that lacks images is made again. The sums of the tenant are counted anew and corrected. Any number of
 * sweeps end in the same state. Work that does not fit into the worker's time continues in another message, from where it
 * stopped.
 */
export async function sweepImages(
  deps: SweepImagesDeps,
  { tenant, after, sums: counted }: Omit<Extract<SweepMessage, { tenant: TenantId; task: 'images' }>, 'task'>,
  timeIsUp: () => boolean,
): Promise<SweptImages> {
  const swept = {
    removed: 0,
    forgotten: 0,
    resumed: 0,
    lost: 0,
    unreadable: 0,
    corrected: false,
    index: 'right' as IndexHealth,
  };
  const account = await deps.tenants.get(tenant);
  if (!isLiving(account)) return swept;
  const { retentionDays } = account.settings;
  let start = after;
  const moved = counted?.moved ?? (await deps.records.moved(tenant));
  // Where a message goes on that has none, they are left to the next sweep.
  let sums: readonly Totals[] | undefined = counted?.ofParts ?? (after ? undefined : noSums());
  async function noteHealth(health: IndexHealth): Promise<void> {
    if (swept.index !== 'right') return;
    swept.index = health;
    if (health === 'lost') await startReindex(deps, tenant);
  }
  /** A removal that an index cannot take is repeated by each sweep until it can; what else there is to do goes on. */
  async function unlessWrong<Done>(remove: () => Promise<Done>): Promise<Done | undefined> {
    try {
      return await remove();
    } catch (error) {
      await noteHealth(healthBy(error));
      return undefined;
    }
  }
  do {
    const { records: listed, next } = await deps.records.list(tenant, {
      limit: PAGE,
      ...(start && { after: start }),
    });
    const whole = readableOnes(listed);
    swept.unreadable += listed.length - whole.length;
    // Of one that cannot be read nobody knows what it adds: then the sums stay.
    sums = whole.length === listed.length && sums ? plusRecords(sums, whole) : undefined;
    const records = await expireVersions(deps, tenant, whole);
    const nowMs = deps.clock.nowMs();
    const toGo = records.filter(
      (record) => isExpired(record, retentionDays, nowMs) || isHalfRemoved(record, nowMs),
    );
    swept.removed += await removeWhole(deps, account, toGo, unlessWrong);
    const stay = records.filter((record) => !toGo.includes(record));
    swept.resumed += (await unlessWrong(() => resumeImages(deps, account, stay))) ?? 0;
    const looked = await unlessWrong(() => removeLost(deps, account, stay));
    swept.lost += looked?.removed ?? 0;
    swept.resumed += await describeLost(deps, account, looked?.there ?? []);
    if (swept.index === 'right') await noteHealth(await compareIndex(deps, tenant, stay));
    for (const record of records.filter((record) => isForgettable(record, nowMs)))
      if (await deps.records.forget(tenant, record)) swept.forgotten += 1;
    start = next;
    if (start && timeIsUp()) {
      const so = sums && { sums: { ofParts: sums, moved } };
      await deps.sweepQueue.send([{ task: 'images', tenant, after: start, ...so }]);
      return swept;
    }
  } while (start);
  if (sums) swept.corrected = await correctSums(deps.records, tenant, { sums, moved }, timeIsUp);
  return swept;
}

/** The age of an image is that of its current picture or words. */
const isExpired = (
  { status, arrivedAtMs, createdAtMs }: ImageRecord,
  retentionDays: number | null | undefined,
  nowMs: number,
): boolean =>
  typeof retentionDays === 'number' &&
  status !== 'removed' &&
  (arrivedAtMs ?? createdAtMs) <= nowMs - retentionDays * DAY_MS;

const isHalfRemoved = ({ status, mayBeIndexed, updatedAtMs }: ImageRecord, nowMs: number): boolean =>
  status === 'removed' &&
  updatedAtMs <= nowMs - REMOVING_MS &&
  (mayBeIndexed || updatedAtMs > nowMs - FINISHED_MS);

const isForgettable = ({ name, status, mayBeIndexed, updatedAtMs }: ImageRecord, nowMs: number): boolean =>
  status === 'removed' &&
  !mayBeIndexed &&
  // Where the name is lost, its original is found within 30 days (has-turn.ts).
  updatedAtMs <= nowMs - REMEMBERED_MS * (name === LOST_NAME ? 2 : 1);

/**
 * Removes images with their objects. If an object is there that came after the one that the record knows of, its event is
 * still to come. Then the image stays.
 * @param unlessWrong does what an index may not be able to take: the objects go all the same
 */
async function removeWhole(
  deps: SweepImagesDeps,
  account: Tenant,
  records: readonly ImageRecord[],
  unlessWrong: (remove: () => Promise<void>) => Promise<unknown>,
): Promise<number> {
  const tenant = account.id;
  const looked = await lookAtOriginals(deps, account, records);
  const old = looked.filter(({ record, found }) => !found || !cameAfter(found, record.object));
  if (old.length === 0) return 0;
  const removals = old.map(({ record, found }): Removal => {
    const { imageId, name, sequencer } = record;
    const removal = { imageId, name, sequencer, object: asSeen(found) };
    // With nothing to delete, versions that are left are not of what was deleted, and count.
    const isDone = isRemovedByS3(record) || (record.status === 'removed' && !found);
    return isDone ? removal : { ...removal, deletesObject: true };
  });
  await unlessWrong(() => removeImages(deps, tenant, removals));
  // Removing takes time, in which something else may have come under a name: that stays, with the picture that it knows of.
  const now = readableIn(
    await deps.records.getMany(
      tenant,
      old.map(({ record }) => record.imageId),
    ),
  );
  const gone = old.filter(({ record: { imageId, sequencer } }) => {
    const after = now.get(imageId);
    return after?.status === 'removed' && after.sequencer === sequencer;
  });
  await Promise.all(
    gone.map(async ({ record, found }) => {
      // An object that is there though S3 told of its removal was put back by its owner: it is described again.
      if (!found || isRemovedByS3(record)) return;
      await deps.objects.removeSeen(tenant, uploadKey(tenant, record.name), found, account);
    }),
  );
  return gone.filter(({ record }) => record.status !== 'removed').length;
}

const isRemovedByS3 = ({ status, deletesObject }: ImageRecord): boolean =>
  status === 'removed' && deletesObject !== true;
