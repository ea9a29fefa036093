import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoManifests } from '../../lib/adapters/dynamo-manifests.ts';
import { meterCapacity } from '../../lib/adapters/dynamo-meter.ts';
import { dynamoSegmentStore } from '../../lib/adapters/dynamo-segment-store.ts';
import { memoryManifests } from '../../lib/adapters/memory-manifests.ts';
import { memorySegmentStore } from '../../lib/adapters/memory-segment-store.ts';
import { MemoryTable } from '../../lib/adapters/memory-table.ts';
import { openTemporaryIndex } from '../../infra/local/temporary-index.ts';
import { CapacityMeter } from '../../lib/domain/capacity-meter.ts';
import type { Manifests } from '../../lib/ports/manifests.ts';
import type { SegmentStore } from '../../lib/ports/segment-store.ts';
import { attached, bareWorld } from '../world/bare-world.ts';

/** The stores of the index, with the meter that they feed. */
export interface IndexStores {
  readonly segments: SegmentStore;
  readonly manifests: Manifests;
  readonly meter: CapacityMeter;
  close(): Promise<void>;
}

async function openDynamoDb(): Promise<IndexStores> {
  const meter = new CapacityMeter();
  const store = await openTemporaryIndex({ meter });
  const { segments, manifests } = store.deps;
  return { segments, manifests, meter, close: () => store.close() };
}

function openMemory(): Promise<IndexStores> {
  const meter = new CapacityMeter();
  const table = new MemoryTable(meter);
  const close = () => Promise.resolve();
  return Promise.resolve({
    segments: memorySegmentStore(table),
    manifests: memoryManifests(table),
    meter,
    close,
  });
}

/** The same adapters, on the DynamoDB of test/world. */
function openWorld(): Promise<IndexStores> {
  const TABLE = 'index';
  const world = bareWorld();
  world.dynamoDb.createTable(TABLE);
  const meter = new CapacityMeter();
  const client = attached(new DynamoDBClient({ maxAttempts: 1 }), world);
  meterCapacity(client, meter);
  return Promise.resolve({
    segments: dynamoSegmentStore(client, TABLE),
    manifests: dynamoManifests(client, TABLE),
    meter,
    close() {
      client.destroy();
      return Promise.resolve();
    },
  });
}

/** Every implementation of the two ports, by name. */
export const IMPLEMENTATIONS = [
  ['DynamoDB', openDynamoDb],
  ['memory', openMemory],
  ['a world', openWorld],
] as const;
