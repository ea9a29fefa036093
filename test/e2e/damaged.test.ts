import { createHash } from 'node:crypto';
import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { mendOffered } from '../../lib/steps/images/mend-offered.ts';
import { sweepImages } from '../../lib/steps/sweep/sweep-images.ts';
import { postForm, type FormTarget } from '../support/post-form.ts';
import { fixture, s3Event, startService } from '../support/service.ts';
import { sweeper } from '../support/sweeper.ts';
import { testerDynamo } from '../support/tester-clients.ts';

/** What is kept of a picture is damaged or lost: whoever offers its file again, or asks for another try, has it mended. */

const NAME = 'cat.jpg';

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

const of = (pk: string, sk: string) => ({
  TableName: process.env['IMAGES_TABLE']!,
  Key: { pk: { S: pk }, sk: { S: sk } },
});
const record = (id: string) => of(`${tenant}/images`, id);
const gloss = (id: string) => of(`${tenant}/gloss/${id}`, 'gloss');
const lose = async (item: ReturnType<typeof of>) => {
  const { Attributes } = await testerDynamo().send(
    new DeleteItemCommand({ ...item, ReturnValues: 'ALL_OLD' }),
  );
  expect(Attributes).toBeDefined();
};
const spoil = (item: ReturnType<typeof of>, attribute: string) =>
  testerDynamo().send(
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

const images = async () =>
  ((await service.request('GET', '/v1/images', key)).json as { images: { name: string }[] }).images.map(
    ({ name }) => name,
  );
const found = async (q: string) =>
  ((await service.request('GET', `/v1/search?q=${q}`, key)).json as { total: number }).total;
async function goOn(): Promise<number> {
  const event = await service.drainAdmitQueue();
  await service.describe(event);
  await service.indexAll();
  return event.Records.length;
}
const retry = (id: string) => service.request('POST', `/v1/images/${id}/retry`, key);

const WORDS_LOST: [string, (id: string) => Promise<unknown>, string][] = [
  ['its words are lost', (id) => lose(gloss(id)), 'no_gloss'],
  ['its words cannot be read', (id) => spoil(gloss(id), 'gloss'), 'unreadable_gloss'],
];
const THUMBNAIL_LOST = ['its thumbnail is lost', loseThumbnail, 'no_thumbnail'] as const;
const RECORD_SPOILT = [
  'its record cannot be read',
  (id: string) => spoil(record(id), 'record'),
  'unreadable_record',
] as const;

it.each([...WORDS_LOST, RECORD_SPOILT])(
  '%s: it is described again where its file is offered, without being sent',
  async (_what, damage, told) => {
    const id = await searchable();
    expect(await differences()).toEqual([]);
    await damage(id);
    expect(await differences()).toContain(told);
    const other = { ...file, sha256: '0'.repeat(64) };
    expect(await offer('skip', other)).toMatchObject([{ status: 'skipped', name: NAME }]);
    expect(await offer('keep-both', other)).toMatchObject([{ status: 'accepted', name: 'cat (2).jpg' }]);
    expect((await service.drainAdmitQueue()).Records).toEqual([]);
    const [slot, twin] = await offer('keep-both', file, file);
    expect(slot).toMatchObject({
      status: 'unchanged',
      name: NAME,
      describedAgain: expect.any(String) as string,
    });
    expect(twin).toEqual(slot);
    expect(await offer('skip', file)).toEqual([slot]); // as long as it is not described
    expect(await goOn()).toBe(2);
    // What a record that cannot be read has added to the sums, nobody knows: the next sweep counts.
    await sweepImages(await sweeper(), { tenant }, () => false);
    expect(await differences()).toEqual([]);
    expect(await images()).toEqual([NAME]);
    expect(await found('cat')).toBe(1);
    const [now] = await offer('keep-both', file);
    expect(now).toMatchObject({ status: 'unchanged', name: NAME });
    expect(now).not.toHaveProperty('describedAgain');
    expect((await service.drainAdmitQueue()).Records).toEqual([]);
  },
);

it.each([...WORDS_LOST, THUMBNAIL_LOST])(
  '%s: it is described again when it is tried again, as long as there is a budget',
  async (_what, damage) => {
    const id = await searchable();
    await damage(id);
    const limit = async (modelUsdPerMonth: number) => {
      const changed = { settings: { limits: { modelUsdPerMonth } } };
      expect((await service.request('PATCH', `/v1/tenants/${tenant}`, operator, changed)).status).toBe(200);
    };
    await limit(0);
    expect(await retry(id)).toMatchObject({ status: 429, json: { code: 'budget_used_up' } });
    expect(await found('cat')).toBe(1);
    await limit(100);
    expect(await retry(id)).toMatchObject({ status: 202 });
    await goOn();
    expect(await differences()).toEqual([]);
    expect(await retry(id)).toMatchObject({ status: 409, json: { code: 'not_failed' } });
  },
);

it.each(WORDS_LOST)('%s: a sweep has it described again within a month, once', async (_what, damage) => {
  const id = await searchable();
  await damage(id);
  let resumed = 0;
  for (let day = 1; day <= 60; day += 1) {
    const clock = { nowMs: () => Date.now() + day * 24 * 3_600_000 };
    const swept = await sweepImages({ ...(await sweeper()), clock }, { tenant }, () => false);
    resumed += swept.resumed;
    if (swept.resumed > 0) await goOn();
  }
  expect(resumed).toBe(1);
  expect(await differences()).toEqual([]);
});

it('what a later version has written is written over by nobody', async () => {
  const id = await searchable();
  for (const item of [gloss(id), record(id)])
    await testerDynamo().send(
      new UpdateItemCommand({
        ...item,
        UpdateExpression: 'SET #f = :f',
        ExpressionAttributeNames: { '#f': 'format' },
        ExpressionAttributeValues: { ':f': { N: '9' } },
      }),
    );
  for (const mode of ['keep-both', 'skip']) {
    const [slot] = await offer(mode, file);
    expect(slot).toMatchObject({ status: 'unchanged', name: NAME });
    expect(slot).not.toHaveProperty('describedAgain');
  }
  const clock = { nowMs: () => Date.now() + 24 * 3_600_000 };
  for (let day = 0; day < 30; day += 1)
    await sweepImages(
      { ...(await sweeper()), clock: { nowMs: () => clock.nowMs() + day * 86_400_000 } },
      { tenant },
      () => false,
    );
  expect((await service.drainAdmitQueue()).Records).toEqual([]);
});

it('imported words are no picture’s: their file takes another name, and trying again says what to do', async () => {
  const id = await searchable();
  const documents = [{ id: NAME, texts: ['a zebra'] }];
  await service.request('POST', '/v1/documents', key, { documents });
  await service.indexAll();
  expect(await found('zebra')).toBe(1);
  await spoil(record(id), 'record');
  expect(await offer('keep-both', file)).not.toMatchObject([{ status: 'accepted', name: NAME }]);
  expect((await service.drainAdmitQueue()).Records).toEqual([]);
  await service.request('POST', '/v1/documents', key, { documents });
  await service.indexAll();
  await lose(gloss(id));
  expect(await retry(id)).toMatchObject({ status: 409, json: { code: 'imported' } });
});

describe('its record is lost', () => {
  const later = async (minutes: number) => {
    const { apiDeps } = await import('../../functions/deps/api-deps.ts');
    const TENANT_ROLE_ARN = 'arn:aws:iam::000000000000:role/Gloss-ApiTenantRole';
    const clock = { nowMs: () => Date.now() + minutes * 60_000 };
    return { ...apiDeps({ ...process.env, TENANT_ROLE_ARN }), clock };
  };
  const owner = () => ({ id: tenant, createdAtMs: 0 });

  it('once its event cannot be under way any more, it is described again where its file is offered', async () => {
    const id = await searchable();
    await lose(record(id));
    expect(await offer('keep-both', file)).toMatchObject([{ status: 'unchanged', name: NAME }]);
    const there = [{ imageId: imageIdOf(tenant, NAME), name: NAME }];
    expect(await mendOffered(await later(9), owner(), there)).toEqual(new Map());
    const mended = await mendOffered(await later(11), owner(), there);
    expect([...mended.keys()]).toEqual([id]);
    // The same request has the same answer.
    expect(await mendOffered(await later(11), owner(), there)).toEqual(mended);
    expect(await goOn()).toBe(2);
    expect(await found('cat')).toBe(1);
    expect(await mendOffered(await later(11), owner(), there)).toEqual(new Map());
  });

  it('it can be deleted by its id, as searches tell it, and is gone', async () => {
    const id = await searchable();
    await lose(record(id));
    expect(await found('cat')).toBe(1);
    const remove = () => service.request('DELETE', `/v1/images/${id}`, key);
    expect(await remove()).toMatchObject({ status: 204 });
    expect(await found('cat')).toBe(0);
    expect(await service.sizesUnder(`uploads/${tenant}/`)).toEqual(new Map());
    expect(await service.sizesUnder(`thumbnails/${tenant}/`)).toEqual(new Map());
    // The lost record still counts: the next sweep sees that it is gone.
    await sweepImages(await sweeper(), { tenant }, () => false);
    expect(await differences()).toEqual([]);
    expect(await remove()).toMatchObject({ status: 204 });
  });

  it('and words that were imported over it stay', async () => {
    const id = await searchable();
    await service.request('POST', '/v1/documents', key, { documents: [{ id: NAME, texts: ['a zebra'] }] });
    await service.indexAll();
    await lose(record(id));
    const there = [{ imageId: imageIdOf(tenant, NAME), name: NAME }];
    expect(await mendOffered(await later(11), owner(), there)).toEqual(new Map());
    expect((await service.drainAdmitQueue()).Records).toEqual([]);
    expect(await found('zebra')).toBe(1);
  });
});
