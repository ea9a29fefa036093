import { createHash, randomBytes } from 'node:crypto';
import {
  DeleteItemCommand,
  GetItemCommand,
  UpdateItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { LRUCache } from 'lru-cache';
import type { ApiKey, Owner } from '../domain/credential.ts';
import type { ApiKeys } from '../ports/api-keys.ts';
import type { Clock } from '../ports/runtime.ts';
import { keyOf, type Item, type PrimaryKey } from './dynamo-batch.ts';
import { conditionally, dynamo } from './dynamo-errors.ts';
import { queryAll } from './dynamo-query.ts';
import { putIf } from './own-writes.ts';
import { globalPartition, ownerPartition } from './partitions.ts';

const KEY = /^gls_[A-Za-z0-9_-]{32}$/;
const TOUCH_EVERY_MS = 60_000;

/** A key has 192 random bits and cannot be guessed, so a fast hash is as good as a slow one. */
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');
const entranceKey = (hash: string): PrimaryKey => ({ pk: globalPartition('key', hash), sk: 'key' });
const listingKey = (owner: Owner, id: string): PrimaryKey => ({ pk: ownerPartition(owner, 'keys'), sk: id });

/**
 * API keys in the tenants table, each as two items: pk `_key/<SHA-256>` authenticates; pk `<tenant>/keys` or
 * `_operator/keys`, sk its id, lists it. The listing is written first and removed last, so a key that opens something
 * can always be found and revoked.
 * @param client reaches what authenticates
 * @param clientOf reaches what lists the keys of an owner; the same client when left out
 */
export function dynamoApiKeys(
  client: DynamoDBClient,
  table: string,
  clock: Clock,
  clientOf: (owner: Owner) => DynamoDBClient = () => client,
): ApiKeys {
  const touched = new LRUCache<string, true>({ max: 10_000, ttl: TOUCH_EVERY_MS });

  const put = (by: DynamoDBClient, item: Item, expression: string) => putIf(by, table, item, { expression });
  const remove = (by: DynamoDBClient, key: PrimaryKey) =>
    dynamo(by.send(new DeleteItemCommand({ TableName: table, Key: keyOf(key) })));

  async function listed(owner: Owner, id: string): Promise<Item | undefined> {
    const Key = keyOf(listingKey(owner, id));
    const request = new GetItemCommand({ TableName: table, Key, ConsistentRead: true });
    return (await dynamo(clientOf(owner).send(request))).Item;
  }

  return {
    async find(key) {
      if (!KEY.test(key)) return undefined;
      const Key = keyOf(entranceKey(hashOf(key)));
      const request = new GetItemCommand({ TableName: table, Key, ConsistentRead: true });
      const { Item } = await dynamo(client.send(request));
      return Item?.['record'] && toApiKey(Item);
    },

    async create(owner, { name, scopes, expiresAtMs, incarnation }) {
      const key = `gls_${randomBytes(24).toString('base64url')}`;
      const apiKey: ApiKey = {
        id: randomBytes(6).toString('hex'),
        owner,
        ...(incarnation !== undefined && { incarnation }),
        name,
        scopes,
        createdAtMs: clock.nowMs(),
        ...(expiresAtMs !== undefined && { expiresAtMs }),
      };
      await put(clientOf(owner), listingOf(apiKey, hashOf(key)), 'attribute_not_exists(pk)');
      await put(client, entranceOf(apiKey, hashOf(key)), 'attribute_not_exists(pk)');
      return { key, apiKey };
    },

    async list(owner) {
      const keys: ApiKey[] = [];
      const items = queryAll(clientOf(owner), {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: ownerPartition(owner, 'keys') } },
        ConsistentRead: true,
      });
      for await (const item of items) keys.push(toApiKey(item));
      return keys;
    },

    async expire(owner, id, atMs) {
      const item = await listed(owner, id);
      if (!item) return undefined;
      const before = toApiKey(item);
      // Never later: another rotation may have ended the key in the meantime.
      const apiKey: ApiKey = { ...before, expiresAtMs: Math.min(atMs, before.expiresAtMs ?? Infinity) };
      const hash = item['hash']!.S!;
      // Only if the item still exists: a key that is being revoked must not return.
      const there = await put(client, entranceOf(apiKey, hash), 'attribute_exists(pk)');
      if (!there) return undefined;
      await put(clientOf(owner), listingOf(apiKey, hash), 'attribute_exists(pk)');
      return apiKey;
    },

    async revoke(owner, id) {
      const item = await listed(owner, id);
      if (!item) return false;
      await remove(client, entranceKey(item['hash']!.S!));
      await remove(clientOf(owner), listingKey(owner, id));
      return true;
    },

    async touch({ owner, id }) {
      if (touched.has(id)) return;
      touched.set(id, true);
      await conditionally(
        clientOf(owner).send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOf(listingKey(owner, id)),
            UpdateExpression: 'SET lastUsedAtMs = :now',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':now': { N: String(clock.nowMs()) } },
          }),
        ),
      );
    },
  };
}

const recordOf = ({ lastUsedAtMs: _elsewhere, ...apiKey }: ApiKey) => ({ S: JSON.stringify(apiKey) });

const entranceOf = (apiKey: ApiKey, hash: string): Item => ({
  ...keyOf(entranceKey(hash)),
  record: recordOf(apiKey),
});

const listingOf = (apiKey: ApiKey, hash: string): Item => ({
  ...keyOf(listingKey(apiKey.owner, apiKey.id)),
  hash: { S: hash },
  record: recordOf(apiKey),
  ...(apiKey.lastUsedAtMs !== undefined && { lastUsedAtMs: { N: String(apiKey.lastUsedAtMs) } }),
});

function toApiKey(item: Item): ApiKey {
  const apiKey = JSON.parse(item['record']!.S!) as ApiKey;
  const used = item['lastUsedAtMs']?.N;
  return used === undefined ? apiKey : { ...apiKey, lastUsedAtMs: Number(used) };
}
