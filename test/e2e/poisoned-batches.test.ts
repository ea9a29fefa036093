import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { logLines } from '../support/log-lines.ts';
import { startService } from '../support/service.ts';

/** One record that cannot be handled holds up no other of its batch. */

let service: Awaited<ReturnType<typeof startService>>;
let dynamo: DynamoDBClient;
beforeAll(async () => {
  service = await startService({ environment: { POWERTOOLS_LOG_LEVEL: 'ERROR' } });
  dynamo = new DynamoDBClient({});
});
afterAll(async () => {
  dynamo.destroy();
  await service.close();
});

/** Writes something in the place of what is stored of an image. */
async function spoil(tenant: TenantId, name: string, attribute: 'gloss' | 'record'): Promise<void> {
  const imageId = imageIdOf(tenant, name);
  const [pk, sk] =
    attribute === 'gloss' ? [`${tenant}/gloss/${imageId}`, 'gloss'] : [`${tenant}/images`, imageId];
  await dynamo.send(
    new UpdateItemCommand({
      TableName: process.env['IMAGES_TABLE']!,
      Key: { pk: { S: pk }, sk: { S: sk } },
      UpdateExpression: 'SET #spoilt = :text',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#spoilt': attribute },
      ExpressionAttributeValues: { ':text': { S: '{"not a gloss' } },
    }),
  );
}

describe.each(['gloss', 'record'] as const)('a batch in which one %s cannot be read', (attribute) => {
  it('is indexed without it, and its message alone comes back', async () => {
    const tenant = parseTenantId(`poisoned-${attribute}`);
    const key = await service.keys.create(tenant);
    const names = Array.from({ length: 20 }, (_, i) => `doc-${i}`);
    const documents = names.map((id) => ({ id, texts: ['a quokka'] }));
    await service.request('POST', '/v1/documents', key, { documents });
    await spoil(tenant, 'doc-13', attribute);
    const event = await service.drainIndexQueue();
    let batchItemFailures: unknown;
    const lines = await logLines(async () => {
      ({ batchItemFailures } = await service.index(event));
    });
    const bad = imageIdOf(tenant, 'doc-13');
    const message = event.Records.find(({ body }) => body.includes(bad))!;
    expect(batchItemFailures).toEqual([{ itemIdentifier: message.messageId }]);
    expect(lines.filter(({ level }) => level === 'ERROR')).toContainEqual(
      expect.objectContaining({ level: 'ERROR', message: 'batch failed', tenant, imageIds: [bad] }),
    );
    const { json } = await service.request('GET', '/v1/search?q=quokka&limit=100', key);
    const hits = (json as { hits: { name: string }[] }).hits.map(({ name }) => name);
    const whole = names.filter((name) => name !== 'doc-13');
    expect(hits.toSorted()).toEqual(whole.toSorted());
  });
});
