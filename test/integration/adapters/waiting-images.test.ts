import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTemporaryIndex, type TemporaryIndex } from '../../../infra/local/temporary-index.ts';
import { dynamoWaitingImages, dynamoWaitingTenants } from '../../../lib/adapters/dynamo-waiting-images.ts';
import { imageIdOf, parseSequencer, parseTenantId, type TenantId } from '../../../lib/domain/ids.ts';
import type { Unreadable } from '../../../lib/domain/unreadable.ts';
import type { WaitingImage, WaitingImages } from '../../../lib/ports/waiting-images.ts';

/** The list of images that wait, in an embedded DynamoDB. */

let store: TemporaryIndex;
let waiting: WaitingImages;
let tenant: TenantId;
let tenants = 0;
let damaged: Unreadable[];

beforeAll(async () => {
  store = await openTemporaryIndex();
  waiting = dynamoWaitingImages(store.client, 'images', (item) => damaged.push(item));
});
afterAll(() => store.close());
beforeEach(() => {
  tenant = parseTenantId(`waits-${tenants++}`);
  damaged = [];
});

const imageOf = (name: string, changes: Partial<WaitingImage> = {}): WaitingImage => ({
  lane: 'model',
  code: 'model_throttled',
  imageId: imageIdOf(tenant, name),
  name,
  bytes: 1_000,
  storedAtMs: 1_700_000_000_000,
  sequencer: parseSequencer('01'),
  sinceMs: 1_700_000_100_000,
  parkedAtMs: 1_700_000_200_000,
  untilMs: 1_700_000_500_000,
  ...changes,
});
const namesIn = async (lane: WaitingImage['lane'], page: Parameters<WaitingImages['list']>[2]) =>
  (await waiting.list(tenant, lane, page)).map(({ name }) => name);

it('those come first that are to go on first, each lane by itself', async () => {
  const images = [
    imageOf('third', { untilMs: 1_700_000_700_000, sinceMs: 1 }),
    imageOf('first', { untilMs: 999_999_999_999 }), // a digit less
    imageOf('second'),
    imageOf('later', { lane: 'budget', code: 'budget_used_up', untilMs: 1 }),
    imageOf('earlier', { lane: 'budget', code: 'budget_used_up', sinceMs: 1_700_000_000_000 }),
  ];
  for (const image of images) await waiting.add(tenant, image);
  expect(await namesIn('model', { limit: 10 })).toEqual(['first', 'second', 'third']);
  expect(await namesIn('model', { limit: 2, consistent: true })).toEqual(['first', 'second']);
  expect(await namesIn('model', { limit: 10, toMs: 1_700_000_500_000 })).toEqual(['first', 'second']);
  expect(await namesIn('model', { limit: 10, toMs: 1_700_000_499_999 })).toEqual(['first']);
  expect(await namesIn('model', { limit: 10, fromMs: 1_700_000_500_000 })).toEqual(['second', 'third']);
  expect(await namesIn('model', { limit: 10, fromMs: 1_700_000_500_001 })).toEqual(['third']);
  expect(await waiting.list(tenant, 'budget', { limit: 10 })).toEqual([images[4], images[3]]);
});

it('whoever takes an image off the list leaves it there where it waits again', async () => {
  const [before, again] = [imageOf('a'), imageOf('a', { parkedAtMs: 1_700_000_600_000 })];
  await waiting.add(tenant, before);
  await waiting.add(tenant, again);
  await waiting.remove(tenant, [before]);
  expect(await waiting.list(tenant, 'model', { limit: 10 })).toEqual([again]);
});

it('adding and removing twice is no error', async () => {
  for (let i = 0; i < 2; i += 1) await waiting.add(tenant, imageOf('a'));
  expect(await namesIn('model', { limit: 10 })).toEqual(['a']);
  for (let i = 0; i < 2; i += 1) await waiting.remove(tenant, [imageOf('a')]);
  expect(await namesIn('model', { limit: 10 })).toEqual([]);
});

describe('an item that cannot be read', () => {
  const put = (item: Record<string, { S: string }>) =>
    store.client.send(
      new PutItemCommand({
        TableName: 'images',
        Item: { pk: { S: `${tenant}/waiting` }, sk: { S: 'model/00001700000000/x/0' }, ...item },
      }),
    );

  it.each([
    ['no JSON', { waiting: { S: '{' } }],
    ['another', { waiting: { S: JSON.stringify({ code: 'model_throttled' }) } }],
    ['nothing', {}],
  ])('since it holds %s is told of and taken off the list', async (_, item) => {
    await put(item);
    await waiting.add(tenant, imageOf('a'));
    expect(await namesIn('model', { limit: 10 })).toEqual(['a']);
    expect(damaged).toMatchObject([{ what: 'waiting', id: 'model/00001700000000/x/0' }]);
    expect(await namesIn('model', { limit: 10 })).toEqual(['a']);
    expect(damaged).toHaveLength(1);
  });

  it('since a later version has written it stays', async () => {
    await put({ format: { S: '2' } });
    expect(await namesIn('model', { limit: 10 })).toEqual([]);
    expect(damaged).toEqual([]);
  });
});

it('tenants are listed until they are taken off', async () => {
  const names = dynamoWaitingTenants(store.client, 'images');
  for (const name of ['b', 'a', 'b']) await names.addName(parseTenantId(name));
  expect(await names.names({ limit: 1 })).toEqual({ names: ['a'], next: 'a' });
  await names.removeName(parseTenantId('a'));
  expect((await names.names({ limit: 10 })).names).toEqual(['b']);
});
