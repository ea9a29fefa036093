import { DynamoDBClient, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { afterAll, expect, it } from 'vitest';
import { dynamoManifests } from '../../../lib/adapters/dynamo-manifests.ts';
import { parseTenantId } from '../../../lib/domain/ids.ts';
import { EMPTY_MANIFEST } from '../../../lib/index/segment/manifest.ts';
import { attached, bareWorld } from '../../world/bare-world.ts';

const tenant = parseTenantId('acme');
const world = bareWorld();
world.dynamoDb.createTable('index');
const client = attached(new DynamoDBClient({ maxAttempts: 1 }), world);
const manifests = dynamoManifests(client, 'index');
afterAll(() => client.destroy());

const put = (rest: Record<string, AttributeValue>) =>
  client.send(
    new PutItemCommand({
      TableName: 'index',
      Item: { pk: { S: 'acme/manifest' }, sk: { S: 'manifest' }, ...rest },
    }),
  );

it('a manifest that was committed is read from its item', async () => {
  expect(await manifests.commit(tenant, { ...EMPTY_MANIFEST, version: 1 })).toBe(true);
  expect(await manifests.read(tenant)).toMatchObject({ version: 1, segments: [] });
});

const body = { S: '{"format":2,"segments":[],"merges":[]}' };
it.each([
  ['nothing', {}],
  ['no version', { body }],
  ['no body', { version: { N: '1' } }],
  ['a version that is a text', { version: { S: '1' }, body }],
  ['a body of another type', { version: { N: '1' }, body: { BOOL: true } }],
])('an item with %s is a corrupt manifest', async (_, item) => {
  await put(item);
  await expect(manifests.read(tenant)).rejects.toMatchObject({ kind: 'corrupt', code: 'manifest_corrupt' });
});
