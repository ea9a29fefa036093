/* eslint-disable no-restricted-syntax -- the keys that are moved are those of earlier versions */
import { createHash } from 'node:crypto';
import { DeleteItemCommand, GetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { OPERATOR, type Owner } from '../domain/credential.ts';
import { parseTenantId, type Incarnation, type TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';
import { entranceKey } from './dynamo-api-keys.ts';
import { keyOf, type Item } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { queryAll } from './dynamo-query.ts';
import { dynamoTenants } from './dynamo-tenants.ts';
import { dynamoWebhookSecrets } from './dynamo-tenant-secrets.ts';
import { putIf } from './own-writes.ts';
import { ownerPartition } from './partitions.ts';

/** A tenant as earlier versions stored it, with its secrets. */
interface OldTenant extends Omit<Tenant, 'incarnation'> {
  readonly secret?: string;
  readonly webhookSecret: string;
  readonly oldWebhookSecret?: { readonly secret: string; readonly endsAtMs: number };
}

export interface MigratedTenants {
  readonly tenants: number;
  readonly keys: number;
}

/**
 * Moves what earlier versions kept in the tenants table where names of tenants reach: records from pk `tenants`
 * to `_tenant/<name>`, their webhook secrets to `<name>/webhook`, what authenticates keys from `key/<hash>` to
 * `_key/<hash>`. All keys are moved before any tenant. What was moved is deleted last, so an interrupted run is
 * finished by the next, and a run that finds nothing changes nothing.
 */
export async function migrateTenants(client: DynamoDBClient, table: string): Promise<MigratedTenants> {
  const all = (pk: string) =>
    queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
      ConsistentRead: true,
    });
  const put = (item: Item, expression: string) => putIf(client, table, item, { expression });
  const read = async (pk: string, sk: string) => {
    const Key = { pk: { S: pk }, sk: { S: sk } };
    const request = new GetItemCommand({ TableName: table, Key, ConsistentRead: true });
    return (await dynamo(client.send(request))).Item;
  };
  const remove = (pk: string, sk: string) =>
    dynamo(client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } } })));

  async function moveKeys(owner: Owner, incarnation?: Incarnation): Promise<number> {
    let moved = 0;
    for await (const listing of all(ownerPartition(owner, 'keys'))) {
      const hash = listing['hash']!.S!;
      const old = { pk: `key/${hash}`, sk: 'key' };
      const entrance = await read(old.pk, old.sk);
      if (!entrance) continue; // moved before, or of this version
      const given = (item: Item) => ({
        S: JSON.stringify({ ...(JSON.parse(item['record']!.S!) as object), owner, incarnation }),
      });
      const place = entranceKey(owner, hash);
      const isListed = await put({ ...listing, record: given(listing) }, 'attribute_exists(pk)');
      // What an interrupted run has moved may have changed since, as by a rotation.
      if (isListed) await put({ ...keyOf(place), record: given(entrance) }, 'attribute_not_exists(pk)');
      // A key that was revoked in the meantime must not open anything.
      if (!(await read(listing['pk']!.S!, listing['sk']!.S!))) await remove(place.pk, place.sk);
      await remove(old.pk, old.sk);
      moved += 1;
    }
    return moved;
  }

  async function moveTenant({ id, incarnation, old: { webhookSecret, oldWebhookSecret, ...rest } }: Found) {
    // A tenant that an interrupted run has moved may be deleted by now: nothing of it is written again.
    if (!(await dynamoTenants(client, table).get(id))) {
      await dynamoWebhookSecrets(client, table).put(id, incarnation, {
        current: webhookSecret,
        ...(oldWebhookSecret && { previous: oldWebhookSecret }),
        revision: 1,
      });
      const { secret: _seal, ...tenant } = rest;
      await dynamoTenants(client, table).put({ ...tenant, incarnation, revision: 1 });
    }
    await remove('tenants', id);
  }

  const tenants: Found[] = [];
  for await (const item of all('tenants'))
    tenants.push(foundTenant(item['sk']!.S!, JSON.parse(item['record']!.S!) as OldTenant));
  // A tenant can be deleted once it is moved. One of the name `key` takes what is under `key/` along.
  let keys = await moveKeys(OPERATOR);
  for (const { id, incarnation } of tenants) keys += await moveKeys(id, incarnation);
  for (const tenant of tenants) await moveTenant(tenant);
  return { tenants: tenants.length, keys };
}

interface Found {
  readonly id: TenantId;
  readonly incarnation: Incarnation;
  readonly old: OldTenant;
}

function foundTenant(name: string, old: OldTenant): Found {
  const id = parseTenantId(name);
  // The same in every run, and of no other tenant: the old record has a secret of its own.
  const seed = `${id} ${old.createdAtMs} ${old.secret ?? old.webhookSecret}`;
  const incarnation = createHash('sha256').update(seed).digest('hex').slice(0, 24) as Incarnation;
  return { id, incarnation, old };
}
