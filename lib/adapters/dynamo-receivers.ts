import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TenantId } from '../domain/ids.ts';
import * as z from 'zod';
import { newReceiver, type Receiver } from '../domain/receiver.ts';
import { Unreadable, type OnUnreadable } from '../domain/unreadable.ts';
import type { Receivers, ToldNews } from '../ports/receivers.ts';
import type { Clock } from '../ports/runtime.ts';
import { keyOf } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { putIf, revisionIs, type Condition } from './own-writes.ts';
import { tenantPartition } from './partitions.ts';
import { amount, count, readFields } from './stored-json.ts';

const FORMS = {
  address: z.string(),
  calls: z.array(z.looseObject({ id: z.string(), endsAtMs: amount })),
  failures: count,
  restsUntilMs: amount,
} satisfies Readonly<Record<Exclude<keyof Receiver, 'revision'>, z.ZodType>>;

/** The same as of any item, and that it has no revision that can be read. */
const isUnnumbered: Condition = {
  expression: 'attribute_not_exists(revision) OR NOT attribute_type(revision, :number)',
  values: { ':number': { S: 'N' } },
};

/**
 * Receivers in the tenants table: pk `<tenant>/receiver`, as JSON beside their revision. A write is one unit. Of one that cannot
 * be read all begins anew: what was known of it are the last minutes.
 * @param onUnreadable hears of it
 */
export function dynamoReceivers(
  client: DynamoDBClient,
  table: string,
  onUnreadable: OnUnreadable = () => undefined,
): Receivers {
  const keyFor = (tenant: TenantId) => keyOf({ pk: tenantPartition(tenant, 'receiver'), sk: 'receiver' });
  return {
    async get(tenant) {
      const request = new GetItemCommand({ TableName: table, Key: keyFor(tenant), ConsistentRead: true });
      const { Item } = await dynamo(client.send(request));
      if (!Item) return undefined;
      const revision = Number(Item['revision']?.N ?? 0);
      const { fields, problem } = readFields(Item, 'receiver', { ...FORMS, revision: z.literal(revision) });
      if (problem === undefined) return fields as unknown as Receiver;
      onUnreadable(new Unreadable('receiver', tenant, problem));
      return newReceiver('', revision);
    },

    put(tenant, receiver) {
      const item = {
        ...keyFor(tenant),
        revision: { N: String(receiver.revision) },
        receiver: { S: JSON.stringify(receiver) },
      };
      const before = receiver.revision - 1;
      return putIf(client, table, item, before === 0 ? isUnnumbered : revisionIs(before));
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
