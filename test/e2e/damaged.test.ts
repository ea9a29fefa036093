import { createHash } from 'node:crypto';
import { DeleteItemCommand, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { chooseNames } from '../../lib/steps/images/choose-names.ts';
import { sweepImages } from '../../lib/steps/sweep/sweep-images.ts';
import { postForm, type FormTarget } from '../support/post-form.ts';
import { fixture, s3Event, startService } from '../support/service.ts';
import { sweeper } from '../support/sweeper.ts';

/** What is kept of a picture is damaged or lost: whoever offers its file again, or asks for another try, mends it. */

const NAME = 'cat.jpg';
const MODES = ['keep-both', 'replace', 'skip'] as const;

let service: Awaited<ReturnType<typeof startService>>;
let body: Uint8Array<ArrayBuffer>;
let file: { name: string; bytes: number; contentType: string; sha256: string };
let operator: string;
let tenant: TenantId;
let key: string;
let count = 0;

beforeAll(async () => {
  service = await startService();
  operator = await service.keys.createOperator();
  body = await fixture('samples/chelsea.jpg');
  const sha256 = createHash('sha256').update(body).digest('hex');
  file = { name: NAME, bytes: body.length, contentType: 'image/jpeg', sha256 };
});
afterAll(() => service.close());

type Slot = FormTarget & { status: string; name: string };
const offer = async (onExisting: string, ...files: object[]) => {
  const { json } = await service.request('POST', '/v1/uploads', key, { files, onExisting });
  return (json as { uploads: Slot[] }).uploads;
};
async function send(): Promise<void> {
  const [slot] = await offer('keep-both', file);
  expect(slot).toMatchObject({ status: 'accepted', name: NAME });
  expect((await postForm(slot!, body)).status).toBe(204);
  count += 1;
  const event = s3Event('Created:Put', `uploads/${tenant}/${NAME}`, String(count).padStart(8, '0'), 1, {
    size: body.length,
  });
  await service.describe(event);
  await service.indexAll();
}
async function searchable(): Promise<string> {
  tenant = parseTenantId(`damaged-${count}`);
  key = await service.keys.create(tenant, undefined, { cropPolicy: 'none' });
  await send();
  return imageIdOf(tenant, NAME);
}

const client = () => new DynamoDBClient({});
const of = (pk: string, sk: string) => ({
  TableName: process.env['IMAGES_TABLE']!,
  Key: { pk: { S: pk }, sk: { S: sk } },
});
const record = (id: string) => of(`${tenant}/images`, id);
const gloss = (id: string) => of(`${tenant}/gloss/${id}`, 'gloss');
const lose = async (item: ReturnType<typeof of>) => {
  const { Attributes } = await client().send(new DeleteItemCommand({ ...item, ReturnValues: 'ALL_OLD' }));
  expect(Attributes).toBeDefined();
};
const spoil = (item: ReturnType<typeof of>, attribute: string) =>
  client().send(
    new UpdateItemCommand({
      ...item,
      UpdateExpression: 'SET #a = :broken',
      ConditionExpression: 'attribute_exists(#a)',
      ExpressionAttributeNames: { '#a': attribute },
      ExpressionAttributeValues: { ':broken': { S: '{' } },
    }),
  );
const loseThumbnail = async () => {
  const thumbnails = [...(await service.sizesUnder(`thumbnails/${tenant}/`)).keys()];
  expect(thumbnails).toHaveLength(1);
  await service.removeObject(thumbnails[0]!);
};
const differences = async () => {
  const { json } = await service.request('GET', `/v1/tenants/${tenant}/index/check`, operator);
  return (json as { differences: { what: string }[] }).differences.map(({ what }) => what);
};

const DAMAGES: [string, (id: string) => Promise<unknown>, string[]][] = [
  ['its words are lost', (id) => lose(gloss(id)), ['no_gloss']],
  ['its words cannot be read', (id) => spoil(gloss(id), 'gloss'), ['unreadable_gloss']],
  ['its record cannot be read', (id) => spoil(record(id), 'record'), ['unreadable_record']],
  ['its thumbnail is lost', loseThumbnail, ['no_thumbnail']],
];

it.each(DAMAGES)(
  '%s: its file is taken again under its name, once, and then all is right',
  async (_what, damage, told) => {
    const id = await searchable();
    expect(await differences()).toEqual([]);
    await damage(id);
    expect(await differences()).toEqual(told);
    const other = { ...file, sha256: '0'.repeat(64) };
    for (const mode of MODES)
      expect((await offer(mode, file))[0]).toMatchObject({ status: 'accepted', name: NAME });
    expect((await offer('keep-both', file, file))[1]).toMatchObject({ status: 'unchanged', name: NAME });
    expect(await offer('keep-both', other)).toMatchObject([{ status: 'accepted', name: 'cat (2).jpg' }]);
    expect(await offer('skip', other)).toMatchObject([{ status: 'skipped', name: NAME }]);
    await send();
    // What a record that cannot be read has added to the sums, nobody knows: the next sweep counts.
    await sweepImages(await sweeper(), { tenant }, () => false);
    expect(await differences()).toEqual([]);
    expect(await offer('keep-both', file)).toMatchObject([{ status: 'unchanged', name: NAME }]);
  },
);

it.each(DAMAGES.filter(([what]) => !what.includes('record')))(
  '%s: it is described again when it is tried again, or when a sweep meets it',
  async (_what, damage) => {
    const id = await searchable();
    const goOn = async () => {
      await service.describe(await service.drainAdmitQueue());
      await service.indexAll();
      expect(await differences()).toEqual([]);
    };
    await damage(id);
    expect(await service.request('POST', `/v1/images/${id}/retry`, key)).toMatchObject({ status: 202 });
    await goOn();
    expect(await service.request('POST', `/v1/images/${id}/retry`, key)).toMatchObject({ status: 409 });
    await damage(id);
    let resumed = 0;
    for (let day = 1; day <= 30; day += 1) {
      const clock = { nowMs: () => Date.now() + day * 24 * 3_600_000 };
      resumed += (await sweepImages({ ...(await sweeper()), clock }, { tenant }, () => false)).resumed;
    }
    expect(resumed).toBe(1);
    await goOn();
  },
);

it('its record is lost: once its event cannot be under way any more, its file is taken again', async () => {
  const id = await searchable();
  await lose(record(id));
  // As after an upload by another way: its event is to come.
  expect(await offer('keep-both', file)).toMatchObject([{ status: 'unchanged', name: NAME }]);
  const { apiDeps } = await import('../../functions/deps/api-deps.ts');
  const deps = apiDeps({
    ...process.env,
    TENANT_ROLE_ARN: 'arn:aws:iam::000000000000:role/Gloss-ApiTenantRole',
  });
  const owner = { id: tenant, createdAtMs: 0 };
  for (const [laterMs, what] of [
    [9 * 60_000, 'unchanged'],
    [11 * 60_000, 'send'],
  ] as const) {
    const clock = { nowMs: () => Date.now() + laterMs };
    expect(await chooseNames({ ...deps, clock }, owner, [file], 'keep-both')).toMatchObject([
      { what, name: NAME },
    ]);
  }
});
