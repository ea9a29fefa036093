import { GetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Incarnation, TenantId } from '../domain/ids.ts';
import type { WebhookSecrets } from '../domain/webhook-secrets.ts';
import type { NewSecret } from '../ports/runtime.ts';
import type { CursorSeals, WebhookSecretStore } from '../ports/tenant-secrets.ts';
import { keyOf, type Item, type PrimaryKey } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { putIf, revisionIs } from './own-writes.ts';
import { tenantPartition } from './partitions.ts';
import { lruMap } from './lru-map.ts';

async function read(
  client: DynamoDBClient,
  table: string,
  key: PrimaryKey,
  ConsistentRead = true,
): Promise<Item | undefined> {
  const request = new GetItemCommand({ TableName: table, Key: keyOf(key), ConsistentRead });
  return (await dynamo(client.send(request))).Item;
}

/** Webhook secrets in the tenants table: pk `<tenant>/webhook`, sk the incarnation, as JSON beside their revision. */
export function dynamoWebhookSecrets(client: DynamoDBClient, table: string): WebhookSecretStore {
  const keyFor = (tenant: TenantId, incarnation: Incarnation): PrimaryKey => ({
    pk: tenantPartition(tenant, 'webhook'),
    sk: incarnation,
  });
  return {
    async get(tenant, incarnation) {
      const item = await read(client, table, keyFor(tenant, incarnation));
      return item && (JSON.parse(item['secrets']!.S!) as WebhookSecrets);
    },

    put(tenant, incarnation, secrets) {
      const item = {
        ...keyOf(keyFor(tenant, incarnation)),
        revision: { N: String(secrets.revision) },
        secrets: { S: JSON.stringify(secrets) },
      };
      return putIf(client, table, item, revisionIs(secrets.revision - 1));
    },
  };
}

const MAX_SEALS = 10_000;

/**
 * Seals in the tenants table: pk `<tenant>/seal`, sk the incarnation. A seal never changes, so it is read once by
 * each instance.
 */
export function dynamoCursorSeals(client: DynamoDBClient, table: string, newSecret: NewSecret): CursorSeals {
  const known = lruMap<Incarnation, string>(MAX_SEALS);
  return {
    async of(tenant, incarnation) {
      const seen = known.get(incarnation);
      if (seen !== undefined) return seen;
      const key: PrimaryKey = { pk: tenantPartition(tenant, 'seal'), sk: incarnation };
      // It never changes, so an early read is right or too early; then the condition of the write fails.
      let item = await read(client, table, key, false);
      if (!item) {
        const Item: Item = { ...keyOf(key), secret: { S: newSecret() } };
        await putIf(client, table, Item, revisionIs(0));
        // Whoever was first has made it, perhaps another instance.
        item = await read(client, table, key);
      }
      const secret = item!['secret']!.S!;
      known.set(incarnation, secret);
      return secret;
    },
  };
}
