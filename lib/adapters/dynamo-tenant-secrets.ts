import { GetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Incarnation, TenantId } from '../domain/ids.ts';
import { Unreadable, UnreadableSecrets, type OnUnreadable } from '../domain/unreadable.ts';
import type { WebhookSecrets } from '../domain/webhook-secrets.ts';
import type { NewSecret } from '../ports/runtime.ts';
import type { CursorSeals, WebhookSecretStore } from '../ports/tenant-secrets.ts';
import { keyOf, type Item, type PrimaryKey } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { isStill, putIf, type Condition } from './own-writes.ts';
import { tenantPartition } from './partitions.ts';
import { putNext } from './put-next.ts';
import { count, readFields } from './stored-json.ts';
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

/**
 * Webhook secrets in the tenants table: pk `<tenant>/webhook`, sk the incarnation, as JSON beside their revision.
 * @param onUnreadable hears of those that were read and cannot be
 */
export function dynamoWebhookSecrets(
  client: DynamoDBClient,
  table: string,
  onUnreadable: OnUnreadable = () => undefined,
): WebhookSecretStore {
  const keyFor = (tenant: TenantId, incarnation: Incarnation): PrimaryKey => ({
    pk: tenantPartition(tenant, 'webhook'),
    sk: incarnation,
  });
  return {
    async get(tenant, incarnation) {
      const item = await read(client, table, keyFor(tenant, incarnation));
      if (!item) return undefined;
      const { fields, problem } = readFields(item, 'secrets', FORMS);
      if (problem === undefined) return fields as unknown as WebhookSecrets;
      const unreadable = new UnreadableSecrets(tenant, problem, item);
      onUnreadable(unreadable);
      return unreadable;
    },

    put(tenant, incarnation, secrets, unreadable) {
      const item = {
        ...keyOf(keyFor(tenant, incarnation)),
        revision: { N: String(secrets.revision) },
        secrets: { S: JSON.stringify(secrets) },
      };
      if (!unreadable) return putNext(client, table, item, 'secrets', secrets.revision - 1);
      return putIf(
        client,
        table,
        item,
        isStill(unreadable.stored as Item, ['secrets', 'revision', 'format']),
      );
    },
  };
}

const FORMS = {
  current: z.string().min(1),
  previous: z.looseObject({ secret: z.string().min(1), endsAtMs: z.number() }).optional(),
  madeBy: z.string().optional(),
  revision: count,
} satisfies Readonly<Record<keyof WebhookSecrets, z.ZodType>>;

const MAX_SEALS = 10_000;
const LACKS_SECRET: Condition = {
  expression: 'NOT attribute_type(#secret, :text) OR #secret = :empty',
  names: { '#secret': 'secret' },
  values: { ':text': { S: 'S' }, ':empty': { S: '' } },
};

/**
 * Seals in the tenants table: pk `<tenant>/seal`, sk the incarnation. A seal never changes, so it is read once by
 * each instance. In the place of one that cannot be read another is made: cursors from before end.
 * @param onUnreadable hears of one that was read and cannot be
 */
export function dynamoCursorSeals(
  client: DynamoDBClient,
  table: string,
  newSecret: NewSecret,
  onUnreadable: OnUnreadable = () => undefined,
): CursorSeals {
  const known = lruMap<Incarnation, string>(MAX_SEALS);
  return {
    async of(tenant, incarnation) {
      const seen = known.get(incarnation);
      if (seen !== undefined) return seen;
      const key: PrimaryKey = { pk: tenantPartition(tenant, 'seal'), sk: incarnation };
      // It never changes, so an early read is right or too early; then the condition of the write fails.
      let item = await read(client, table, key, false);
      if (!item?.['secret']?.S) {
        if (item) onUnreadable(new Unreadable('seal', tenant, 'secret is no text'));
        const Item: Item = { ...keyOf(key), secret: { S: newSecret() } };
        await putIf(client, table, Item, LACKS_SECRET);
        // Whoever was first has made it, perhaps another instance.
        item = await read(client, table, key);
      }
      const secret = item!['secret']!.S!;
      known.set(incarnation, secret);
      return secret;
    },
  };
}
