import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { ImageRecord } from '../domain/image.ts';
import { parseImageId, type ImageId, type TenantId } from '../domain/ids.ts';
import type { ImageRecords } from '../ports/image-records.ts';
import type { Totals } from '../domain/usage.ts';
import { batchGet, keyOf, type Item } from './dynamo-batch.ts';
import { conditionally, dynamo } from './dynamo-errors.ts';
import { tenantPartition } from './partitions.ts';

const partition = (tenant: TenantId) => tenantPartition(tenant, 'images');

/**
 * Records in the images table: pk `<tenant>/images`, sk the image id, the record as JSON beside its revision;
 * and pk `<tenant>/totals`, one item of sums. If a writer dies between the two writes, the sums are off by its
 * image.
 * @param counting whether `put` updates the sums, for one write unit when an image arrives, is removed or
 * changes its size
 */
export function dynamoImageRecords(
  client: DynamoDBClient,
  table: string,
  { counting = false }: { readonly counting?: boolean } = {},
): ImageRecords {
  const totalsKey = (tenant: TenantId) => keyOf({ pk: tenantPartition(tenant, 'totals'), sk: 'totals' });

  async function count(
    tenant: TenantId,
    before: Item | undefined,
    after: ImageRecord,
  ): Promise<{ readonly totals?: Totals }> {
    const [had, has] = [sizeOf(before?.['record'] && toRecord(before)), sizeOf(after)];
    const [images, bytes] = [has.images - had.images, has.bytes - had.bytes];
    if (images === 0 && bytes === 0) return {};
    const { Attributes } = await dynamo(
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: totalsKey(tenant),
          UpdateExpression: 'ADD images :images, bytes :bytes',
          ExpressionAttributeValues: { ':images': { N: String(images) }, ':bytes': { N: String(bytes) } },
          ReturnValues: 'UPDATED_NEW',
        }),
      ),
    );
    return { totals: toTotals(Attributes) };
  }

  return {
    async get(tenant, imageId) {
      const Key = keyOf({ pk: partition(tenant), sk: imageId });
      const { Item } = await dynamo(
        client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true })),
      );
      return Item && toRecord(Item);
    },

    async getMany(tenant, imageIds) {
      const keys = imageIds.map((imageId) => ({ pk: partition(tenant), sk: imageId }));
      const items = await batchGet(client, table, keys, { consistent: true });
      return new Map(items.filter((item) => item !== undefined).map((item) => [idOf(item), toRecord(item)]));
    },

    async put(tenant, record) {
      const Item: Item = {
        ...keyOf({ pk: partition(tenant), sk: record.imageId }),
        revision: { N: String(record.revision) },
        record: { S: JSON.stringify(record) },
      };
      const condition =
        record.revision === 1
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'revision = :before',
              ExpressionAttributeValues: { ':before': { N: String(record.revision - 1) } },
            };
      const request = new PutItemCommand({
        TableName: table,
        Item,
        ...condition,
        ...(counting && { ReturnValues: 'ALL_OLD' }),
      });
      try {
        const { Attributes } = await dynamo(client.send(request));
        return counting ? await count(tenant, Attributes, record) : {};
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    forget(tenant, { imageId, revision }) {
      return conditionally(
        client.send(
          new DeleteItemCommand({
            TableName: table,
            Key: keyOf({ pk: partition(tenant), sk: imageId }),
            ConditionExpression: 'revision = :revision',
            ExpressionAttributeValues: { ':revision': { N: String(revision) } },
          }),
        ),
      );
    },

    async totals(tenant) {
      const request = new GetItemCommand({ TableName: table, Key: totalsKey(tenant), ConsistentRead: true });
      const { Item } = await dynamo(client.send(request));
      return toTotals(Item);
    },

    async list(tenant, { limit, after }) {
      const page = await dynamo(
        client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: partition(tenant) } },
            Limit: limit,
            ...(after && { ExclusiveStartKey: keyOf({ pk: partition(tenant), sk: after }) }),
          }),
        ),
      );
      const records = (page.Items ?? []).map(toRecord);
      return page.LastEvaluatedKey ? { records, next: idOf(page.LastEvaluatedKey) } : { records };
    },
  };
}

/** What an image adds to the sums of its tenant. */
const sizeOf = (record: ImageRecord | undefined) =>
  record && record.status !== 'removed' ? { images: 1, bytes: record.bytes ?? 0 } : { images: 0, bytes: 0 };

const toTotals = (item: Item | undefined): Totals => ({
  images: Number(item?.['images']?.N ?? 0),
  bytes: Number(item?.['bytes']?.N ?? 0),
});
const idOf = (item: Item): ImageId => parseImageId(item['sk']!.S!);
const toRecord = (item: Item): ImageRecord => JSON.parse(item['record']!.S!) as ImageRecord;
