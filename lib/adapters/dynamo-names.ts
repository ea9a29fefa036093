import { QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseTenantId, type TenantId } from '../domain/ids.ts';
import { keyOf } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import type { PartitionKey } from './partitions.ts';

/** A page of the names of tenants that are the sort keys of a partition, in order. */
export async function namesIn(
  client: DynamoDBClient,
  table: string,
  pk: PartitionKey,
  { limit, after }: { readonly limit: number; readonly after?: TenantId },
): Promise<{ readonly names: readonly TenantId[]; readonly next?: TenantId }> {
  const page = await dynamo(
    client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
        Limit: limit,
        ...(after && { ExclusiveStartKey: keyOf({ pk, sk: after }) }),
      }),
    ),
  );
  const names = (page.Items ?? []).map((item) => parseTenantId(item['sk']!.S!));
  const last = page.LastEvaluatedKey?.['sk']?.S;
  return last === undefined ? { names } : { names, next: parseTenantId(last) };
}
