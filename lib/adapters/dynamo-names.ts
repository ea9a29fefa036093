import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseTenantId, type TenantId } from '../domain/ids.ts';
import { queryPage } from './dynamo-query.ts';
import type { PartitionKey } from './partitions.ts';

/** A page of the names of tenants that are the sort keys of a partition, in order. */
export async function namesIn(
  client: DynamoDBClient,
  table: string,
  pk: PartitionKey,
  { limit, after }: { readonly limit: number; readonly after?: TenantId },
): Promise<{ readonly names: readonly TenantId[]; readonly next?: TenantId }> {
  const { items, next } = await queryPage(client, table, { pk, limit, after });
  const names = items.map((item) => parseTenantId(item['sk']!.S!));
  return next === undefined ? { names } : { names, next: parseTenantId(next) };
}
