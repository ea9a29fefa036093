import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { TenantId } from '../domain/ids.ts';
import type { Stray } from '../domain/stray.ts';
import type { StrayNames, Strays } from '../ports/strays.ts';
import { keyOf, type PrimaryKey } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { namesIn } from './dynamo-names.ts';
import { globalPartition } from './partitions.ts';

const partition = (tenant: TenantId) => globalPartition('stray', tenant);

/** Strays in the tenants table: pk `_stray/<tenant>`, sk the name of the object. */
export function dynamoStrays(client: DynamoDBClient, table: string): Strays {
  const keyFor = (tenant: TenantId, name: string): PrimaryKey => ({ pk: partition(tenant), sk: name });
  /** A refusal is no error: a later stray stands there, or the write was carried out before and is sent once more. */
  async function unlessRefused(command: PutItemCommand | DeleteItemCommand): Promise<void> {
    try {
      await dynamo(command instanceof PutItemCommand ? client.send(command) : client.send(command));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
  return {
    async add(tenant, stray) {
      const Item = {
        ...keyOf(keyFor(tenant, stray.name)),
        stray: { S: JSON.stringify(stray) },
        storedAtMs: { N: String(stray.storedAtMs) },
      };
      await unlessRefused(
        new PutItemCommand({
          TableName: table,
          Item,
          ConditionExpression: 'attribute_not_exists(storedAtMs) OR storedAtMs < :at',
          ExpressionAttributeValues: { ':at': Item.storedAtMs },
        }),
      );
    },

    async list(tenant, { limit, after }) {
      const page = await dynamo(
        client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: partition(tenant) } },
            ConsistentRead: true,
            Limit: limit,
            ...(after !== undefined && { ExclusiveStartKey: keyOf(keyFor(tenant, after)) }),
          }),
        ),
      );
      const strays = (page.Items ?? []).map((item) => JSON.parse(item['stray']!.S!) as Stray);
      const next = page.LastEvaluatedKey?.['sk']?.S;
      return next === undefined ? { strays } : { strays, next };
    },

    async remove(tenant, stray) {
      await unlessRefused(
        new DeleteItemCommand({
          TableName: table,
          Key: keyOf(keyFor(tenant, stray.name)),
          ConditionExpression: 'stray = :seen',
          ExpressionAttributeValues: { ':seen': { S: JSON.stringify(stray) } },
        }),
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
