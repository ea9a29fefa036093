import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { dynamoImageRecords } from '../../../lib/adapters/dynamo-image-records.ts';
import { imageIdOf, parseTenantId } from '../../../lib/domain/ids.ts';
import { useDynamoTable } from '../../support/dynamo-table.ts';

/** Records that do not name the object they know of, as they were stored before that was kept. */

const tenant = parseTenantId('acme');
const table = useDynamoTable();

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
  await table.client.send(new PutItemCommand({ TableName: 'table', Item }));
  const read = await dynamoImageRecords(table.client, 'table').get(tenant, imageId);
  expect(read).toMatchObject({ name, object });
  expect(read).not.toHaveProperty('versionId');
});
