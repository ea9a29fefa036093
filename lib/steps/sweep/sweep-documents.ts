import type { ImageState, TenantId } from '../../domain/ids.ts';
import { isWithoutWords } from '../../domain/image-state.ts';
import type { SweepMessage } from '../../domain/messages.ts';
import { partsOf } from '../../domain/parts-of.ts';
import { isLiving } from '../../domain/tenant.ts';
import { isUnreadable } from '../../domain/unreadable.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { openIndex, unlessCorrupt } from '../index/index-reader.ts';
import { IndexWriter } from '../index/index-writer.ts';
import { hasTurn } from './has-turn.ts';
import { settleOrphans, type SettleOrphansDeps } from './settle-orphans.ts';

interface SweepDocumentsDeps extends SettleOrphansDeps {
  readonly tenants: TenantReader;
  readonly sweepQueue: MessageQueue<SweepMessage>;
}

export interface SweptDocuments {
  /** Whose words were deleted, since no image is to be found by them. */
  readonly deleted: number;
  /** Imported words whose lost records were made again. */
  readonly restored: number;
  /** Documents without a record that were left as they are. */
  readonly left: number;
}

type Place = Extract<SweepMessage, { task: 'documents'; tenant: TenantId }>['after'];

/** Ten pages of a segment. */
const AT_ONCE = 1_600;
/** Ids of a port's call, and images that one commit deletes. */
const BATCH = 100;

/**
 * Goes through the documents of an index, and holds those whose turn it is today against the records: a restored table has words of
 * images that were removed, also of those that are forgotten since. Any number of sweeps end in the same state. Cost: half a read unit
 * for 160 documents each day, and one for each document a month. What does not fit into the worker's time continues in another
 * message; where its segment was merged meanwhile, it begins again.
 */
export async function sweepDocuments(
  deps: SweepDocumentsDeps,
  { tenant, after }: { readonly tenant: TenantId; readonly after?: Place },
  timeIsUp: () => boolean,
): Promise<SweptDocuments> {
  const account = await deps.tenants.get(tenant);
  if (!isLiving(account)) return { deleted: 0, restored: 0, left: 0 };
  const over: ImageState[] = [];
  const orphans: ImageState[] = [];
  const next = await eachDue(deps, tenant, after, timeIsUp, async (due) => {
    // After the documents: whatever is in the index has had its record before.
    const records = await deps.records.getMany(
      tenant,
      due.map(({ imageId }) => imageId),
    );
    for (const document of due) {
      const record = records.get(document.imageId);
      if (!record) orphans.push(document);
      else if (!isUnreadable(record) && isWithoutWords(record, deps.clock.nowMs())) over.push(document);
    }
  });
  const settled = await settleOrphans(deps, account, orphans, timeIsUp);
  const words = [...over, ...settled.over];
  // An index that cannot be changed is noticed by whoever looks for its images. Then the next sweep deletes them.
  for (const part of partsOf(words, BATCH))
    await unlessCorrupt(() => new IndexWriter(deps, tenant).delete(part));
  if (next) await deps.sweepQueue.send([{ task: 'documents', tenant, after: next }]);
  return { deleted: words.length, restored: settled.restored, left: settled.left };
}

/** @returns where to go on; undefined when all is done */
async function eachDue(
  deps: SweepDocumentsDeps,
  tenant: TenantId,
  after: Place,
  timeIsUp: () => boolean,
  work: (due: readonly ImageState[]) => Promise<void>,
): Promise<Place> {
  const index = await unlessCorrupt(() => openIndex(deps, tenant));
  // Whoever makes it again knows all of it.
  if (!index || index.manifest.rebuild) return undefined;
  const { segments } = index.manifest;
  const first = Math.max(
    0,
    segments.findIndex(({ id }) => id === after?.segmentId),
  );
  for (const segment of segments.slice(first)) {
    const { id: segmentId, docs } = segment;
    for (let docId = segmentId === after?.segmentId ? after.docId : 0; docId < docs; docId += AT_ONCE) {
      if (timeIsUp()) return { segmentId, docId };
      // What cannot be read is noticed by whoever looks for its images (compare-index.ts).
      const documents = (await unlessCorrupt(() => index.liveDocuments(segment, docId, AT_ONCE))) ?? [];
      const due = documents.filter(({ imageId }) => hasTurn(imageId, deps.clock.nowMs()));
      for (const part of partsOf(due, BATCH)) await work(part);
    }
  }
  return undefined;
}
