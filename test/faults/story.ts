import sharp from 'sharp';
import { dynamoApiKeys } from '../../lib/adapters/dynamo-api-keys.ts';
import { OPERATOR } from '../../lib/domain/credential.ts';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { uploadKey } from '../../lib/domain/object-key.ts';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { keyOf } from '../world/dynamodb/table.ts';
import { Process } from '../world/process.ts';
import type { Service } from '../world/service.ts';
import type { World } from '../world/world.ts';
import { fixture } from '../support/service.ts';
import { askPatiently, codeOf } from './patient-client.ts';

export const TENANT = parseTenantId('acme');
/** Lives beside it, and is to notice nothing. */
export const NEIGHBOUR = parseTenantId('bravo');
const RECEIVER = 'https://hooks.example.com/news';
const HOUR_MS = 3_600_000;

/** What the people of the story know: keys, and what they were answered. */
export interface Notes {
  readonly operatorKey: string;
  key: string;
  keyId: string;
  /** Of a key that was replaced. */
  oldKey: string;
  neighbourKey: string;
  /** How requests ended, by what they were for. */
  readonly answers: Record<string, string>;
}

export interface Pictures {
  /** Large enough for five views. */
  readonly large: Uint8Array;
  readonly small: Uint8Array;
  readonly other: Uint8Array;
  readonly broken: Uint8Array;
}

export async function drawPictures(): Promise<Pictures> {
  const draw = (widthPx: number, r: number) =>
    sharp({ create: { width: widthPx, height: widthPx, channels: 3, background: { r, g: 90, b: 160 } } })
      .jpeg()
      .toBuffer();
  const broken = await fixture('images/not-an-image.jpg');
  return { large: await draw(272, 10), small: await draw(64, 120), other: await draw(80, 230), broken };
}

/** A part of the story. After each, all queues have come to rest. */
export interface Chapter {
  readonly name: string;
  readonly play: (stage: Stage) => Promise<void>;
}

/** Where the story is played. */
export interface Stage {
  readonly service: Service;
  readonly notes: Notes;
  readonly pictures: Pictures;
}

/** The operator's key, made before the story begins. */
export async function prepare(world: World): Promise<Notes> {
  const table = world.topology.tables.find(({ name }) => name.includes('Tenants'))!.name;
  const made = await new Process(world, 'operator').run(() =>
    dynamoApiKeys(new DynamoDBClient({}), table, world.time).create(OPERATOR, {
      name: 'operator',
      scopes: [],
    }),
  );
  if (made === 'died') throw new Error('nothing goes wrong before the story begins');
  return { operatorKey: made.key, key: '', keyId: '', oldKey: '', neighbourKey: '', answers: {} };
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** Whose key; the tenant's when left out. */
  readonly by?: string;
}

/** Asks until there is an answer, and notes how it ended. @param what names the request, and its Idempotency-Key */
async function ask({ service, notes }: Stage, what: string, { by = notes.key, ...request }: Asked) {
  const idempotencyKey = request.method === 'GET' ? {} : { idempotencyKey: what.replaceAll(' ', '-') };
  const answer = await askPatiently(service, { ...request, key: by, ...idempotencyKey });
  const code = codeOf(answer.json);
  notes.answers[what] = code === undefined ? String(answer.status) : `${answer.status} ${code}`;
  return answer;
}

interface KeyAnswer {
  readonly key: string;
  readonly id: string;
}

/** Makes a tenant and a key of it. */
async function makeTenant(stage: Stage, tenant: TenantId, settings: object) {
  const { operatorKey: by } = stage.notes;
  const body = { tenant, settings };
  await ask(stage, `make ${tenant}`, { method: 'POST', path: '/v1/tenants', body, by });
  const path = `/v1/tenants/${tenant}/keys`;
  return obtainKey(stage, `make key of ${tenant}`, path, { method: 'POST', path, body: { name: 'app' }, by });
}

/** How often an answer with a key may be lost, one time after the other. */
const MOST_LOST = 5;

/** Makes a key; as often as its answer is lost, does as docs/api.md says: looks what there is now, removes it, and asks anew. */
async function obtainKey(stage: Stage, what: string, list: string, request: Asked & { readonly by: string }) {
  const { service, notes } = stage;
  const { by: key } = request;
  let answer = await ask(stage, what, request);
  for (let turn = 1; turn <= MOST_LOST && codeOf(answer.json) === 'done_before'; turn += 1) {
    const { json } = await askPatiently(service, { method: 'GET', path: list, key });
    for (const { id } of (json as { readonly keys: readonly { readonly id: string }[] }).keys)
      if (id !== notes.keyId) await askPatiently(service, { method: 'DELETE', path: `${list}/${id}`, key });
    const idempotencyKey = `${what.replaceAll(' ', '-')}-anew-${turn}`;
    answer = await askPatiently(service, { ...request, key, idempotencyKey });
    notes.answers[what] = String(answer.status);
  }
  return answer.json as KeyAnswer;
}

/** Replaces the secret of the webhook; where the answer was lost, the new secret is there to be looked at. */
async function replaceSecret(stage: Stage, what: string) {
  const wanted = { method: 'POST', path: '/v1/webhook/rotation', body: { overlapSec: 3_600 } };
  const first = await ask(stage, what, wanted);
  if (codeOf(first.json) !== 'done_before') return;
  const { status, json } = await askPatiently(stage.service, {
    method: 'GET',
    path: '/v1/webhook',
    key: stage.notes.key,
  });
  if (status === 200 && (json as { readonly oldSecretEndsAt?: string }).oldSecretEndsAt !== undefined)
    stage.notes.answers[what] = '201';
}

interface Uploaded {
  readonly tenant?: TenantId;
  readonly files: readonly (readonly [name: string, bytes: Uint8Array])[];
}

/** Asks for a form and sends it. */
async function upload(stage: Stage, what: string, { tenant = TENANT, files }: Uploaded) {
  const wanted = files.map(([name, bytes]) => ({ name, bytes: bytes.length, contentType: 'image/jpeg' }));
  const body = { files: wanted };
  const by = tenant === TENANT ? stage.notes.key : stage.notes.neighbourKey;
  const { status } = await ask(stage, what, { method: 'POST', path: '/v1/uploads', body, by });
  if (status !== 200) return;
  const { world } = stage.service;
  for (const [name, Body] of files) {
    const object = { Bucket: bucketOf(world), Key: uploadKey(tenant, name), Body, ContentType: 'image/jpeg' };
    await world.s3.PutObject(object, 'ObjectCreated:Post');
  }
}

export const bucketOf = (world: World): string => world.topology.buckets[0]!.name;

async function askForReindex(stage: Stage, what: string) {
  const path = `/v1/tenants/${TENANT}/index/rebuild`;
  await ask(stage, what, { method: 'POST', path, by: stage.notes.operatorKey });
}

const document = (id: string, ...tags: string[]) => ({ id, tags });

/** The whole life of a tenant. */
export const CHAPTERS: readonly Chapter[] = [
  {
    name: 'tenant',
    async play(stage) {
      const { key, id } = await makeTenant(stage, TENANT, { cropPolicy: 'grid-2x2', language: 'de' });
      Object.assign(stage.notes, { key, keyId: id });
      // Only who has no images yet may change it.
      const path = `/v1/tenants/${TENANT}`;
      const body = { settings: { language: 'en' } };
      await ask(stage, 'change language', { method: 'PATCH', path, body, by: stage.notes.operatorKey });
      await ask(stage, 'set webhook', { method: 'PUT', path: '/v1/webhook', body: { url: RECEIVER } });
    },
  },
  {
    name: 'neighbour',
    async play(stage) {
      const { key: by } = await makeTenant(stage, NEIGHBOUR, { cropPolicy: 'none', asks: 2 });
      stage.notes.neighbourKey = by;
      const documents = [document('poem-1', 'otter', 'lantern'), document('poem-9', 'river', 'stone')];
      const body = { documents };
      await ask(stage, 'import of the neighbour', { method: 'POST', path: '/v1/documents', body, by });
      const files = [['small.jpg', stage.pictures.small]] as const;
      await upload(stage, 'upload of the neighbour', { tenant: NEIGHBOUR, files });
    },
  },
  {
    name: 'upload',
    async play(stage) {
      const { large, small, broken } = stage.pictures;
      const files = [
        ['large.jpg', large],
        ['small.jpg', small],
        ['broken.jpg', broken],
      ] as const;
      await upload(stage, 'upload', { files });
    },
  },
  {
    name: 'import',
    async play(stage) {
      // As many as make a load, which has a queue of its own.
      const verses = Array.from({ length: 9 }, (_, i) => document(`verse-${i}`, 'verse'));
      const batches = [
        [document('poem-1', 'otter', 'river'), document('poem-2', 'lantern', 'river'), ...verses],
        [document('poem-3', 'violin', 'meadow')],
        [document('poem-4', 'harbour', 'kettle')],
        [document('poem-5', 'river', 'apple')],
      ];
      for (const [i, documents] of batches.entries()) {
        await ask(stage, `import ${i}`, { method: 'POST', path: '/v1/documents', body: { documents } });
        await stage.service.settle();
      }
    },
  },
  {
    name: 'replace',
    async play(stage) {
      await upload(stage, 'replace', { files: [['small.jpg', stage.pictures.other]] });
      await stage.service.settle();
      const documents = [document('poem-3', 'bicycle', 'meadow')];
      await ask(stage, 'import again', { method: 'POST', path: '/v1/documents', body: { documents } });
    },
  },
  {
    name: 'delete',
    async play(stage) {
      const of = (name: string) => `/v1/images/${imageIdOf(TENANT, name)}`;
      await ask(stage, 'delete picture', { method: 'DELETE', path: of('large.jpg') });
      await ask(stage, 'delete words', { method: 'DELETE', path: of('poem-1') });
      const { world } = stage.service;
      await stage.service.settle();
      world.s3.DeleteObject({ Bucket: bucketOf(world), Key: uploadKey(TENANT, 'broken.jpg') });
    },
  },
  {
    name: 'rotate',
    async play(stage) {
      const { key: by, keyId } = stage.notes;
      const path = `/v1/keys/${keyId}/rotation`;
      const wanted = { method: 'POST', path, body: { overlapSec: 3_600 }, by };
      const { key, id } = await obtainKey(stage, 'rotate key', '/v1/keys', wanted);
      Object.assign(stage.notes, { oldKey: by, key, keyId: id });
      await replaceSecret(stage, 'rotate secret');
    },
  },
  {
    name: 'reindex',
    async play(stage) {
      await askForReindex(stage, 'reindex');
      // What comes meanwhile goes into both indexes.
      const documents = [document('poem-2', 'candle', 'river')];
      await ask(stage, 'import meanwhile', { method: 'POST', path: '/v1/documents', body: { documents } });
      const path = `/v1/images/${imageIdOf(TENANT, 'poem-4')}`;
      await ask(stage, 'delete meanwhile', { method: 'DELETE', path });
    },
  },
  {
    name: 'lost index',
    async play(stage) {
      const { world } = stage.service;
      const { name } = world.topology.tables.find((one) => one.name.includes('Index'))!;
      const table = world.dynamoDb.table(name);
      for (const { pk, sk } of table.all().map(keyOf)) if (pk.startsWith(`${TENANT}/`)) table.delete(pk, sk);
      await askForReindex(stage, 'reindex what is lost');
    },
  },
  ...['first day', 'second day'].map((name) => ({
    name,
    async play({ service }: Stage) {
      const { time } = service.world;
      time.moveTo(time.nowMs() + 26 * HOUR_MS);
      service.runSchedules();
      await Promise.resolve();
    },
  })),
  {
    name: 'end',
    async play(stage) {
      const { operatorKey } = stage.notes;
      await ask(stage, 'delete tenant', { method: 'DELETE', path: `/v1/tenants/${TENANT}`, by: operatorKey });
    },
  },
];
