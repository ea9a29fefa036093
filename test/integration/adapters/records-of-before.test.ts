import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { itemTableRequest } from '../../../infra/local/item-table-request.ts';
import { startDynamoDb } from '../../../infra/local/servers/dynamodb-server.ts';
import { dynamoImageRecords } from '../../../lib/adapters/dynamo-image-records.ts';
import { imageIdOf, parseTenantId } from '../../../lib/domain/ids.ts';

/** Records that do not name the object they know of, as they were stored before that was kept. */

const tenant = parseTenantId('acme');
let server: Awaited<ReturnType<typeof startDynamoDb>>;
let client: DynamoDBClient;
beforeAll(async () => {
  server = await startDynamoDb({});
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new DynamoDBClient({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  await client.send(itemTableRequest('images'));
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

it.each([
  [
    { status: 'searchable', source: 'upload', storedAtMs: 5, versionId: 'v' },
    { storedAtMs: 5, versionId: 'v' },
  ],
  [{ status: 'searchable', source: 'import', arrivedAtMs: 6 }, { storedAtMs: 6 }],
  [{ status: 'searchable', source: 'import' }, { storedAtMs: 1 }],
  [{ status: 'removed', source: 'upload' }, null],
  [{ status: 'removed', source: 'import', deletesObject: true, deletedAtMs: 7 }, { storedAtMs: 7 }],
  [{ status: 'removed', source: 'import', deletesObject: true }, { storedAtMs: 9 }],
])('%j', async (stored, object) => {
  const name = JSON.stringify(stored);
  const imageId = imageIdOf(tenant, name);
  const record = {
    imageId,
    name,
    sequencer: '01',
    mayBeIndexed: true,
    createdAtMs: 1,
    updatedAtMs: 9,
    ...stored,
  };
  const Item = {
    pk: { S: `${tenant}/images` },
    sk: { S: imageId },
    revision: { N: '1' },
    record: { S: JSON.stringify({ ...record, revision: 1 }) },
  };
  await client.send(new PutItemCommand({ TableName: 'images', Item }));
  const read = await dynamoImageRecords(client, 'images').get(tenant, imageId);
  expect(read).toMatchObject({ name, object });
  expect(read).not.toHaveProperty('versionId');
});
