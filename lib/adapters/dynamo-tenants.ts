import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { Tenants } from '../ports/tenants.ts';
import { batchGet, keyOf, type Item, type PrimaryKey } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { namesIn } from './dynamo-names.ts';
import { putIf, revisionIs } from './own-writes.ts';
import { globalPartition } from './partitions.ts';

const recordKey = (tenant: TenantId): PrimaryKey => ({ pk: globalPartition('tenant', tenant), sk: 'tenant' });
const nameKey = (tenant: TenantId): PrimaryKey => ({ pk: globalPartition('tenants'), sk: tenant });
const toTenant = (item: Item): Tenant => JSON.parse(item['record']!.S!) as Tenant;

/**
 * Tenants in the tenants table: pk `_tenant/<name>`, the tenant as JSON beside its revision; and pk `_tenants`, sk the
 * name, which lists them. A record has a partition of its own, so that whoever works for one tenant can be let into
 * its record and no other. The name is listed before the record is written, so no tenant is missing from the list.
 */
export function dynamoTenants(client: DynamoDBClient, table: string): Tenants {
  const get = async (tenant: TenantId) => {
    const Key = keyOf(recordKey(tenant));
    const { Item } = await dynamo(
      client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true })),
    );
    return Item && toTenant(Item);
  };

  const names: Tenants['names'] = (page) => namesIn(client, table, globalPartition('tenants'), page);

  return {
    get,
    names,

    async list(page) {
      const { names: found, next } = await names(page);
      const items = await batchGet(client, table, found.map(recordKey), { consistent: true });
      // A name without a record is of a tenant whose making was interrupted.
      const tenants = items.filter((item) => item !== undefined).map(toTenant);
      return next === undefined ? { tenants } : { tenants, next };
    },

    async put(tenant) {
      const isNew = tenant.revision === 1;
      if (isNew)
        await dynamo(client.send(new PutItemCommand({ TableName: table, Item: keyOf(nameKey(tenant.id)) })));
      const item: Item = {
        ...keyOf(recordKey(tenant.id)),
        revision: { N: String(tenant.revision) },
        record: { S: JSON.stringify(tenant) },
      };
      return putIf(client, table, item, revisionIs(tenant.revision - 1));
    },
  };
}
