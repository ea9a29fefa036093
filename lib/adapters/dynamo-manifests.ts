import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TenantId } from '../domain/ids.ts';
import type { Manifests } from '../ports/manifests.ts';
import { decodeManifest, EMPTY_MANIFEST, encodeManifestBody } from '../index/segment/manifest.ts';
import { keyOf } from './dynamo-batch.ts';
import { conditionally, dynamo } from './dynamo-errors.ts';
import { tenantPartition } from './partitions.ts';

const key = (tenant: TenantId) => keyOf({ pk: tenantPartition(tenant, 'manifest'), sk: 'manifest' });

/** Manifests in the index table: pk `<tenant>/manifest`, one item, replaced on the condition of its version. */
export function dynamoManifests(client: DynamoDBClient, table: string): Manifests {
  return {
    async read(tenant) {
      const request = new GetItemCommand({ TableName: table, Key: key(tenant), ConsistentRead: true });
      const { Item } = await dynamo(client.send(request));
      return Item ? decodeManifest(Number(Item['version']!.N), Item['body']!.S!) : EMPTY_MANIFEST;
    },

    commit(tenant, next) {
      return conditionally(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: {
              ...key(tenant),
              version: { N: String(next.version) },
              body: { S: encodeManifestBody(next) },
            },
            ConditionExpression: next.version === 1 ? 'attribute_not_exists(pk)' : 'version = :before',
            ...(next.version > 1 && {
              ExpressionAttributeValues: { ':before': { N: String(next.version - 1) } },
            }),
          }),
        ),
      );
    },
  };
}
