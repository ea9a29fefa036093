import { GetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TenantId } from '../domain/ids.ts';
import type { Manifests } from '../ports/manifests.ts';
import { decodeManifest, EMPTY_MANIFEST, encodeManifestBody } from '../index/segment/manifest.ts';
import { keyOf } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { putIf, type Condition } from './own-writes.ts';
import { tenantPartition } from './partitions.ts';

const key = (tenant: TenantId) => keyOf({ pk: tenantPartition(tenant, 'manifest'), sk: 'manifest' });

const versionIs = (before: number): Condition =>
  before === 0
    ? { expression: 'attribute_not_exists(pk)' }
    : { expression: 'version = :before', values: { ':before': { N: String(before) } } };

/** Manifests in the index table: pk `<tenant>/manifest`, one item, replaced on the condition of its version. */
export function dynamoManifests(client: DynamoDBClient, table: string): Manifests {
  return {
    async read(tenant) {
      const request = new GetItemCommand({ TableName: table, Key: key(tenant), ConsistentRead: true });
      const { Item } = await dynamo(client.send(request));
      if (!Item) return EMPTY_MANIFEST;
      return decodeManifest(Number(Item['version']?.N), Item['body']?.S ?? '');
    },

    commit(tenant, next) {
      const item = {
        ...key(tenant),
        version: { N: String(next.version) },
        body: { S: encodeManifestBody(next) },
      };
      return putIf(client, table, item, versionIs(next.version - 1));
    },
  };
}
