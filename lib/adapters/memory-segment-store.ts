import { GlossError } from '../domain/errors.ts';
import type { SegmentId, TenantId } from '../domain/ids.ts';
import type { ItemKey, SegmentStore } from '../ports/segment-store.ts';
import { DIRECTORY_START, directoryKey, type SegmentItem } from '../index/segment/sort-keys.ts';
import { keyOf, type Item } from './dynamo-batch.ts';
import type { MemoryTable } from './memory-table.ts';
import { tenantPartition, type PartitionKey } from './partitions.ts';

const partition = (tenant: TenantId, segmentId: SegmentId) => tenantPartition(tenant, 'segment', segmentId);
/** A copy, as a database would return. What readers attach to the bytes belongs to them alone. */
const bodyOf = (item: Item): Uint8Array => item['body']!.B!.slice();
const skOf = (item: Item): string => item['sk']!.S!;

/** Segments in memory, keyed and charged as dynamo-segment-store.ts keeps them. */
export function memorySegmentStore(table: MemoryTable): SegmentStore {
  async function bodies(tenant: TenantId, keys: readonly ItemKey[], consistent: boolean) {
    const named = keys.map(({ segmentId, sk }) => ({ pk: partition(tenant, segmentId), sk }));
    return (await table.batchGet(named, { consistent })).map((item) => item && bodyOf(item));
  }

  return {
    write(tenant, segmentId, items) {
      table.batchPut(itemsOf(partition(tenant, segmentId), items));
      return Promise.resolve();
    },

    async findDirectory(tenant, segmentId, spelling, { consistent }) {
      const pk = partition(tenant, segmentId);
      const item = await table.queryLast(pk, {
        from: DIRECTORY_START,
        to: directoryKey(spelling),
        consistent,
      });
      return item && { sk: skOf(item), body: bodyOf(item) };
    },

    async readDirectories(tenant, segmentId) {
      const pk = partition(tenant, segmentId);
      const items = await table.queryAll(pk, { consistent: false, beginsWith: DIRECTORY_START });
      return items.map((item) => ({ sk: skOf(item), body: bodyOf(item) }));
    },

    async read(tenant, keys) {
      const found = await bodies(tenant, keys, false);
      const missing = keys.filter((_, i) => !found[i]);
      if (missing.length === 0) return found.filter((body) => body !== undefined);
      await bodies(tenant, missing, true); // nothing arrives late here, but a second request is what it would cost
      const { segmentId, sk } = missing[0]!;
      throw new GlossError('corrupt', 'segment_item_missing', `segment ${segmentId}: item ${sk} is missing`);
    },

    readIfThere: (tenant, keys) => bodies(tenant, keys, true),

    async readAll(tenant, segmentId) {
      const items = await table.queryAll(partition(tenant, segmentId), { consistent: true });
      return new Map(items.map((item) => [skOf(item), bodyOf(item)]));
    },

    async drop(tenant, segmentId) {
      const pk = partition(tenant, segmentId);
      const items = await table.queryAll(pk, { consistent: false, keysOnly: true });
      table.batchDelete(items.map((item) => ({ pk, sk: skOf(item) })));
    },
  };
}

function* itemsOf(pk: PartitionKey, items: Iterable<SegmentItem>): Generator<Item> {
  for (const { sk, body } of items) yield { ...keyOf({ pk, sk }), body: { B: body } };
}
