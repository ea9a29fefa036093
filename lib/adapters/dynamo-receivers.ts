import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TenantId } from '../domain/ids.ts';
import type { Receiver } from '../domain/receiver.ts';
import type { Receivers, ToldNews } from '../ports/receivers.ts';
import type { Clock } from '../ports/runtime.ts';
import { keyOf } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { putIf, revisionIs } from './own-writes.ts';
import { tenantPartition } from './partitions.ts';

/** Receivers in the tenants table: pk `<tenant>/receiver`, as JSON beside their revision. A write is one unit. */
export function dynamoReceivers(client: DynamoDBClient, table: string): Receivers {
  const keyFor = (tenant: TenantId) => keyOf({ pk: tenantPartition(tenant, 'receiver'), sk: 'receiver' });
  return {
    async get(tenant) {
      const request = new GetItemCommand({ TableName: table, Key: keyFor(tenant), ConsistentRead: true });
      const { Item } = await dynamo(client.send(request));
      return Item && (JSON.parse(Item['receiver']!.S!) as Receiver);
    },

    put(tenant, receiver) {
      const item = {
        ...keyFor(tenant),
        revision: { N: String(receiver.revision) },
        receiver: { S: JSON.stringify(receiver) },
      };
      return putIf(client, table, item, revisionIs(receiver.revision - 1));
    },
  };
}

/** Longer than any message about a state lives: three days of waiting and four in the queue. */
const KEPT_SEC = 8 * 24 * 3_600;

/** News that was told in the tenants table: pk `<tenant>/told`, sk the id of the news; expires. A write is one unit. */
export function dynamoToldNews(client: DynamoDBClient, table: string, clock: Clock): ToldNews {
  const keyFor = (tenant: TenantId, id: string) => keyOf({ pk: tenantPartition(tenant, 'told'), sk: id });
  return {
    async has(tenant, id) {
      const request = new GetItemCommand({ TableName: table, Key: keyFor(tenant, id), ConsistentRead: true });
      return (await dynamo(client.send(request))).Item !== undefined;
    },

    async add(tenant, id) {
      const expiresAtSec = Math.ceil(clock.nowMs() / 1000) + KEPT_SEC;
      const Item = { ...keyFor(tenant, id), expiresAtSec: { N: String(expiresAtSec) } };
      await dynamo(client.send(new PutItemCommand({ TableName: table, Item })));
    },
  };
}
