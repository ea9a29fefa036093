import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { TenantId } from '../domain/ids.ts';
import type { StoredDay, Usage } from '../ports/usage.ts';
import { Unreadable, type OnUnreadable } from '../domain/unreadable.ts';
import type { UsageCounts, UsageEntry } from '../domain/usage.ts';
import { keyOf, type Item } from './dynamo-batch.ts';
import { transact } from './dynamo-transaction.ts';
import { pkValue, tenantPartition } from './partitions.ts';
import { queryAll } from './dynamo-query.ts';

const COUNTS = [
  'images',
  'views',
  'inputTokens',
  'outputTokens',
  'modelMicroUsd',
  'readUnits',
  'writeUnits',
] as const satisfies readonly (keyof UsageCounts)[];

/** The write that adds to a day; undefined where there is nothing to add. */
export function usageUpdate(
  table: string,
  tenant: TenantId,
  { day, counts }: UsageEntry,
): TransactWriteItem | undefined {
  const added = COUNTS.filter((name) => (counts[name] ?? 0) !== 0);
  if (added.length === 0) return undefined;
  return {
    Update: {
      TableName: table,
      Key: keyOf({ pk: tenantPartition(tenant, 'usage'), sk: day }),
      UpdateExpression: `ADD ${added.map((name) => `#${name} :${name}`).join(', ')}`,
      // "views" is a reserved word of DynamoDB.
      ExpressionAttributeNames: Object.fromEntries(added.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(
        added.map((name) => [`:${name}`, { N: String(counts[name]) }]),
      ),
    },
  };
}

/**
 * Usage in the tenants table: pk `<tenant>/usage`, sk the day, one number an attribute. It is added in transactions, so
 * that what is asked for twice, its answer having been lost, counts once.
 * @param onUnreadable hears of each day that was read and cannot be
 */
export function dynamoUsage(
  client: DynamoDBClient,
  table: string,
  onUnreadable: OnUnreadable = () => undefined,
): Usage {
  function toDay(item: Item): StoredDay {
    const day = item['sk']!.S!;
    const wrong = COUNTS.filter((name) => !isCount(item[name]));
    if (/^\d{4}-\d\d-\d\d$/.test(day) && wrong.length === 0) return { day, ...countsOf(item) };
    const reason = wrong.length > 0 ? `${wrong.join(', ')} wrong` : 'its key is no day';
    const unreadable = new Unreadable('usage', day, reason);
    onUnreadable(unreadable);
    return unreadable;
  }

  return {
    async add(tenant, entry) {
      const update = usageUpdate(table, tenant, entry);
      if (update) await transact(client, [update]);
    },

    async days(tenant, from, to) {
      const days: StoredDay[] = [];
      const items = queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': pkValue(tenantPartition(tenant, 'usage')),
          ':from': { S: from },
          ':to': { S: to },
        },
        ConsistentRead: true,
      });
      for await (const item of items) days.push(toDay(item));
      return days;
    },
  };
}

/** One that is not there is zero. */
const isCount = (value: Item[string] | undefined): boolean => value === undefined || Number(value.N) >= 0;

function countsOf(item: Item): UsageCounts {
  const entries = COUNTS.map((name) => [name, Number(item[name]?.N ?? 0)] as const);
  return Object.fromEntries(entries) as unknown as UsageCounts;
}
