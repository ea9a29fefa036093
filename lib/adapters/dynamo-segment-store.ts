import { QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GlossError } from '../domain/errors.ts';
import type { SegmentId, TenantId } from '../domain/ids.ts';
import type { ItemKey, SegmentStore } from '../ports/segment-store.ts';
import { DIRECTORY_START, directoryKey, type SegmentItem } from '../index/segment/sort-keys.ts';
import { batchGet, batchWrite, keyOf, type Item } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { queryAll } from './dynamo-query.ts';
import { pkValue, tenantPartition } from './partitions.ts';

const partition = (tenant: TenantId, segmentId: SegmentId) => tenantPartition(tenant, 'segment', segmentId);
/** An item without a body is damaged like one whose body has no bytes: whoever reads it says which one it is. */
const bodyOf = (item: Item): Uint8Array => item['body']?.B ?? new Uint8Array(0);

/** Segments in the index table: pk `<tenant>/segment/<id>`, sk and body as lib/index/FORMAT.md says. */
export function dynamoSegmentStore(client: DynamoDBClient, table: string): SegmentStore {
  async function readIfThere(tenant: TenantId, keys: readonly ItemKey[], consistent: boolean) {
    const named = keys.map(({ segmentId, sk }) => ({ pk: partition(tenant, segmentId), sk }));
    return (await batchGet(client, table, named, { consistent })).map((item) => item && bodyOf(item));
  }

  return {
    write(tenant, segmentId, items) {
      const requests = function* () {
        for (const { sk, body } of items) {
          yield {
            PutRequest: { Item: { ...keyOf({ pk: partition(tenant, segmentId), sk }), body: { B: body } } },
          };
        }
      };
      return batchWrite(client, table, requests());
    },

    async findDirectory(tenant, segmentId, spelling, { consistent }) {
      const { Items } = await dynamo(
        client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk AND sk BETWEEN :start AND :term',
            ExpressionAttributeValues: {
              ':pk': pkValue(partition(tenant, segmentId)),
              ':start': { S: DIRECTORY_START },
              ':term': { S: directoryKey(spelling) },
            },
            ScanIndexForward: false,
            Limit: 1,
            ConsistentRead: consistent,
          }),
        ),
      );
      const item = Items?.[0];
      return item && { sk: item['sk']!.S!, body: bodyOf(item) };
    },

    async readDirectories(tenant, segmentId, _spellings, mostBytes) {
      const items: SegmentItem[] = [];
      let bytes = 0;
      const found = queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :start)',
        ExpressionAttributeValues: {
          ':pk': pkValue(partition(tenant, segmentId)),
          ':start': { S: DIRECTORY_START },
        },
      });
      for await (const item of found) {
        items.push({ sk: item['sk']!.S!, body: bodyOf(item) });
        bytes += bodyOf(item).length;
        // More than there can be: no page after this one is asked for.
        if (bytes > mostBytes) break;
      }
      return items;
    },

    async read(tenant, keys) {
      const bodies = await readIfThere(tenant, keys, false);
      // Items never change, so an eventually consistent read is right or too early. A strongly consistent read
      // decides.
      const early = keys.filter((_, i) => !bodies[i]);
      const late = early.length === 0 ? [] : await readIfThere(tenant, early, true);
      return bodies.map((body, i) => {
        const found = body ?? late[early.indexOf(keys[i]!)];
        if (found) return found;
        const { segmentId, sk } = keys[i]!;
        throw new GlossError(
          'corrupt',
          'segment_item_missing',
          `segment ${segmentId}: item ${sk} is missing`,
        );
      });
    },

    readIfThere: (tenant, keys) => readIfThere(tenant, keys, true),

    async readAll(tenant, segmentId) {
      const items = new Map<string, Uint8Array>();
      const everything = queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pkValue(partition(tenant, segmentId)) },
        ConsistentRead: true,
      });
      for await (const item of everything) items.set(item['sk']!.S!, bodyOf(item));
      return items;
    },

    async drop(tenant, segmentId) {
      const keys = queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pkValue(partition(tenant, segmentId)) },
        ProjectionExpression: 'pk, sk',
      });
      const deletes = [];
      for await (const { pk, sk } of keys) deletes.push({ DeleteRequest: { Key: { pk: pk!, sk: sk! } } });
      await batchWrite(client, table, deletes);
    },
  };
}
