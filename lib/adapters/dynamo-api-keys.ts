import { createHash, randomBytes } from 'node:crypto';
import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { madeForMs, OPERATOR, SCOPES, type ApiKey, type Owner } from '../domain/credential.ts';
import { GlossError } from '../domain/errors.ts';
import { parseTenantId, type TenantId } from '../domain/ids.ts';
import { readable, Unreadable, type OnUnreadable } from '../domain/unreadable.ts';
import type { ApiKeys, StoredKey } from '../ports/api-keys.ts';
import type { EndedKeys } from '../ports/ended-keys.ts';
import type { Clock } from '../ports/runtime.ts';
import { keyOf, type Item, type PrimaryKey } from './dynamo-batch.ts';
import { conditionally, dynamo } from './dynamo-errors.ts';
import { queryAll } from './dynamo-query.ts';
import { putIf } from './own-writes.ts';
import { entranceOfTenant, globalPartition, ownerPartition, pkValue } from './partitions.ts';
import { amount, readFields } from './stored-json.ts';
import { lruMap } from './lru-map.ts';

const KEY = /^gls_[A-Za-z0-9_-]{32}$/;
const TOUCH_EVERY_MS = 60_000;

/** A key has 192 random bits and cannot be guessed, so a fast hash is as good as a slow one. */
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');
const entrances = (hash: string) => globalPartition('key', hash);
const OPERATOR_ENTRANCE = 'key';
/** The sort key says whose it is, so that the purge of a tenant finds what authenticates it by keys of items alone. */
export const entranceKey = (owner: Owner, hash: string): PrimaryKey => ({
  pk: entrances(hash),
  sk: owner === OPERATOR ? OPERATOR_ENTRANCE : entranceOfTenant(owner),
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
 * is listed, and goes with its tenant. A listing that is lost is made again when its key is used.
 * @param client reaches what authenticates
 * @param clientOf reaches what lists the keys of an owner; the same client when left out
 * @param onUnreadable hears of each key that was read and cannot be
 * @param noteEnd hears of the end of each key before it ends, by hash
 */
export function dynamoApiKeys(
  client: DynamoDBClient,
  table: string,
  clock: Clock,
  clientOf: (owner: Owner) => DynamoDBClient = () => client,
  onUnreadable: OnUnreadable = () => undefined,
  noteEnd: EndedKeys['add'] = () => Promise.resolve(),
): ApiKeys {
  /** @param id of its listing; what authenticates is named by a hash */
  function toApiKey(owner: Owner, item: Item, id?: string): StoredKey {
    const { fields, problem } = readFields(item, 'record', {
      ...FORMS,
      id: id === undefined ? z.string() : z.literal(id),
      owner: z.literal(owner),
    });
    const used = Number(item['lastUsedAtMs']?.N);
    if (problem === undefined)
      return { ...(fields as unknown as ApiKey), ...(Number.isFinite(used) && { lastUsedAtMs: used }) };
    const known = id ?? fields['id'];
    const key = new Unreadable('key', typeof known === 'string' ? known : 'of no id', problem);
    onUnreadable(key);
    return key;
  }

  const touched = lruMap<string, true>(10_000, { ttl: TOUCH_EVERY_MS });

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

  async function shut(hash: string): Promise<boolean> {
    const opening = await entrance(hash);
    if (opening) await remove(client, opening);
    return opening !== undefined;
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

  /** A key that opens something and is not listed, or whose listing does not say what opens it, could not be revoked. */
  async function listAgain(apiKey: ApiKey, hash: string): Promise<void> {
    // One that is being revoked opens nothing any more when its listing goes.
    if (!(await entrance(hash))) return;
    const lacksHash = {
      expression: 'NOT attribute_type(#hash, :text)',
      names: { '#hash': 'hash' },
      values: { ':text': { S: 'S' } },
    };
    const by = clientOf(apiKey.owner);
    if (!(await putIf(by, table, listingOf(apiKey, hash), lacksHash))) return;
    if (!(await entrance(hash))) await remove(by, keyOf(listingKey(apiKey.owner, apiKey.id)));
  }

  return {
    async find(key) {
      if (!KEY.test(key)) return undefined;
      const item = await entrance(hashOf(key));
      return item && readable(toApiKey(ownerOf(item), item));
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
      if (earlier) await remove(client, keyOf(entranceKey(owner, hashIn(earlier))));
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
      const keys: StoredKey[] = [];
      const items = queryAll(clientOf(owner), {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pkValue(ownerPartition(owner, 'keys')) },
        ConsistentRead: true,
      });
      for await (const item of items) keys.push(toApiKey(owner, item, item['sk']!.S));
      return keys;
    },

    async expire(owner, id, atMs) {
      for (let turn = 0; turn < MAX_TURNS; turn += 1) {
        const listing = await listed(owner, id);
        if (!listing) return undefined;
        const hash = hashIn(listing);
        const item = await entrance(hash);
        // A key that is being revoked must not return.
        if (!item) return undefined;
        const before = readable(toApiKey(owner, item));
        // Never later: another rotation may have ended the key in the meantime.
        const expiresAtMs = Math.min(atMs, before.expiresAtMs ?? Infinity);
        const apiKey: ApiKey = { ...before, expiresAtMs, madeForMs: madeForMs(before) };
        const record = recordOf(apiKey);
        await noteEnd({ hash, endsAtMs: expiresAtMs, recordedAtMs: clock.nowMs() });
        if ((await replace(client, item, record)) && (await replace(clientOf(owner), listing, record)))
          return readable(toApiKey(owner, { ...listing, record }, id));
      }
      throw new GlossError('conflict', 'key_busy', `too many writers change key ${id} at once`);
    },

    async revoke(owner, id) {
      const item = await listed(owner, id);
      if (!item) return false;
      const hash = hashIn(item);
      await noteEnd({ hash, endsAtMs: clock.nowMs(), recordedAtMs: clock.nowMs() });
      await shut(hash);
      await remove(clientOf(owner), item);
      return true;
    },

    endByHash: shut,

    async touch(apiKey, key) {
      const { owner, id } = apiKey;
      if (touched.has(id)) return;
      touched.set(id, true);
      const isListed = await conditionally(
        clientOf(owner).send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOf(listingKey(owner, id)),
            UpdateExpression: 'SET lastUsedAtMs = :now',
            ConditionExpression: 'attribute_type(#hash, :text)',
            ExpressionAttributeNames: { '#hash': 'hash' },
            ExpressionAttributeValues: { ':now': { N: String(clock.nowMs()) }, ':text': { S: 'S' } },
          }),
        ),
      );
      if (!isListed) await listAgain(apiKey, hashOf(key));
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

const FORMS = {
  incarnation: z.string().optional(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  createdAtMs: amount,
  expiresAtMs: z.number().optional(),
  madeForMs: z.number().nullish(),
} satisfies Readonly<Record<Exclude<keyof ApiKey, 'id' | 'owner' | 'lastUsedAtMs'>, z.ZodType>>;

/** Whose a key is, as the sort key of what authenticates it says. */
const ownerOf = ({ sk }: Item): Owner =>
  sk!.S === OPERATOR_ENTRANCE
    ? OPERATOR
    : parseTenantId(sk!.S!.slice(entranceOfTenant('' as TenantId).length));

/** @throws GlossError `unreadable` for a listing that does not say what it lists */
function hashIn(listing: Item): string {
  const hash = listing['hash']?.S;
  if (hash === undefined) throw new Unreadable('key', listing['sk']!.S!, 'hash is no text').error();
  return hash;
}
