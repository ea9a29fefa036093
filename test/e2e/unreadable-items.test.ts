import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { sweepImages } from '../../lib/steps/sweep/sweep-images.ts';
import { sweepObjects } from '../../lib/steps/sweep/sweep-objects.ts';
import { sweepThumbnails } from '../../lib/steps/sweep/sweep-thumbnails.ts';
import { fixture, s3Event, startService } from '../support/service.ts';
import { sweeper } from '../support/sweeper.ts';

/** An item that cannot be read holds up nothing but its image, and whoever stores or deletes that image mends it. */

type Item = Record<string, AttributeValue>;
type Json = Readonly<Record<string, unknown>>;

let service: Awaited<ReturnType<typeof startService>>;
let dynamo: DynamoDBClient;
let operator: string;
let picture: Buffer;
beforeAll(async () => {
  service = await startService();
  dynamo = new DynamoDBClient({});
  operator = await service.keys.createOperator();
  picture = await fixture('images/grey.jpg');
});
afterAll(async () => {
  dynamo.destroy();
  await service.close();
});

/** As the documentation of the record and the gloss has them; whether they may be absent, and a value of another type. */
const RECORD_FIELDS: Readonly<Record<string, readonly ['needed' | 'optional', unknown]>> = {
  imageId: ['needed', 7],
  name: ['needed', { text: 'name' }],
  status: ['needed', 'lost'],
  sequencer: ['needed', 12],
  source: ['needed', ['upload']],
  bytes: ['optional', 'many'],
  olderBytes: ['optional', -1],
  olderUntilMs: ['optional', 'soon'],
  facts: ['optional', { format: 'jpeg' }],
  figures: ['optional', 'few'],
  failure: ['optional', { code: 5 }],
  mayBeIndexed: ['needed', 'yes'],
  createdAtMs: ['needed', '2026'],
  arrivedAtMs: ['optional', {}],
  object: ['optional', 'a picture'],
  thumbnailsOf: ['optional', 3],
  people: ['optional', { added: 'pier' }],
  editedFrom: ['optional', 5],
  deletesObject: ['optional', 'true'],
  updatedAtMs: ['needed', null],
  revision: ['needed', 'first'],
};
const GLOSS_FIELDS: typeof RECORD_FIELDS = {
  imageId: ['needed', 7],
  sequencer: ['needed', null],
  model: ['needed', 1],
  promptVersion: ['needed', {}],
  cropPolicy: ['needed', []],
  views: ['needed', 'a quokka'],
  file: ['optional', 'a quokka.jpg'],
  people: ['optional', { added: [], removed: [] }],
};
const FILE_FIELDS: typeof RECORD_FIELDS = {
  name: ['optional', 5],
  keywords: ['optional', 'quokka'],
  title: ['optional', ['quokka']],
  description: ['optional', { en: 'a quokka' }],
  takenAt: ['optional', 2024],
  storedOn: ['optional', null],
  camera: ['optional', false],
  place: ['optional', { latitude: 'north' }],
};
const VIEW_FIELDS: typeof RECORD_FIELDS = {
  view: ['needed', 'whole'],
  ask: ['optional', 'again'],
  tags: ['needed', 'quokka'],
  caption: ['needed', 8],
  visibleText: ['needed', null],
  usage: ['optional', { inputTokens: 'few' }],
};

type What = 'record' | 'gloss';
interface Damage {
  readonly how: string;
  readonly of: What;
  readonly damaged: (item: Item) => Item;
}

const without = (name: string, { [name]: _gone, ...rest }: Item): Item => rest;
const edited =
  (attribute: What, change: (json: Json) => Json) =>
  (item: Item): Item => ({
    ...item,
    [attribute]: { S: JSON.stringify(change(JSON.parse(item[attribute]!.S!) as Json)) },
  });
const lacking = (name: string, { [name]: _gone, ...rest }: Json): Json => rest;
const inView = (change: (view: Json) => Json) => (json: Json) => ({
  ...json,
  views: (json['views'] as Json[]).map(change),
});

const inFile = (change: (file: Json) => Json) => (json: Json) => ({
  ...json,
  file: change((json['file'] ?? {}) as Json),
});

function ofFields(of: What, fields: typeof RECORD_FIELDS, inside = (change: (json: Json) => Json) => change) {
  return Object.entries(fields).flatMap(([name, [need, wrong]]): Damage[] => [
    ...(need === 'needed'
      ? [
          {
            how: `without ${name}`,
            of,
            damaged: edited(
              of,
              inside((json) => lacking(name, json)),
            ),
          },
        ]
      : []),
    {
      how: `with ${name} of another type`,
      of,
      damaged: edited(
        of,
        inside((json) => ({ ...json, [name]: wrong })),
      ),
    },
  ]);
}

const ofAttribute = (of: What): Damage[] => [
  { how: 'without its text', of, damaged: (item) => without(of, item) },
  { how: 'with a number for its text', of, damaged: (item) => ({ ...item, [of]: { N: '1' } }) },
  { how: 'with bytes for its text', of, damaged: (item) => ({ ...item, [of]: { B: Buffer.from('{}') } }) },
  {
    how: 'cut off',
    of,
    damaged: (item) => ({ ...item, [of]: { S: item[of]!.S!.slice(0, item[of]!.S!.length / 2) } }),
  },
  { how: 'that is a list', of, damaged: (item) => ({ ...item, [of]: { S: '[]' } }) },
  { how: 'that is null', of, damaged: (item) => ({ ...item, [of]: { S: 'null' } }) },
  { how: 'of a later format', of, damaged: (item) => ({ ...item, format: { N: '2' } }) },
];

const DAMAGES: readonly Damage[] = [
  ...ofAttribute('record'),
  { how: 'without its revision', of: 'record', damaged: (item) => without('revision', item) },
  { how: 'of another revision', of: 'record', damaged: (item) => ({ ...item, revision: { N: '99' } }) },
  {
    how: 'with a text for its revision',
    of: 'record',
    damaged: (item) => ({ ...item, revision: { S: 'one' } }),
  },
  { how: 'of no name', of: 'record', damaged: edited('record', (json) => ({ ...json, name: '' })) },
  {
    how: 'without its text and its name',
    of: 'record',
    damaged: (item) => without('record', without('name', item)),
  },
  ...ofFields('record', RECORD_FIELDS),
  ...ofAttribute('gloss'),
  ...ofFields('gloss', GLOSS_FIELDS),
  ...ofFields('gloss', VIEW_FIELDS, inView),
  ...ofFields('gloss', FILE_FIELDS, inFile),
  {
    how: 'cut off and without its state',
    of: 'gloss',
    damaged: (item) => ({ ...without('sequencer', item), gloss: { S: '{"' } }),
  },
];

async function spoil(tenant: TenantId, name: string, { of, damaged }: Omit<Damage, 'how'>): Promise<void> {
  const item = await storedItem(tenant, name, of);
  await dynamo.send(new PutItemCommand({ TableName: process.env['IMAGES_TABLE']!, Item: damaged(item!) }));
}

async function storedItem(tenant: TenantId, name: string, of: What): Promise<Item | undefined> {
  const imageId = imageIdOf(tenant, name);
  const [pk, sk] = of === 'gloss' ? [`${tenant}/gloss/${imageId}`, 'gloss'] : [`${tenant}/images`, imageId];
  const Key = { pk: { S: pk }, sk: { S: sk } };
  const TableName = process.env['IMAGES_TABLE']!;
  return (await dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
}

const GOOD = ['good-1', 'good-2'];
let tenants = 0;
async function newTenant() {
  const tenant = parseTenantId(`damaged-${tenants++}`);
  return { tenant, key: await service.keys.create(tenant) };
}
const get = async (path: string, key: string) => service.request('GET', path, key);
async function put(key: string, ...names: readonly string[]): Promise<void> {
  const documents = names.map((id) => ({ id, texts: [`a quokka ${id}`] }));
  expect((await service.request('POST', '/v1/documents', key, { documents })).status).toBe(202);
  await service.indexAll();
}
async function found(key: string): Promise<string[]> {
  const { status, json } = await get('/v1/search?q=quokka&limit=100', key);
  expect(status).toBe(200);
  return (json as { hits: { name: string }[] }).hits.map(({ name }) => name).toSorted();
}
async function listed(key: string): Promise<string[]> {
  const { status, json } = await get('/v1/images?limit=100', key);
  expect(status).toBe(200);
  return (json as { images: { name: string }[] }).images.map(({ name }) => name).toSorted();
}
async function exported(key: string) {
  const names: string[] = [];
  const left: string[] = [];
  let cursor: string | undefined;
  do {
    const place: string = cursor === undefined ? '' : `?cursor=${cursor}`;
    const { status, json } = await get(`/v1/export${place}`, key);
    expect(status).toBe(200);
    const page = json as { documents: { id: string }[]; unreadable?: string[]; cursor?: string };
    names.push(...page.documents.map(({ id }) => id));
    left.push(...(page.unreadable ?? []));
    ({ cursor } = page);
  } while (cursor !== undefined);
  return { names: names.toSorted(), unreadable: left.toSorted() };
}
async function differences(tenant: TenantId) {
  const all: { what: string; image?: string }[] = [];
  let cursor: string | undefined;
  do {
    const place: string = cursor === undefined ? '' : `?cursor=${cursor}`;
    const { status, json } = await get(`/v1/tenants/${tenant}/index/check${place}`, operator);
    expect(status).toBe(200);
    const page = json as { differences: { what: string; image?: string }[]; cursor?: string };
    all.push(...page.differences);
    ({ cursor } = page);
  } while (cursor !== undefined);
  return all.map(({ what, image }) => `${what} ${image ?? ''}`.trim()).toSorted();
}
async function rebuilt(tenant: TenantId) {
  const path = `/v1/tenants/${tenant}/index`;
  expect((await service.request('POST', `${path}/rebuild`, operator)).status).toBe(202);
  const { batchItemFailures } = await service.reindex(await service.drainReindexQueue());
  expect(batchItemFailures).toEqual([]);
  const { json } = await get(path, operator);
  return json as { rebuild?: object; rebuilt?: string; leftOut?: number };
}
async function sweep(tenant: TenantId) {
  const deps = { ...(await sweeper()), clock: { nowMs: () => Date.now() + 2 * 3_600_000 } };
  await sweepThumbnails(deps, { tenant }, () => false);
  await sweepObjects(deps, { tenant }, () => false);
  return sweepImages(deps, { tenant }, () => false);
}
const stored = async (key: string) =>
  ((await get('/v1/usage', key)).json as { stored: { images: number } }).stored;

async function deleteTenant(tenant: TenantId): Promise<void> {
  expect((await service.request('DELETE', `/v1/tenants/${tenant}`, operator)).status).toBe(202);
  const { batchItemFailures } = await service.purge(await service.drainPurgeQueue());
  expect(batchItemFailures).toEqual([]);
  expect((await service.tenants.get(tenant))?.status).toBe('deleted');
}

const damagesOf = (what: What) => DAMAGES.filter(({ of }) => of === what);

describe.each(['record', 'gloss'] as const)(
  'items of which the %s is damaged, each in its own way,',
  (what) => {
    const damages = damagesOf(what);
    const toDelete = damages.map(({ how }) => `delete: ${how}`).toSorted();
    const toStore = damages.map(({ how }) => `store: ${how}`).toSorted();
    const bad = [...toDelete, ...toStore];
    let tenant: TenantId;
    let key: string;
    let ids: string[];
    beforeAll(async () => {
      ({ tenant, key } = await newTenant());
      await put(key, ...GOOD, ...bad);
      ids = bad.map((name) => imageIdOf(tenant, name)).toSorted();
      for (const damage of damages)
        for (const way of ['delete', 'store']) await spoil(tenant, `${way}: ${damage.how}`, damage);
    });

    it('are left out of lists, and of searches where they are words', async () => {
      expect(await found(key)).toEqual(what === 'gloss' ? GOOD : [...GOOD, ...bad].toSorted());
      // A list has no words.
      expect(await listed(key)).toEqual(what === 'record' ? GOOD : [...GOOD, ...bad].toSorted());
    });

    it('are named by an export, a check, and what asks for one of them', async () => {
      expect(await exported(key)).toEqual({ names: GOOD, unreadable: ids });
      expect(await differences(tenant)).toEqual(ids.map((id) => `unreadable_${what} ${id}`));
      for (const id of ids) {
        const { status, json } = await get(`/v1/images/${id}`, key);
        const detail = expect.stringContaining(id) as string;
        expect({ ...(json as object), status }).toMatchObject({
          status: 500,
          code: `unreadable_${what}`,
          detail,
        });
      }
      const { json } = await service.request('POST', '/v1/images/status', key, { ids });
      const { images } = json as { images: { status: string }[] };
      expect(new Set(images.map(({ status }) => status))).toEqual(
        new Set([what === 'record' ? 'unreadable' : 'searchable']),
      );
    });

    it('are passed over by sweeps', async () => {
      const unreadable = what === 'record' ? bad.length : 0;
      expect(await sweep(tenant)).toMatchObject({ unreadable, corrected: false, removed: 0, lost: 0 });
    });

    it('are counted by a rebuild, which goes on', async () => {
      const index = await rebuilt(tenant);
      expect(index).toMatchObject({ leftOut: bad.length, rebuilt: expect.any(String) as string });
      expect(index.rebuild).toBeUndefined();
      expect(await found(key)).toEqual(GOOD);
    });

    it('are mended by a deletion, and by another import', async () => {
      for (const name of toDelete) {
        const { status } = await service.request('DELETE', `/v1/images/${imageIdOf(tenant, name)}`, key);
        expect({ name, status }).toEqual({ name, status: 204 });
      }
      for (const name of toDelete) expect(await storedItem(tenant, name, 'gloss')).toBeUndefined();
      await put(key, ...toStore);
      const whole = [...GOOD, ...toStore].toSorted();
      expect(await found(key)).toEqual(whole);
      expect(await listed(key)).toEqual(whole);
      expect(await exported(key)).toEqual({ names: whole, unreadable: [] });
      await sweep(tenant);
      expect(await stored(key)).toMatchObject({ images: whole.length });
      expect(await differences(tenant)).toEqual([]);
      expect((await rebuilt(tenant)).leftOut).toBeUndefined();
    });

    it('go with their tenant', async () => {
      for (const damage of damages) await spoil(tenant, `store: ${damage.how}`, damage);
      await deleteTenant(tenant);
    });
  },
);

describe('the damaged record of an upload', () => {
  const uploaded = async (tenant: TenantId, name: string, sequencer: string) => {
    const at = `uploads/${tenant}/${name}`;
    await service.upload(at, picture, 'image/jpeg');
    await service.describe(s3Event('Created:Put', at, sequencer, 1, { size: picture.length }));
    await service.indexAll();
  };
  const keysOf = async (tenant: TenantId) => [...(await service.sizesUnder(`uploads/${tenant}/`)).keys()];
  const HOWS = [
    'without its text',
    'cut off',
    'of a later format',
    'without its revision',
    'without name',
    'without sequencer',
  ];

  it('is mended by another upload, and by a deletion, which takes the picture along', async () => {
    const { tenant, key } = await newTenant();
    const damages = damagesOf('record').filter(({ how }) => HOWS.includes(how));
    expect(damages).toHaveLength(HOWS.length);
    for (const damage of damages)
      for (const way of ['store', 'delete']) {
        await uploaded(tenant, `${way} ${damage.how}.jpg`, '0055AED6DCD901');
        await spoil(tenant, `${way} ${damage.how}.jpg`, damage);
      }
    expect(await listed(key)).toEqual([]);
    for (const { how } of damages) {
      await uploaded(tenant, `store ${how}.jpg`, '0055AED6DCD902');
      const id = imageIdOf(tenant, `delete ${how}.jpg`);
      const { status } = await service.request('DELETE', `/v1/images/${id}`, key);
      expect({ how, status }).toEqual({ how, status: 204 });
    }
    const left = damages.map(({ how }) => `store ${how}.jpg`).toSorted();
    expect(await listed(key)).toEqual(left);
    expect((await keysOf(tenant)).toSorted()).toEqual(left.map((name) => `uploads/${tenant}/${name}`));
    await sweep(tenant);
    expect(await stored(key)).toMatchObject({ images: left.length });
    expect(await differences(tenant)).toEqual([]);
  });

  it.each(['with', 'without'])(
    'can be deleted %s its words, also where its name is lost; its picture goes, and comes back by another upload',
    async (words) => {
      const { tenant, key } = await newTenant();
      const nameless = {
        of: 'record',
        damaged: (item: Item) => without('record', without('name', item)),
      } as const;
      const names = ['lost.jpg', 'kept.jpg'];
      for (const name of names) await uploaded(tenant, name, '0055AED6DCD901');
      if (words === 'without')
        await spoil(tenant, 'lost.jpg', { of: 'gloss', damaged: (item) => ({ ...item, gloss: { S: '{' } }) });
      await spoil(tenant, 'lost.jpg', nameless);
      const id = imageIdOf(tenant, 'lost.jpg');
      for (let turn = 0; turn < 2; turn += 1)
        expect((await service.request('DELETE', `/v1/images/${id}`, key)).status).toBe(204);
      expect(await listed(key)).toEqual(['kept.jpg']);
      expect(await storedItem(tenant, 'lost.jpg', 'gloss')).toBeUndefined();
      const { status } = await get(`/v1/images/${id}`, key);
      expect(status).toBe(404);
      await sweep(tenant);
      expect(await keysOf(tenant)).toEqual([`uploads/${tenant}/kept.jpg`]);
      expect((await service.drainAdmitQueue()).Records).toEqual([]);
      await sweep(tenant);
      expect(await stored(key)).toMatchObject({ images: 1 });
      expect(await differences(tenant)).toEqual([]);
      await uploaded(tenant, 'lost.jpg', '0055AED6DCD902');
      expect(await listed(key)).toEqual(names.toSorted());
      await sweep(tenant);
      expect(await keysOf(tenant)).toHaveLength(2);
    },
  );
});
