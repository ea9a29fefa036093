import { createHash, randomBytes } from 'node:crypto';
import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseTenantId } from '../domain/ids.ts';
import type { ApiKeys } from '../ports/api-keys.ts';
import type { Clock } from '../ports/runtime.ts';
import { keyOf } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';

const KEY = /^gls_[A-Za-z0-9_-]{32}$/;

/** 192 random bits: guessing is hopeless, so a plain hash is as good as a slow one. */
const hash = (key: string): string => createHash('sha256').update(key).digest('hex');
const keyItem = (key: string) => keyOf({ pk: `key/${hash(key)}`, sk: 'key' });

/** API keys in the tenants table, by the hash of the key. */
export function dynamoApiKeys(client: DynamoDBClient, table: string, clock: Clock): ApiKeys {
  return {
    async tenantOf(key) {
      if (!KEY.test(key)) return undefined;
      const { Item } = await dynamo(client.send(new GetItemCommand({ TableName: table, Key: keyItem(key) })));
      return Item && parseTenantId(Item['tenant']!.S!);
    },

    async create(tenant) {
      const key = `gls_${randomBytes(24).toString('base64url')}`;
      const Item = { ...keyItem(key), tenant: { S: tenant }, createdAtMs: { N: String(clock.nowMs()) } };
      await dynamo(
        client.send(
          new PutItemCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
        ),
      );
      return key;
    },
  };
}
