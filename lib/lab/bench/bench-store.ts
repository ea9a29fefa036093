import { batchWrite, type Item } from '../../adapters/dynamo-batch.ts';
import { queryAll } from '../../adapters/dynamo-query.ts';
import { memoryManifests } from '../../adapters/memory-manifests.ts';
import { memorySegmentStore } from '../../adapters/memory-segment-store.ts';
import { MemoryTable } from '../../adapters/memory-table.ts';
import { CapacityMeter } from '../../domain/capacity-meter.ts';
import type { MergeMessage } from '../../domain/messages.ts';
import type { AppendDeps } from '../../steps/index/index-writer.ts';
import type { MergeDeps, MergeRules } from '../../steps/index/merge-segments.ts';
import { createAnalyzer, ENGLISH, type Analyzer } from '../../text/analyzer.ts';
import { NO_LEXICON } from '../../lexicon/lexicon.ts';
import { openTemporaryIndex } from '../../../infra/local/temporary-index.ts';

export const STORES = ['memory', 'dynamodb'] as const;
export type StoreKind = (typeof STORES)[number];

/** An index whose every request is counted. */
export interface BenchStore {
  readonly deps: AppendDeps & MergeDeps & { readonly analyzer: Analyzer };
  readonly meter: CapacityMeter;
  /** The table as it is, for a layout of somebody else's. */
  readonly items: {
    put(items: readonly Item[]): Promise<void>;
    /** All items of a partition, eventually consistent. */
    query(pk: string): Promise<readonly Item[]>;
  };
  /** Messages of the merge queue that nobody has handled yet. */
  readonly mergeMessages: MergeMessage[];
  close(): Promise<void>;
}

/**
 * A counting store: in memory, which charges what DynamoDB would, or the embedded DynamoDB, which says what it did.
 * @param widened whether glosses are indexed with the classes of their words, as the service does
 */
export async function openBenchStore(
  kind: StoreKind,
  { rules = {}, widened = false }: { readonly rules?: MergeRules; readonly widened?: boolean } = {},
): Promise<BenchStore> {
  const analyzer = widened ? ENGLISH : createAnalyzer('en', { lexicon: () => NO_LEXICON });
  const meter = new CapacityMeter();
  const mergeMessages: MergeMessage[] = [];
  const { segments, manifests, items, close } = await openStore(kind, meter);
  const mergeQueue = {
    send(messages: readonly MergeMessage[]) {
      mergeMessages.push(...messages);
      return Promise.resolve();
    },
  };
  return {
    deps: { segments, manifests, mergeQueue, rules, analyzer, ...countingRuntime() },
    meter,
    items,
    mergeMessages,
    close,
  };
}

async function openStore(kind: StoreKind, meter: CapacityMeter) {
  if (kind === 'dynamodb') {
    const store = await openTemporaryIndex({ meter });
    const { client } = store;
    const items = {
      put: (put: readonly Item[]) =>
        batchWrite(
          client,
          'index',
          put.map((Item) => ({ PutRequest: { Item } })),
        ),
      async query(pk: string) {
        const found: Item[] = [];
        const ofPartition = {
          TableName: 'index',
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: pk } },
        };
        for await (const item of queryAll(client, ofPartition)) found.push(item);
        return found;
      },
    };
    return { ...store.deps, items, close: () => store.close() };
  }
  const table = new MemoryTable(meter);
  return {
    segments: memorySegmentStore(table),
    manifests: memoryManifests(table),
    items: {
      put(put: readonly Item[]) {
        table.batchPut(put);
        return Promise.resolve();
      },
      query: (pk: string) => table.queryAll(pk, { consistent: false }),
    },
    close: () => Promise.resolve(),
  };
}

/** Time and names that are the same in every run, so that figures are, too. */
function countingRuntime() {
  let made = 0;
  return {
    clock: { nowMs: () => 1_700_000_000_000 + made },
    randomHex: (digits: number) => (made += 1).toString(16).padStart(digits, '0').slice(-digits),
  };
}
