import { DeleteItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { TenantId } from '../domain/ids.ts';
import type { Stray } from '../domain/stray.ts';
import { Unreadable, type OnUnreadable } from '../domain/unreadable.ts';
import type { StoredStray, StrayNames, Strays } from '../ports/strays.ts';
import { keyOf, type Item, type PrimaryKey } from './dynamo-batch.ts';
import { conditionally, dynamo } from './dynamo-errors.ts';
import { namesIn } from './dynamo-names.ts';
import { queryPage } from './dynamo-query.ts';
import { globalPartition } from './partitions.ts';
import { amount, count, readFields } from './stored-json.ts';

const partition = (tenant: TenantId) => globalPartition('stray', tenant);

/**
 * Strays in the tenants table: pk `_stray/<tenant>`, sk the name of the object.
 * @param onUnreadable hears of each that was read and cannot be
 */
export function dynamoStrays(
  client: DynamoDBClient,
  table: string,
  onUnreadable: OnUnreadable = () => undefined,
): Strays {
  function toStray(tenant: TenantId, item: Item): StoredStray {
    const name = item['sk']!.S!;
    const { fields, problem } = readFields(item, 'stray', {
      tenant: z.literal(tenant),
      name: z.literal(name),
      bytes: count,
      storedAtMs: amount,
      notedAtMs: amount.optional(),
    });
    if (problem === undefined) return fields as unknown as Stray;
    const stray = new Unreadable('stray', name, problem);
    onUnreadable(stray);
    return stray;
  }
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
      const strays = items.map((item) => toStray(tenant, item));
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
export function dynamoStrayNames(
  client: DynamoDBClient,
  table: string,
  onUnreadable: OnUnreadable = () => undefined,
): StrayNames {
  const pk = globalPartition('strays');
  return {
    async addName(tenant) {
      await dynamo(client.send(new PutItemCommand({ TableName: table, Item: keyOf({ pk, sk: tenant }) })));
    },
    names: (page) => namesIn(client, table, pk, page, onUnreadable),
  };
}
