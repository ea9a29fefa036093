import { UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Usage } from '../ports/usage.ts';
import type { UsageCounts, UsageDay } from '../domain/usage.ts';
import { keyOf, type Item } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { tenantPartition } from './partitions.ts';
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

/** Usage in the tenants table: pk `<tenant>/usage`, sk the day, one number an attribute. */
export function dynamoUsage(client: DynamoDBClient, table: string): Usage {
  return {
    async add(tenant, day, counts) {
      const added = COUNTS.filter((name) => (counts[name] ?? 0) !== 0);
      if (added.length === 0) return;
      await dynamo(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOf({ pk: tenantPartition(tenant, 'usage'), sk: day }),
            UpdateExpression: `ADD ${added.map((name) => `#${name} :${name}`).join(', ')}`,
            // "views" is a reserved word of DynamoDB.
            ExpressionAttributeNames: Object.fromEntries(added.map((name) => [`#${name}`, name])),
            ExpressionAttributeValues: Object.fromEntries(
              added.map((name) => [`:${name}`, { N: String(counts[name]) }]),
            ),
          }),
        ),
      );
    },

    async days(tenant, from, to) {
      const days: UsageDay[] = [];
      const items = queryAll(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': { S: tenantPartition(tenant, 'usage') },
          ':from': { S: from },
          ':to': { S: to },
        },
        ConsistentRead: true,
      });
      for await (const item of items) days.push({ day: item['sk']!.S!, ...countsOf(item) });
      return days;
    },
  };
}

function countsOf(item: Item): UsageCounts {
  const entries = COUNTS.map((name) => [name, Number(item[name]?.N ?? 0)] as const);
  return Object.fromEntries(entries) as unknown as UsageCounts;
}
