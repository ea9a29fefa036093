import { DynamoDBClient, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTemporaryIndex } from '../../infra/local/temporary-index.ts';
import { dynamoSegmentStore } from '../../lib/adapters/dynamo-segment-store.ts';
import { dynamoStoredSegments } from '../../lib/adapters/dynamo-stored-segments.ts';
import { parseTenantId, type SegmentId } from '../../lib/domain/ids.ts';
import { attached, bareWorld } from '../world/bare-world.ts';

/** Segments are found by the keys of the index table, of each a few. */

const TENANTS = ['acme', 'acme-2', 'zoo'].map(parseTenantId);
/** Items of the segments of each tenant. */
const SIZES = [1, 2, 9, 10, 11, 60, 130];
const segmentIds = SIZES.map((size, i) => `00000000${i}-${size}` as SegmentId);
const items = (size: number) =>
  Array.from({ length: size }, (_, i) => ({
    // As FORMAT.md has them, and one with the highest letter that a word may begin with.
    sk: i === 0 ? 'w' : i === 1 ? 'd/\u{10FFFF}' : `c/${String(i).padStart(8, '0')}/cat`,
    body: Buffer.alloc(2_000, i),
  }));

interface Opened {
  readonly client: DynamoDBClient;
  close(): Promise<void>;
}
const OPEN: readonly (readonly [string, () => Promise<Opened>])[] = [
  [
    'DynamoDB',
    async () => {
      const store = await openTemporaryIndex();
      return { client: store.client, close: () => store.close() };
    },
  ],
  [
    'a world',
    () => {
      const world = bareWorld();
      world.dynamoDb.createTable('index');
      const client = attached(new DynamoDBClient({ maxAttempts: 1 }), world);
      return Promise.resolve({
        client,
        close() {
          client.destroy();
          return Promise.resolve();
        },
      });
    },
  ],
];

describe.each(OPEN)('segments in %s', (_name, open) => {
  let store: Opened;
  let scanned = 0;
  let requests = 0;
  beforeAll(async () => {
    store = await open();
    const segments = dynamoSegmentStore(store.client, 'index');
    for (const tenant of TENANTS)
      for (const [i, size] of SIZES.entries()) await segments.write(tenant, segmentIds[i]!, items(size));
    store.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const result = await next(args);
          if (commandName === 'ScanCommand') {
            scanned += (result.output as ScanCommandOutput).ScannedCount ?? 0;
            requests += 1;
          }
          return result;
        },
      { step: 'initialize' },
    );
  });
  afterAll(() => store.close());

  it('are found, those of one tenant and those of all, and at most ten items of each are read', async () => {
    const stored = dynamoStoredSegments(store.client, 'index');
    for (const tenant of TENANTS) {
      const found = await stored.list(tenant);
      expect(found.segmentIds.toSorted()).toEqual(segmentIds);
      expect(found.next).toBeUndefined();
    }
    [scanned, requests] = [0, 0];
    const { segments, next } = await stored.listAll();
    expect(next).toBeUndefined();
    expect(segments.map(({ tenant, segmentId }) => `${tenant} ${segmentId}`).toSorted()).toEqual(
      TENANTS.flatMap((tenant) => segmentIds.map((id) => `${tenant} ${id}`)).toSorted(),
    );
    expect(scanned).toBeLessThanOrEqual(10 * segments.length);
    expect(requests).toBeLessThanOrEqual(segments.length + 1);
  });

  it('are found in parts, each of which begins where the one before ended', async () => {
    const segments = dynamoSegmentStore(store.client, 'index');
    const many = parseTenantId('many');
    const ids = Array.from({ length: 120 }, (_, i) => `000000${String(i).padStart(3, '0')}-0` as SegmentId);
    for (const id of ids) await segments.write(many, id, items(11));
    const stored = dynamoStoredSegments(store.client, 'index');
    const found: SegmentId[] = [];
    let parts = 0;
    let start: string | undefined;
    do {
      const part = await stored.list(many, start);
      found.push(...part.segmentIds);
      start = part.next;
      parts += 1;
    } while (start !== undefined);
    expect(parts).toBe(2);
    expect(found.toSorted()).toEqual(ids);
  });
});
