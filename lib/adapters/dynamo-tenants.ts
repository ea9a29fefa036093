import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { TenantId } from '../domain/ids.ts';
import { LANGUAGES } from '../domain/language.ts';
import { CROP_POLICIES, type Tenant } from '../domain/tenant.ts';
import { readable, Unreadable, type OnUnreadable } from '../domain/unreadable.ts';
import type { StoredTenant, Tenants } from '../ports/tenants.ts';
import { batchGet, keyOf, type Item, type PrimaryKey } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { namesIn } from './dynamo-names.ts';
import { globalPartition } from './partitions.ts';
import { putNext } from './put-next.ts';
import { amount, count, readFields } from './stored-json.ts';

const recordKey = (tenant: TenantId): PrimaryKey => ({ pk: globalPartition('tenant', tenant), sk: 'tenant' });
const nameKey = (tenant: TenantId): PrimaryKey => ({ pk: globalPartition('tenants'), sk: tenant });

/**
 * Tenants in the tenants table: pk `_tenant/<name>`, the tenant as JSON beside its revision; and pk `_tenants`, sk the
 * name, which lists them. A record has a partition of its own, so that whoever works for one tenant can be let into
 * its record and no other. The name is listed before the record is written, so no tenant is missing from the list; a
 * sweep lists it again where that is lost.
 * @param onUnreadable hears of each that was read and cannot be
 */
export function dynamoTenants(
  client: DynamoDBClient,
  table: string,
  onUnreadable: OnUnreadable = () => undefined,
): Tenants {
  function toTenant(id: TenantId, item: Item): StoredTenant {
    const { fields, problem } = readFields(item, 'record', { id: z.literal(id), ...FORMS });
    if (problem === undefined) return fields as unknown as Tenant;
    const tenant = new Unreadable('tenant', id, problem);
    onUnreadable(tenant);
    return tenant;
  }

  const get = async (tenant: TenantId) => {
    const Key = keyOf(recordKey(tenant));
    const { Item } = await dynamo(
      client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true })),
    );
    return Item && readable(toTenant(tenant, Item));
  };

  const names: Tenants['names'] = (page) =>
    namesIn(client, table, globalPartition('tenants'), page, onUnreadable);

  const listName = (tenant: TenantId) =>
    dynamo(client.send(new PutItemCommand({ TableName: table, Item: keyOf(nameKey(tenant)) })));

  return {
    get,
    names,

    async listAgain(tenant) {
      const Key = keyOf(nameKey(tenant));
      const request = new GetItemCommand({ TableName: table, Key, ConsistentRead: true });
      const isListed = (await dynamo(client.send(request))).Item !== undefined;
      if (!isListed) await listName(tenant);
      return !isListed;
    },

    async list(page) {
      const { names: found, next } = await names(page);
      const items = await batchGet(client, table, found.map(recordKey), { consistent: true });
      // A name without a record is of a tenant whose making was interrupted.
      const tenants = items.flatMap((item, i) => (item ? [toTenant(found[i]!, item)] : []));
      return next === undefined ? { tenants } : { tenants, next };
    },

    async put(tenant) {
      if (tenant.revision === 1) await listName(tenant.id);
      const item: Item = {
        ...keyOf(recordKey(tenant.id)),
        revision: { N: String(tenant.revision) },
        record: { S: JSON.stringify(tenant) },
      };
      return putNext(client, table, item, 'record', tenant.revision - 1);
    },
  };
}

const FORMS = {
  incarnation: z.string(),
  status: z.literal(['active', 'suspended', 'deleting', 'deleted']),
  settings: z.looseObject({
    cropPolicy: z.enum(CROP_POLICIES).optional(),
    asks: count.optional(),
    model: z.string().optional(),
    language: z.enum(LANGUAGES),
    webhookUrl: z.string().nullish(),
    retentionDays: amount.nullish(),
    readsPlace: z.boolean().optional(),
    origins: z.array(z.string()).optional(),
    limits: z.looseObject({
      requestsPerSec: amount,
      burst: amount,
      images: amount,
      bytes: amount,
      modelUsdPerMonth: amount,
    }),
  }),
  createdAtMs: amount,
  updatedAtMs: amount,
  deletion: z
    .looseObject({
      removedItems: count,
      removedObjects: count,
      scannedItems: count,
      provenAtMs: amount,
      final: z.boolean(),
    })
    .optional(),
  purge: z
    .looseObject({ by: z.string().optional(), untilMs: amount, removedItems: count, removedObjects: count })
    .optional(),
  revision: count,
} satisfies Readonly<Record<Exclude<keyof Tenant, 'id'>, z.ZodType>>;
