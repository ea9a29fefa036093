import { DeleteItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TenantId } from '../domain/ids.ts';
import type { Stray } from '../domain/stray.ts';
import type { StrayNames, Strays } from '../ports/strays.ts';
import { keyOf, type PrimaryKey } from './dynamo-batch.ts';
import { conditionally, dynamo } from './dynamo-errors.ts';
import { namesIn } from './dynamo-names.ts';
import { queryPage } from './dynamo-query.ts';
import { globalPartition } from './partitions.ts';

const partition = (tenant: TenantId) => globalPartition('stray', tenant);

/** Strays in the tenants table: pk `_stray/<tenant>`, sk the name of the object. */
export function dynamoStrays(client: DynamoDBClient, table: string): Strays {
  const keyFor = (tenant: TenantId, name: string): PrimaryKey => ({ pk: partition(tenant), sk: name });
  return {
    async add(tenant, stray) {
      const Item = {
        ...keyOf(keyFor(tenant, stray.name)),
        stray: { S: JSON.stringify(stray) },
        storedAtMs: { N: String(stray.storedAtMs) },
      };
      // A refusal is no error: a later stray stands there, or the write was carried out before and is sent once more.
      await conditionally(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item,
            ConditionExpression: 'attribute_not_exists(storedAtMs) OR storedAtMs < :at',
            ExpressionAttributeValues: { ':at': Item.storedAtMs },
          }),
        ),
      );
    },

    async list(tenant, { limit, after }) {
      const page = { pk: partition(tenant), limit, after, consistent: true };
      const { items, next } = await queryPage(client, table, page);
      const strays = items.map((item) => JSON.parse(item['stray']!.S!) as Stray);
      return next === undefined ? { strays } : { strays, next };
    },

    async remove(tenant, stray) {
      await conditionally(
        client.send(
          new DeleteItemCommand({
            TableName: table,
            Key: keyOf(keyFor(tenant, stray.name)),
            ConditionExpression: 'stray = :seen',
            ExpressionAttributeValues: { ':seen': { S: JSON.stringify(stray) } },
          }),
        ),
      );
    },
  };
}

/** Pk `_strays`, sk the name of a tenant that may not exist. */
export function dynamoStrayNames(client: DynamoDBClient, table: string): StrayNames {
  const pk = globalPartition('strays');
  return {
    async addName(tenant) {
      await dynamo(client.send(new PutItemCommand({ TableName: table, Item: keyOf({ pk, sk: tenant }) })));
    },
    names: (page) => namesIn(client, table, pk, page),
  };
}
