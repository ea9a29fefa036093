import { sequencerAfter, type ImageId, type TenantId } from '../../domain/ids.ts';
import { LOST_NAME, type ImageRecord } from '../../domain/image.ts';
import { isNews } from '../../domain/image-state.ts';
import { parseUploadKey, uploadKey } from '../../domain/object-key.ts';
import type { DescribeMessage, SweepMessage } from '../../domain/messages.ts';
import { isSameObject, secondOf, type SeenObject } from '../../domain/seen-object.ts';
import { isAfterDeletion, isFromBefore } from '../../domain/stray.ts';
import { partsOf } from '../../domain/parts-of.ts';
import { isUnreadable, readableIn, readableOnes } from '../../domain/unreadable.ts';
import { isBeingPurged, isLiving, type Tenant } from '../../domain/tenant.ts';
import { compareUtf8 } from '../../index/bytes/utf8-order.ts';
import type { ImageRecords, StoredRecord } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { ListedKey, ListedObject, ObjectLists } from '../../ports/object-lists.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { StoredStray, Strays } from '../../ports/strays.ts';
import { describeAnew, type LatestWordsDeps, type UntoldOriginal } from '../images/describe-anew.ts';
import { describeMessage } from '../images/describe-message.ts';
import { findOwn } from '../images/find-own.ts';
import { restoreImports, type RestoreImportsDeps } from '../images/restore-imports.ts';
import { countBytes } from './count-bytes.ts';
import { eachPage } from './each-page.ts';
import { hasTurn } from './has-turn.ts';
import { isLost, type IsLostDeps } from './is-lost.ts';

interface SweepObjectsDeps extends LatestWordsDeps, RestoreImportsDeps, IsLostDeps {
  readonly records: ImageRecords;
  readonly strays: Pick<Strays, 'list'>;
  readonly objectLists: ObjectLists;
  readonly objects: Pick<ObjectStore, 'removeSeen'>;
  readonly admitQueue: MessageQueue<DescribeMessage>;
  readonly sweepQueue: MessageQueue<SweepMessage>;
}

interface SweptObjects {
  readonly sent: number;
  /** Records whose bytes were counted wrong. */
  readonly counted: number;
}

/** What is under a name of a tenant. */
interface Upload {
  readonly tenant: TenantId;
  readonly name: string;
  readonly imageId: ImageId;
  readonly listed: ListedKey;
}

/** One of which the current object was stored early enough for its event to have come. */
interface Original extends Omit<Upload, 'listed'>, Omit<ListedObject, 'key'> {}

const HOUR_MS = 3_600_000;
/** Longer than an event can be late: 14 days in dead letters. Older objects were looked at every day since, and have their turns. */
const LOOKED_AT_MS = 31 * 24 * HOUR_MS;
const STRAYS_AT_ONCE = 100;
const RECORDS_AT_ONCE = 100;
/** Of larger tenants no list of everything is kept: what their records count too much ends with the bucket's lifecycle. */
const COMPARED_KEYS = 10_000;

/**
 * Goes through the originals under the name of a tenant, which may not exist, and sends those again whose events were
 * lost: whoever describes them knows what becomes of each. Those of a living tenant are not what their records know of. Those
 * that are nobody's are not listed as strays. Those of a deleted tenant should be gone. Older versions are counted. Any
 * number of sweeps end in the same state.
 */
export async function sweepObjects(
  deps: SweepObjectsDeps,
  { tenant, after }: { readonly tenant: TenantId; readonly after?: string | undefined },
  timeIsUp: () => boolean,
): Promise<SweptObjects> {
  const account = await deps.tenants.get(tenant);
  const swept = { sent: 0, counted: 0 };
  if (isBeingPurged(account) || (!account && (await isLost(deps, tenant)))) return swept;
  const all = new Map<ImageId, ListedKey>();
  const work = async (objects: readonly ListedKey[]) => {
    const nowMs = deps.clock.nowMs();
    const uploads = objects.flatMap((listed): Upload[] => {
      const upload = parseUploadKey(listed.key);
      return upload ? [{ ...upload, listed }] : [];
    });
    const { nobodys = [], own = [] } = Object.groupBy(originalsOf(uploads, nowMs - HOUR_MS), (original) =>
      isNobodys(original, account) ? 'nobodys' : 'own',
    );
    const messages = await unlisted(deps.strays, tenant, nobodys);
    if (account?.status === 'deleted') messages.push(...own.map(unnumbered));
    if (isLiving(account)) {
      const due = own.filter((original) => isDue(original, nowMs));
      const known = await recordsOf(deps, account, due, uploads);
      messages.push(...(await unrecorded(deps, account, due, known)));
      const listed = new Map(uploads.map((upload) => [upload.imageId, upload.listed]));
      if (all.size < COMPARED_KEYS) for (const [imageId, key] of listed) all.set(imageId, key);
      swept.counted += await countBytes(deps, account, listed, readableIn(known));
    }
    await deps.admitQueue.send(messages);
    swept.sent += messages.length;
  };
  const next = await eachPage(
    after,
    (start) => deps.objectLists.originals(tenant, start),
    ({ objects }) => work(objects),
    timeIsUp,
  );
  if (next !== undefined) await deps.sweepQueue.send([{ task: 'objects', tenant, after: next }]);
  else if (isLiving(account) && after === undefined && all.size < COMPARED_KEYS)
    swept.counted += await countUnlisted(deps, account, all);
  return swept;
}

/** Keys of which nothing is left are not listed: where sums are too high, their records are looked for. */
async function countUnlisted(
  deps: SweepObjectsDeps,
  account: Tenant,
  all: ReadonlyMap<ImageId, ListedKey>,
): Promise<number> {
  const sizes = [...all.values()].flatMap(({ current, older }) => (current ? [current, ...older] : older));
  const there = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if ((await deps.records.totals(account.id)).bytes <= there) return 0;
  let counted = 0;
  await eachPage(
    undefined as ImageId | undefined,
    (after) =>
      deps.records.list(account.id, { limit: RECORDS_AT_ONCE, ...(after !== undefined && { after }) }),
    async ({ records }) => {
      const gone = readableOnes(records).filter(({ imageId }) => isEmpty(all.get(imageId)));
      const known = new Map(gone.map((record) => [record.imageId, record]));
      const nothing = new Map(
        gone.map(({ imageId, name }) => {
          const unlisted = { key: uploadKey(account.id, name), older: [], changedAtMs: 0 };
          return [imageId, all.get(imageId) ?? unlisted] as const;
        }),
      );
      counted += await countBytes(deps, account, nothing, known);
    },
  );
  return counted;
}

/** Also where nothing but a delete marker is left. */
const isEmpty = (listed: ListedKey | undefined): boolean => !listed?.current && !listed?.older.length;

const originalsOf = (uploads: readonly Upload[], endMs: number): Original[] =>
  uploads.flatMap(({ listed: { current }, ...upload }) => {
    if (!current || current.storedAtMs >= endMs) return [];
    const { bytes, storedAtMs, eTag } = current;
    return [{ ...upload, bytes, storedAtMs, eTag }];
  });

const isNobodys = ({ storedAtMs }: Original, account: Tenant | undefined): boolean =>
  !account || isFromBefore(storedAtMs, account) || isAfterDeletion(storedAtMs, account);

/** The records of those images that are looked at today, and of those with older versions. */
async function recordsOf(
  { records }: SweepObjectsDeps,
  account: Tenant,
  due: readonly Original[],
  uploads: readonly Upload[],
): Promise<ReadonlyMap<ImageId, StoredRecord>> {
  const versioned = uploads.filter(({ listed }) => listed.older.length > 0);
  return records.getMany(account.id, [...new Set([...due, ...versioned].map(({ imageId }) => imageId))]);
}

/** Whether an image is looked at today: recent ones are, and those whose turn it is. */
const isDue = ({ storedAtMs, imageId }: Original, nowMs: number): boolean =>
  storedAtMs > nowMs - LOOKED_AT_MS || hasTurn(imageId, nowMs);

const unnumbered = (original: Original): DescribeMessage =>
  describeMessage(original.tenant, original.name, original, sequencerAfter(undefined, original.storedAtMs));

/** Originals of nobody that are not in the list of strays, as of their time or a later one. In order of name. */
async function unlisted(
  strays: Pick<Strays, 'list'>,
  tenant: TenantId,
  originals: readonly Original[],
): Promise<DescribeMessage[]> {
  const names = originals.map(({ name }) => name).toSorted(compareUtf8);
  const listed = new Map<string, StoredStray>();
  let after: string | undefined;
  while (names.length > 0) {
    const page = await strays.list(tenant, { limit: STRAYS_AT_ONCE, ...(after !== undefined && { after }) });
    for (const stray of page.strays) listed.set(isUnreadable(stray) ? stray.id : stray.name, stray);
    after = page.next;
    if (after === undefined || compareUtf8(after, names.at(-1)!) >= 0) break;
  }
  return originals
    .filter(({ name, storedAtMs }) => {
      const stray = listed.get(name);
      // One that cannot be read is listed: whoever mends it knows what to do.
      return !stray || (!isUnreadable(stray) && secondOf(stray.storedAtMs) < secondOf(storedAtMs));
    })
    .map(unnumbered);
}

/** Objects of a living tenant that no record knows of. Those go that were deleted when their names were lost. */
async function unrecorded(
  deps: SweepObjectsDeps,
  account: Tenant,
  due: readonly Original[],
  known: ReadonlyMap<ImageId, StoredRecord>,
): Promise<DescribeMessage[]> {
  const { objectTimes, objects } = deps;
  const untold: UntoldOriginal[] = [];
  const restored = await restoredAmong(deps, account, due, known);
  for (const original of due) {
    if (restored.has(original.imageId)) continue;
    const record = known.get(original.imageId);
    // Left to whoever mends it: describing costs, and a later version may have written it.
    if (isUnreadable(record)) continue;
    // Time and content are the same in nearly all cases, and cost no request.
    if (record && isSameObject(original, record.object)) continue;
    const found = record && (await findOwn(objectTimes, account, original.name));
    if (found && isDeletedUnnamed(record, found)) {
      await objects.removeSeen(account.id, uploadKey(account.id, original.name), found, account);
      continue;
    }
    if (record && (!found || !isUnknown(record, found))) continue;
    untold.push({ ...original, sequencer: record?.sequencer, found: original });
  }
  return describeAnew(deps, account.id, untold);
}

/** Pictures with words that somebody imported in the place of their own, and without a record. */
async function restoredAmong(
  deps: SweepObjectsDeps,
  account: Tenant,
  due: readonly Original[],
  known: ReadonlyMap<ImageId, StoredRecord>,
): Promise<ReadonlySet<ImageId>> {
  const recordless = due.map(({ imageId }) => imageId).filter((imageId) => !known.has(imageId));
  const restored = new Set<ImageId>();
  for (const ids of partsOf(recordless, RECORDS_AT_ONCE)) {
    const glosses = await deps.glosses.getMany(account.id, ids);
    for (const imageId of await restoreImports(deps, account, glosses.values())) restored.add(imageId);
  }
  return restored;
}

/** What came after the deletion is another picture. */
const isDeletedUnnamed = ({ name, updatedAtMs }: ImageRecord, { storedAtMs }: SeenObject): boolean =>
  name === LOST_NAME && storedAtMs <= updatedAtMs;

const isUnknown = (record: ImageRecord, found: SeenObject): boolean =>
  !isSameObject(found, record.object) && isNews(record, found);
