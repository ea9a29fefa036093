import { createHash, randomBytes } from 'node:crypto';
import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { LRUCache } from 'lru-cache';
import { madeForMs, OPERATOR, type ApiKey, type Owner } from '../domain/credential.ts';
import { GlossError } from '../domain/errors.ts';
import type { ApiKeys } from '../ports/api-keys.ts';
import type { Clock } from '../ports/runtime.ts';
import { keyOf, type Item, type PrimaryKey } from './dynamo-batch.ts';
import { conditionally, dynamo } from './dynamo-errors.ts';
import { queryAll } from './dynamo-query.ts';
import { putIf } from './own-writes.ts';
import { entranceOfTenant, globalPartition, ownerPartition, pkValue } from './partitions.ts';

const KEY = /^gls_[A-Za-z0-9_-]{32}$/;
const TOUCH_EVERY_MS = 60_000;

/** A key has 192 random bits and cannot be guessed, so a fast hash is as good as a slow one. */
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');
const entrances = (hash: string) => globalPartition('key', hash);
/** The sort key says whose it is, so that the purge of a tenant finds what authenticates it by keys of items alone. */
export const entranceKey = (owner: Owner, hash: string): PrimaryKey => ({
  pk: entrances(hash),
  sk: owner === OPERATOR ? 'key' : entranceOfTenant(owner),
});
const listingKey = (owner: Owner, id: string): PrimaryKey => ({ pk: ownerPartition(owner, 'keys'), sk: id });

const meanwhile = () => new GlossError('conflict', 'key_revoked', 'the key was revoked while it was made');

/** Others that change a key at the same time are few. */
const MAX_TURNS = 10;

/**
 * API keys in the tenants table, each as two items: pk `_key/<SHA-256>` authenticates; pk `<tenant>/keys` or
 * `_operator/keys`, sk its id, lists it. The listing is written first and removed last, so a key that opens something
 * can always be found and revoked. A key that is revoked between its two writes is not made. Of a request with an
 * Idempotency-Key, the next attempt replaces what a writer leaves that dies after them; otherwise it was handed to nobody,
 * is listed, and goes with its tenant.
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

  const put = (by: DynamoDBClient, Item: Item) =>
    dynamo(by.send(new PutItemCommand({ TableName: table, Item })));
  const remove = (by: DynamoDBClient, { pk, sk }: Item) =>
    dynamo(by.send(new DeleteItemCommand({ TableName: table, Key: { pk: pk!, sk: sk! } })));

  async function listed(owner: Owner, id: string): Promise<Item | undefined> {
    const Key = keyOf(listingKey(owner, id));
    const request = new GetItemCommand({ TableName: table, Key, ConsistentRead: true });
    return (await dynamo(clientOf(owner).send(request))).Item;
  }

  /** What authenticates the key: one item, or none. */
  async function entrance(hash: string): Promise<Item | undefined> {
    const request = new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pkValue(entrances(hash)) },
      ConsistentRead: true,
    });
    return (await dynamo(client.send(request))).Items?.[0];
  }

  /** Puts an item in the place of what was read; false if that was changed or removed in the meantime. */
  const replace = (by: DynamoDBClient, before: Item, record: Item[string]) =>
    conditionally(
      by.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: before['pk']!, sk: before['sk']! },
          UpdateExpression: 'SET #record = :record',
          ConditionExpression: '#record = :before',
          ExpressionAttributeNames: { '#record': 'record' },
          ExpressionAttributeValues: { ':record': record, ':before': before['record']! },
        }),
      ),
    );

  return {
    async find(key) {
      if (!KEY.test(key)) return undefined;
      const item = await entrance(hashOf(key));
      return item?.['record'] && toApiKey(item);
    },

    async create(owner, { id, name, scopes, expiresAtMs, incarnation }) {
      const key = `gls_${randomBytes(24).toString('base64url')}`;
      const apiKey: ApiKey = {
        id: id ?? randomBytes(6).toString('hex'),
        owner,
        ...(incarnation !== undefined && { incarnation }),
        name,
        scopes,
        createdAtMs: clock.nowMs(),
        ...(expiresAtMs !== undefined && { expiresAtMs }),
      };
      const hash = hashOf(key);
      const earlier = id === undefined ? undefined : await listed(owner, id);
      if (earlier) await remove(client, keyOf(entranceKey(owner, earlier['hash']!.S!)));
      const unchanged = earlier
        ? { expression: '#hash = :hash', names: { '#hash': 'hash' }, values: { ':hash': earlier['hash']! } }
        : { expression: 'attribute_not_exists(pk)' };
      if (!(await putIf(clientOf(owner), table, listingOf(apiKey, hash), unchanged))) throw meanwhile();
      await put(client, { ...keyOf(entranceKey(owner, hash)), record: recordOf(apiKey) });
      if ((await listed(owner, apiKey.id))?.['hash']?.S === hash) return { key, apiKey };
      await remove(client, keyOf(entranceKey(owner, hash)));
      throw meanwhile();
    },

    async list(owner) {
      const keys: ApiKey[] = [];
      const items = queryAll(clientOf(owner), {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pkValue(ownerPartition(owner, 'keys')) },
        ConsistentRead: true,
      });
      for await (const item of items) keys.push(toApiKey(item));
      return keys;
    },

    async expire(owner, id, atMs) {
      for (let turn = 0; turn < MAX_TURNS; turn += 1) {
        const listing = await listed(owner, id);
        const item = listing && (await entrance(listing['hash']!.S!));
        // Not if one of them is gone: a key that is being revoked must not return.
        if (!item) return undefined;
        const before = toApiKey(item);
        // Never later: another rotation may have ended the key in the meantime.
        const expiresAtMs = Math.min(atMs, before.expiresAtMs ?? Infinity);
        const apiKey: ApiKey = { ...before, expiresAtMs, madeForMs: madeForMs(before) };
        const record = recordOf(apiKey);
        if ((await replace(client, item, record)) && (await replace(clientOf(owner), listing, record)))
          return toApiKey({ ...listing, record });
      }
      throw new GlossError('conflict', 'key_busy', `too many writers change key ${id} at once`);
    },

    async revoke(owner, id) {
      const item = await listed(owner, id);
      if (!item) return false;
      const opening = await entrance(item['hash']!.S!);
      if (opening) await remove(client, opening);
      await remove(clientOf(owner), item);
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
