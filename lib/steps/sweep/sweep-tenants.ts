import type { MessageQueue } from '../../ports/message-queue.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { SweepMessage, SweepTask } from '../../domain/messages.ts';
import { compareUtf8 } from '../../index/bytes/utf8-order.ts';
import type { FolderNames } from '../../ports/object-lists.ts';
import type { StrayNames } from '../../ports/strays.ts';
import type { TenantNames } from '../../ports/tenants.ts';
import type { WaitingTenants } from '../../ports/waiting-images.ts';

interface SweepTenantsDeps {
  readonly tenantNames: TenantNames;
  /** Of tenants that may not exist, for `strays`. */
  readonly strayNames: Pick<StrayNames, 'names'>;
  /** Of tenants that may not exist, for `objects` besides those that do. */
  readonly folderNames: FolderNames;
  /** Of tenants that have images that wait, for `waiting`. */
  readonly waitingTenants: Pick<WaitingTenants, 'names'>;
  readonly sweepQueue: MessageQueue<SweepMessage>;
  /** That no sweep holds up. */
  readonly wakeQueue: MessageQueue<SweepMessage>;
}

const PAGE = 100;

type Names = FolderNames | TenantNames;

/** Folders that have nothing but delete markers are not listed, and the tenant counts what was deleted there. */
const union = (one: Names, other: Names): Names => ({
  async names(page) {
    const pages = await Promise.all([one.names(page), other.names(page)]);
    const ends = pages.flatMap(({ next }) => next ?? []).toSorted(compareUtf8);
    const all = [...new Set(pages.flatMap(({ names }) => names))].toSorted(compareUtf8);
    const [end] = ends;
    if (end === undefined) return { names: all };
    return { names: all.filter((name) => compareUtf8(name, end) <= 0), next: end };
  },
});

/**
 * Turns a sweep of all tenants into one message for each, a page of names at a time. Whoever works on a message looks
 * at the tenant: those that are being deleted are left to the purge.
 */
export async function sweepTenants(
  { tenantNames, strayNames, folderNames, waitingTenants, sweepQueue, wakeQueue }: SweepTenantsDeps,
  { task, after }: { readonly task: SweepTask; readonly after?: TenantId },
): Promise<void> {
  const listed = {
    strays: strayNames,
    objects: union(folderNames, tenantNames),
    images: tenantNames,
    documents: tenantNames,
    thumbnails: tenantNames,
    postings: tenantNames,
    waiting: waitingTenants,
  };
  const queue = task === 'waiting' ? wakeQueue : sweepQueue;
  const { names, next } = await listed[task].names({ limit: PAGE, ...(after !== undefined && { after }) });
  await queue.send(names.map((tenant) => ({ task, tenant })));
  if (next !== undefined) await queue.send([{ task, after: next }]);
}
