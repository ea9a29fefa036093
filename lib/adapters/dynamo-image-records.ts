import { GetItemCommand, PutItemCommand, QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ImageRecord } from '../domain/image.ts';
import { parseImageId, type ImageId, type TenantId } from '../domain/ids.ts';
import type { ImageRecords } from '../ports/image-records.ts';
import { batchGet, keyOf, type Item } from './dynamo-batch.ts';
import { conditionally, dynamo } from './dynamo-errors.ts';

const partition = (tenant: TenantId): string => `${tenant}/images`;

/** Records in the images table: pk `<tenant>/images`, sk the image id, the record as JSON beside its revision. */
export function dynamoImageRecords(client: DynamoDBClient, table: string): ImageRecords {
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

    put(tenant, record) {
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
      return conditionally(client.send(new PutItemCommand({ TableName: table, Item, ...condition })));
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

const idOf = (item: Item): ImageId => parseImageId(item['sk']!.S!);
const toRecord = (item: Item): ImageRecord => JSON.parse(item['record']!.S!) as ImageRecord;
