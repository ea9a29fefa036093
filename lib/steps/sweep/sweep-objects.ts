import { sequencerAfter, type Sequencer, type TenantId } from '../../domain/ids.ts';
import type { ImageRecord } from '../../domain/image.ts';
import { isNews } from '../../domain/image-state.ts';
import { parseUploadKey, uploadKey } from '../../domain/object-key.ts';
import type { DescribeMessage, SweepMessage } from '../../domain/messages.ts';
import { isSameObject, type SeenObject } from '../../domain/seen-object.ts';
import { isAfterDeletion, isFromBefore, type Stray } from '../../domain/stray.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { compareUtf8 } from '../../index/bytes/utf8-order.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { ListedObject, ObjectLists } from '../../ports/object-lists.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { Strays } from '../../ports/strays.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { findOwn } from '../images/find-own.ts';

interface SweepObjectsDeps {
  readonly tenants: TenantReader;
  readonly records: ImageRecords;
  readonly strays: Pick<Strays, 'list'>;
  readonly objectLists: ObjectLists;
  readonly objectTimes: ObjectTimes;
  readonly admitQueue: MessageQueue<DescribeMessage>;
  readonly sweepQueue: MessageQueue<SweepMessage>;
  readonly clock: Clock;
}

/** An original under the name of a tenant. */
type Original = Omit<DescribeMessage, 'sequencer'> & Pick<ListedObject, 'eTag'>;

const HOUR_MS = 3_600_000;
/** Longer than an event can be late: 14 days in dead letters. Older objects were looked at every day since. */
const LOOKED_AT_MS = 31 * 24 * HOUR_MS;
const STRAYS_AT_ONCE = 100;

/**
 * Goes through the originals under the name of a tenant, which may not exist, and sends those again whose events were
 * lost: whoever describes them knows what becomes of each. Those of a living tenant are not what their records know of. Those
 * that are nobody's are not listed as strays. Those of a deleted tenant should be gone. Any number of sweeps end in the
 * same state.
 */
export async function sweepObjects(
  deps: SweepObjectsDeps,
  { tenant, after }: { readonly tenant: TenantId; readonly after?: string | undefined },
  timeIsUp: () => boolean,
): Promise<{ readonly sent: number }> {
  const account = await deps.tenants.get(tenant);
  // Its purge is under way.
  const isGoing = account?.status === 'deleting' || account?.status === 'deleted';
  if (isGoing && account.deletion?.final !== true) return { sent: 0 };
  let sent = 0;
  let start = after;
  do {
    const { objects, next } = await deps.objectLists.originals(tenant, start);
    const messages = await lost(deps, tenant, account, originalsOf(objects, deps.clock.nowMs() - HOUR_MS));
    await deps.admitQueue.send(messages);
    sent += messages.length;
    start = next;
    if (start !== undefined && timeIsUp()) {
      await deps.sweepQueue.send([{ task: 'objects', tenant, after: start }]);
      return { sent };
    }
  } while (start !== undefined);
  return { sent };
}

/** Those that were stored early enough for their events to have come. */
const originalsOf = (objects: readonly ListedObject[], endMs: number): Original[] =>
  objects.flatMap(({ key, bytes, storedAtMs, eTag }) => {
    const upload = storedAtMs < endMs ? parseUploadKey(key) : undefined;
    return upload ? [{ tenant: upload.tenant, name: upload.name, bytes, storedAtMs, eTag }] : [];
  });

async function lost(
  deps: SweepObjectsDeps,
  tenant: TenantId,
  account: Tenant | undefined,
  originals: readonly Original[],
): Promise<DescribeMessage[]> {
  const isNobodys = ({ storedAtMs }: Original) =>
    !account || isFromBefore(storedAtMs, account) || isAfterDeletion(storedAtMs, account);
  const strays = await unlisted(deps.strays, tenant, originals.filter(isNobodys));
  const own = originals.filter((original) => !isNobodys(original));
  if (!account) return strays;
  if (account.status === 'deleted') return [...strays, ...own.map(unnumbered)];
  const oldestMs = deps.clock.nowMs() - LOOKED_AT_MS;
  return [
    ...strays,
    ...(await unrecorded(
      deps,
      account,
      own.filter(({ storedAtMs }) => storedAtMs > oldestMs),
    )),
  ];
}

const unnumbered = (original: Original): DescribeMessage =>
  messageOf(original, sequencerAfter(undefined, original.storedAtMs));

/** Originals of nobody that are not in the list of strays, as of their time or a later one. In order of name. */
async function unlisted(
  strays: Pick<Strays, 'list'>,
  tenant: TenantId,
  originals: readonly Original[],
): Promise<DescribeMessage[]> {
  const names = originals.map(({ name }) => name).toSorted(compareUtf8);
  const listed = new Map<string, Stray>();
  let after: string | undefined;
  while (names.length > 0) {
    const page = await strays.list(tenant, { limit: STRAYS_AT_ONCE, ...(after !== undefined && { after }) });
    for (const stray of page.strays) listed.set(stray.name, stray);
    after = page.next;
    if (after === undefined || compareUtf8(after, names.at(-1)!) >= 0) break;
  }
  return originals
    .filter(({ name, storedAtMs }) => {
      const stray = listed.get(name);
      return !stray || isFromBefore(stray.storedAtMs, { createdAtMs: storedAtMs });
    })
    .map(unnumbered);
}

/** Objects of a living tenant that no record knows of. */
async function unrecorded(
  { records, objectTimes }: SweepObjectsDeps,
  account: Tenant,
  originals: readonly Original[],
): Promise<DescribeMessage[]> {
  const tenant = account.id;
  const uploads = originals.map((original) => ({
    original,
    imageId: parseUploadKey(uploadKey(tenant, original.name))!.imageId,
  }));
  const known = await records.getMany(
    tenant,
    uploads.map(({ imageId }) => imageId),
  );
  const messages: DescribeMessage[] = [];
  for (const { imageId, original } of uploads) {
    const record = known.get(imageId);
    // Time and content are the same in nearly all cases, and cost no request.
    if (record?.object && isSameObject(original, record.object)) continue;
    const found = record && (await findOwn(objectTimes, account, original.name));
    if (record && (!found || !isUnknown(record, found))) continue;
    messages.push(messageOf(original, sequencerAfter(record?.sequencer, original.storedAtMs)));
  }
  return messages;
}

const isUnknown = (record: ImageRecord, found: SeenObject): boolean =>
  !(record.object && isSameObject(found, record.object)) && isNews(record, found);

const messageOf = ({ tenant, name, bytes, storedAtMs }: Original, sequencer: Sequencer): DescribeMessage => ({
  tenant,
  name,
  bytes,
  storedAtMs,
  sequencer,
});
