import { GetItemCommand, type DynamoDBClient, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { GlossError } from '../domain/errors.ts';
import type { ImageRecord } from '../domain/image.ts';
import { isImageId, type ImageId, type TenantId } from '../domain/ids.ts';
import { plusCounts, type UsageEntry } from '../domain/usage.ts';
import { isUnreadable, Unreadable, type OnUnreadable } from '../domain/unreadable.ts';
import type { ImageRecords, PutOutcome, RecordChange, Room, StoredRecord } from '../ports/image-records.ts';
import { itemBytes } from './capacity-units.ts';
import { batchGet, keyOf, type Item } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { glossItem } from './dynamo-glosses.ts';
import { queryPage } from './dynamo-query.ts';
import {
  correctTotals,
  mendTotals,
  partsMoved,
  readMoved,
  readTotals,
  sumOf,
  totalsMoved,
  totalsUpdate,
} from './dynamo-totals.ts';
import { MAX_TRANSACTION_BYTES, MAX_TRANSACTION_ITEMS, transact } from './dynamo-transaction.ts';
import { usageUpdate } from './dynamo-usage.ts';
import { conditionOf, deleteIf, putIf, revisionIs } from './own-writes.ts';
import { tenantPartition } from './partitions.ts';
import { isStill, recordAttributes, recordIn } from './record-item.ts';

const partition = (tenant: TenantId) => tenantPartition(tenant, 'images');
const keyFor = (tenant: TenantId, imageId: ImageId): Item => keyOf({ pk: partition(tenant), sk: imageId });

/**
 * Records in the images table: pk `<tenant>/images`, sk the image id, the record as JSON beside its revision. A change
 * that moves the sums of the tenant, or comes with words or usage, is a transaction: all of it is written or nothing,
 * and once, however often it is asked for. A hundred changes share the write of the sums.
 * @param usageTable where usage is counted, for changes that come with some
 * @param onUnreadable hears of each item that was read and cannot be
 */
export function dynamoImageRecords(
  client: DynamoDBClient,
  table: string,
  usageTable: string = table,
  onUnreadable: OnUnreadable = () => undefined,
): ImageRecords {
  function toRecord(tenant: TenantId, item: Item): StoredRecord {
    const record = recordIn(tenant, idOf(item), item);
    if (isUnreadable(record)) onUnreadable(record);
    return record;
  }

  const putAlone = (tenant: TenantId, { before, after }: RecordChange): Promise<boolean> =>
    putIf(client, table, itemOf(tenant, after), isStill(before));

  /** What became of changes that are written together, as far as the others let them. */
  async function putTogether(
    tenant: TenantId,
    changes: readonly RecordChange[],
  ): Promise<Map<RecordChange, PutOutcome>> {
    const outcomes = new Map<RecordChange, PutOutcome>();
    let isMended = false;
    for (let left = changes; left.length > 0; left = changes.filter((change) => !outcomes.has(change))) {
      const { writes, ownerOf } = transactionOf(tenant, left);
      const refused = await writeTogether(tenant, writes);
      const lost = new Set(refused.flatMap((i) => ownerOf[i] ?? []));
      for (const change of lost) outcomes.set(change, 'conflict');
      if (refused.length === 0) for (const change of left) outcomes.set(change, 'written');
      // Only the sums were refused: there is no room for all of them together.
      else if (lost.size === 0 && left.length === 1) {
        if (isMended || !(await mendsSums(tenant))) outcomes.set(left[0]!, 'full');
        isMended = true;
      } else if (lost.size === 0)
        for (const change of left) outcomes.set(change, (await putTogether(tenant, [change])).get(change)!);
    }
    return outcomes;
  }

  /** Puts the sums right where they are no numbers, to which nothing can be added and which leave no room. */
  async function mendsSums(tenant: TenantId): Promise<boolean> {
    const wrong = await mendTotals(client, table, tenant);
    if (wrong.length === 0) return false;
    onUnreadable(new Unreadable('totals', tenant, `no numbers, now zero: ${wrong.join(', ')}`));
    return true;
  }

  /** @returns positions of the writes whose condition did not hold */
  async function writeTogether(
    tenant: TenantId,
    writes: readonly TransactWriteItem[],
  ): Promise<readonly number[]> {
    try {
      return await transact(client, writes);
    } catch (error) {
      if (!(error instanceof GlossError && error.code === 'store_refused')) throw error;
      if (!(await mendsSums(tenant))) throw error;
      return transact(client, writes);
    }
  }

  function transactionOf(tenant: TenantId, changes: readonly RecordChange[]) {
    const own = changes.flatMap((change) => [
      {
        change,
        write: {
          Put: {
            TableName: table,
            Item: itemOf(tenant, change.after),
            ...conditionOf(isStill(change.before)),
          },
        },
      },
      ...(change.gloss
        ? [{ change, write: { Put: { TableName: table, Item: glossItem(tenant, change.gloss) } } }]
        : []),
    ]);
    const moved = partsMoved(changes);
    const room = roomOf(changes);
    const usage = usageByDay(changes).map((entry) => usageUpdate(usageTable, tenant, entry));
    const writes: TransactWriteItem[] = [
      ...own.map(({ write }) => write),
      ...(moved.size > 0 || room ? [totalsUpdate(table, tenant, moved, room)] : []),
      ...usage.filter((update) => update !== undefined),
    ];
    return { writes, ownerOf: own.map(({ change }) => change) };
  }

  return {
    async get(tenant, imageId) {
      const Key = keyFor(tenant, imageId);
      const { Item } = await dynamo(
        client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true })),
      );
      return Item && toRecord(tenant, Item);
    },

    async getMany(tenant, imageIds) {
      const keys = imageIds.map((imageId) => ({ pk: partition(tenant), sk: imageId }));
      const items = await batchGet(client, table, keys, { consistent: true });
      return new Map(
        items.filter((item) => item !== undefined).map((item) => [idOf(item), toRecord(tenant, item)]),
      );
    },

    async put(tenant, changes) {
      const together = changes.filter(needsTransaction);
      const outcomes = await Promise.all([
        ...chunksOf(tenant, together).map((chunk) => putTogether(tenant, chunk)),
        ...changes
          .filter((change) => !needsTransaction(change))
          .map(
            async (change) =>
              new Map([
                [change, (await putAlone(tenant, change)) ? ('written' as const) : ('conflict' as const)],
              ]),
          ),
      ]);
      const all = new Map<RecordChange, PutOutcome>(outcomes.flatMap((some) => [...some]));
      return changes.map((change) => all.get(change)!);
    },

    forget: (tenant, { imageId, revision }) =>
      deleteIf(client, table, keyFor(tenant, imageId), revisionIs(revision)),

    async totals(tenant) {
      const totals = await readTotals(client, table, tenant);
      if (totals.damage !== undefined) onUnreadable(new Unreadable('totals', tenant, totals.damage));
      return totals;
    },

    moved: (tenant) => readMoved(client, table, tenant),

    correctTotals: (tenant, counted) => correctTotals(client, table, tenant, counted),

    async list(tenant, { limit, after }) {
      const onStrange = (sk: string) => {
        onUnreadable(new Unreadable('record', sk, 'its key is no image id'));
      };
      const page = { pk: partition(tenant), limit, after, isKey: isImageId, onStrange };
      const { items, next } = await queryPage(client, table, page);
      const records = items.map((item) => toRecord(tenant, item));
      return next === undefined ? { records } : { records, next: next as ImageId };
    },
  };
}

const itemOf = (tenant: TenantId, record: ImageRecord): Item => ({
  ...keyFor(tenant, record.imageId),
  ...recordAttributes(tenant, record),
});

function needsTransaction({ before, after, gloss, usage, room }: RecordChange): boolean {
  const { images, bytes } = totalsMoved(before, after);
  return images !== 0 || bytes !== 0 || Boolean(gloss ?? usage ?? room);
}

/** Three items of a transaction are kept: for the sums, and for usage of two days at midnight. */
const MAX_OWN_ITEMS = MAX_TRANSACTION_ITEMS - 3;

/** Changes in as few transactions as their limits allow. */
function chunksOf(tenant: TenantId, changes: readonly RecordChange[]): RecordChange[][] {
  const chunks: RecordChange[][] = [];
  let [items, bytes] = [Infinity, 0];
  for (const change of changes) {
    const written = [
      itemOf(tenant, change.after),
      ...(change.gloss ? [glossItem(tenant, change.gloss)] : []),
    ];
    const size = written.reduce((sum, item) => sum + itemBytes(item), 0);
    if (items + written.length > MAX_OWN_ITEMS || bytes + size > MAX_TRANSACTION_BYTES) {
      chunks.push([]);
      [items, bytes] = [0, 0];
    }
    chunks.at(-1)!.push(change);
    items += written.length;
    bytes += size;
  }
  return chunks;
}

/** Changes of one tenant have the same limits. */
function roomOf(changes: readonly RecordChange[]): Room | undefined {
  const rooms = changes.flatMap(({ room }) => room ?? []);
  const [first] = rooms;
  return first && { limits: first.limits, asked: sumOf(rooms.map(({ asked }) => asked)) };
}

function usageByDay(changes: readonly RecordChange[]): UsageEntry[] {
  const days = new Map<string, UsageEntry>();
  for (const { usage } of changes) {
    if (!usage) continue;
    const { day, counts } = usage;
    days.set(day, { day, counts: plusCounts(days.get(day)?.counts ?? {}, counts) });
  }
  return [...days.values()];
}

const idOf = (item: Item): ImageId => item['sk']!.S! as ImageId;
