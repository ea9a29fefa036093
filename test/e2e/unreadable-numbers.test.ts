import { DynamoDBClient, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { sweepImages } from '../../lib/steps/sweep/sweep-images.ts';
import { logLines } from '../support/log-lines.ts';
import { s3Event, startService } from '../support/service.ts';
import { sweeper } from '../support/sweeper.ts';

/** Numbers beside the records, which one damaged item may make wrong: they lock nobody out, and a sweep counts them anew. */

let service: Awaited<ReturnType<typeof startService>>;
let dynamo: DynamoDBClient;
let operator: string;
let names = 0;
beforeAll(async () => {
  service = await startService({ environment: { POWERTOOLS_LOG_LEVEL: 'ERROR' } });
  dynamo = new DynamoDBClient({});
  operator = await service.keys.createOperator();
});
afterAll(async () => {
  dynamo.destroy();
  await service.close();
});

async function newTenant(): Promise<{ tenant: TenantId; key: string }> {
  const tenant = parseTenantId(`numbers-${names++}`);
  return { tenant, key: await service.keys.create(tenant) };
}
const put = (table: string, Item: Record<string, AttributeValue>) =>
  dynamo.send(new PutItemCommand({ TableName: process.env[table]!, Item }));
const importOne = (key: string, id: string) =>
  service.request('POST', '/v1/documents', key, { documents: [{ id, texts: ['a quokka'] }] });

describe.each([
  ['no number', { S: 'x' }],
  ['a time that cannot be', { N: '99999999999999' }],
])('the time at which a rate is free again, %s', (_, fullAtMs) => {
  it('lets the tenant in, and is counted from then on', async () => {
    const { tenant, key } = await newTenant();
    await put('TENANTS_TABLE', { pk: { S: `${tenant}/rate` }, sk: { S: 'rate' }, fullAtMs });
    expect((await service.request('GET', '/v1/images', key)).status).toBe(200);
    expect((await service.request('GET', '/v1/images', key)).status).toBe(200);
  });
});

/** How often each sixteenth of the images moved. */
function ofParts(value: AttributeValue): Record<string, AttributeValue> {
  return Object.fromEntries(Array.from('0123456789abcdef', (digit) => [`moves${digit}`, value]));
}
const DAMAGED: readonly (readonly [string, Record<string, AttributeValue>])[] = [
  ['images', { images: { S: 'x' }, bytes: { N: '7' }, moves: { N: '3' } }],
  ['moves', { images: { N: '1' }, bytes: { N: '0' }, moves: { S: 'x' } }],
  ['parts', { images: { N: '1' }, bytes: { N: '0' }, moves: { N: '3' }, ...ofParts({ S: 'x' }) }],
  ['all', { images: { L: [] }, bytes: { NULL: true }, moves: { M: {} } }],
];
describe.each(DAMAGED)('sums of which %s cannot be read', (_, damaged) => {
  it('are told, hold nothing up, and are counted anew by a sweep', async () => {
    const { tenant, key } = await newTenant();
    const totalsDiffer = async () => {
      const { json } = await service.request('GET', `/v1/tenants/${tenant}/index/check`, operator);
      return (json as { differences: { what: string }[] }).differences.some(({ what }) => what === 'totals');
    };
    expect((await importOne(key, 'a')).status).toBe(202);
    await put('IMAGES_TABLE', { pk: { S: `${tenant}/totals` }, sk: { S: 'totals' }, ...damaged });

    const lines = await logLines(async () => expect(await totalsDiffer()).toBe(true));
    expect(lines).toContainEqual(expect.objectContaining({ tenant, what: 'totals', id: tenant }));

    const object = `uploads/${tenant}/b.jpg`;
    await service.upload(object, Buffer.from('picture'));
    const event = s3Event('Created:Put', object, '01', 1, { size: 7 });
    expect((await service.admit(event)).batchItemFailures).toEqual([]);
    expect((await importOne(key, 'c')).status).toBe(202);

    await sweepImages(await sweeper(), { tenant }, () => false);
    expect((await service.request('GET', '/v1/usage', key)).json).toMatchObject({
      stored: { images: 3, bytes: 7 },
    });
    expect(await totalsDiffer()).toBe(false);
  });

  it('let a deletion end, and older versions expire', async () => {
    const { tenant, key } = await newTenant();
    expect((await importOne(key, 'a')).status).toBe(202);
    const totals = { pk: { S: `${tenant}/totals` }, sk: { S: 'totals' }, ...damaged };
    await put('IMAGES_TABLE', totals);
    const { images } = (await service.request('GET', '/v1/images', key)).json as { images: { id: string }[] };
    expect((await service.request('DELETE', `/v1/images/${images[0]!.id}`, key)).status).toBe(204);

    const object = `uploads/${tenant}/b.jpg`;
    for (const sequencer of ['01', '02']) {
      await service.upload(object, Buffer.from(`picture ${sequencer}`));
      await service.admit(s3Event('Created:Put', object, sequencer, 1, { size: 10 }));
    }
    await put('IMAGES_TABLE', totals);
    const clock = { nowMs: () => Date.now() + 31 * 86_400_000 };
    await sweepImages({ ...(await sweeper()), clock }, { tenant }, () => false);
    expect((await service.request('GET', '/v1/usage', key)).json).toMatchObject({
      stored: { images: 1, bytes: 10 },
    });
  });
});
