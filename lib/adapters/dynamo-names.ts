import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isTenantId, type TenantId } from '../domain/ids.ts';
import { Unreadable, type OnUnreadable } from '../domain/unreadable.ts';
import { queryPage } from './dynamo-query.ts';
import type { PartitionKey } from './partitions.ts';

/**
 * A page of the names of tenants that are the sort keys of a partition, in order.
 * @param onUnreadable hears of sort keys that are no names; they are passed over
 */
export async function namesIn(
  client: DynamoDBClient,
  table: string,
  pk: PartitionKey,
  { limit, after }: { readonly limit: number; readonly after?: TenantId },
  onUnreadable: OnUnreadable,
): Promise<{ readonly names: readonly TenantId[]; readonly next?: TenantId }> {
  const onStrange = (sk: string) => {
    onUnreadable(new Unreadable('tenant', sk, 'its key is no name of a tenant'));
  };
  const { items, next } = await queryPage(client, table, { pk, limit, after, isKey: isTenantId, onStrange });
  const names = items.map((item) => item['sk']!.S! as TenantId);
  return next === undefined ? { names } : { names, next: next as TenantId };
}
