import { uploadKey } from '../../lib/domain/object-key.ts';
import type { TenantId } from '../../lib/domain/ids.ts';
import type { Service } from '../world/service.ts';
import type { World } from '../world/world.ts';
import { bucketOf, NEIGHBOUR, TENANT, type Pictures } from './story.ts';

const HOUR_MS = 3_600_000;

/** The one whose work fails, and one who is to notice nothing. */
export const BOTH: readonly TenantId[] = [TENANT, NEIGHBOUR];

/** Where a scenario happens: two tenants, of whom one meets with a call that fails. */
export interface Scene {
  readonly service: Service;
  readonly pictures: Pictures;
  /** Asks the API, as a tenant or as the operator. @returns JSON */
  readonly ask: (
    by: TenantId | 'operator',
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<Readonly<Record<string, unknown>>>;
}

/** How work of one kind comes into a queue, and which call of its worker fails. */
export interface Scenario {
  /** Of both tenants. */
  readonly settings?: object;
  /** What is there before, and comes to rest. */
  readonly before?: (scene: Scene, tenant: TenantId) => Promise<void>;
  /** Leads to messages in the queue. */
  readonly work?: (scene: Scene, tenant: TenantId) => Promise<void>;
  /** The same, where nobody can ask for one tenant alone. */
  readonly workOfAll?: (scene: Scene) => Promise<void>;
  /** Of the calls of a world (test/world/call.ts). */
  readonly failingPlace: string;
  /** Dead letters of one tenant's work; 1 when left out. */
  readonly letters?: number;
  /** What becomes of the image while its message is a dead letter, where docs/reliability.md says so. */
  readonly imageMeanwhile?: { readonly name: string; readonly status: string };
  /** What shows that the work is done, where the tenant does not see it. */
  readonly look?: (scene: Scene) => unknown;
}

async function uploadOne({ service: { world }, pictures }: Scene, tenant: TenantId) {
  const object = { Bucket: bucketOf(world), Key: uploadKey(tenant, 'small.jpg'), Body: pictures.small };
  await world.s3.PutObject({ ...object, ContentType: 'image/jpeg' }, 'ObjectCreated:Post');
}

async function importOne({ ask }: Scene, tenant: TenantId, id = 'poem-1') {
  await ask(tenant, 'POST', '/v1/documents', { documents: [{ id, tags: ['otter', 'river'] }] });
}

/** One document a commit. */
const importSome =
  (...ids: readonly string[]) =>
  async (scene: Scene, tenant: TenantId) => {
    for (const id of ids) {
      await importOne(scene, tenant, id);
      await scene.service.settle();
    }
  };

interface News {
  readonly type: string;
}

const segmentsOf = ({ dynamoDb, topology }: World, tenant: TenantId) => {
  const { name } = topology.tables.find((table) => table.name.includes('Index'))!;
  const keys = dynamoDb
    .table(name)
    .all()
    .map(({ pk }) => pk!.S!.split('/'));
  return new Set(keys.flatMap(([of, kind, id]) => (of === tenant && kind === 'segment' ? [id] : [])));
};

/** By the names of queues in docs/reliability.md. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  AdmitQueue: {
    work: uploadOne,
    failingPlace: 'admit SendMessageBatch Describe',
    imageMeanwhile: { name: 'small.jpg', status: 'failed' },
  },
  DescribeQueue: {
    work: uploadOne,
    failingPlace: 'describe Invoke Decode',
    imageMeanwhile: { name: 'small.jpg', status: 'failed' },
  },
  IndexQueue: {
    work: importOne,
    failingPlace: 'index BatchWriteItem Index segment',
  },
  BulkIndexQueue: {
    work: async ({ ask }, tenant) => {
      const documents = Array.from({ length: 11 }, (_, i) => ({ id: `verse-${i}`, tags: ['otter'] }));
      await ask(tenant, 'POST', '/v1/documents', { documents });
    },
    letters: 11,
    failingPlace: 'index BatchWriteItem Index segment',
  },
  MergeQueue: {
    before: importSome('poem-1', 'poem-2', 'poem-3', 'poem-4', 'poem-5'),
    work: (scene, tenant) => importOne(scene, tenant, 'poem-6'),
    failingPlace: 'merge BatchWriteItem Index segment',
    look: ({ service: { world } }) => BOTH.map((tenant) => segmentsOf(world, tenant).size),
  },
  ReindexQueue: {
    before: importSome('poem-1', 'poem-2'),
    work: async ({ ask }, tenant) => {
      await ask('operator', 'POST', `/v1/tenants/${tenant}/index/rebuild`);
    },
    failingPlace: 'reindex BatchGetItem Images gloss',
    look: ({ ask }) =>
      Promise.all(
        BOTH.map(
          async (tenant) => 'rebuilt' in (await ask('operator', 'GET', `/v1/tenants/${tenant}/index`)),
        ),
      ),
  },
  RemoveQueue: {
    before: uploadOne,
    work: ({ service: { world } }, tenant) => {
      world.s3.DeleteObject({ Bucket: bucketOf(world), Key: uploadKey(tenant, 'small.jpg') });
      return Promise.resolve();
    },
    failingPlace: 'remove PutItem Index manifest',
  },
  // A receiver that fails makes no dead letters: its news waits (docs/reliability.md). What fails here is a store.
  NotifyQueue: {
    before: async ({ ask }, tenant) => {
      await ask(tenant, 'PUT', '/v1/webhook', { url: `https://${tenant}.example.com/news` });
    },
    work: importOne,
    // The document came, and it is searchable.
    letters: 2,
    failingPlace: 'notify GetItem Images images',
    look: ({ service: { world } }) =>
      [...new Set(world.heard.map(({ url, body }) => `${url} ${(JSON.parse(body) as News).type}`))].sort(),
  },
  // The schedule asks for all tenants at once.
  SweepQueue: {
    before: uploadOne,
    settings: { retentionDays: 1 },
    workOfAll: ({ service }) => {
      const { time } = service.world;
      time.moveTo(time.nowMs() + 26 * HOUR_MS);
      service.runSchedules();
      return Promise.resolve();
    },
    failingPlace: 'sweep Query Images images',
  },
  // A picture of each tenant waits for a model that was busy, and their time is up.
  WakeQueue: {
    workOfAll: async (scene) => {
      const { service } = scene;
      const { world } = service;
      const failing = world.mishapOf;
      world.mishapOf = ({ operation }) => (operation === 'Converse' ? 'throttled' : undefined);
      for (const tenant of BOTH) await uploadOne(scene, tenant);
      while (await service.runVisible());
      world.mishapOf = failing;
      service.wake();
    },
    failingPlace: 'sweep Query Images waiting',
    imageMeanwhile: { name: 'small.jpg', status: 'waiting' },
  },
  PurgeQueue: {
    before: uploadOne,
    work: async ({ ask }, tenant) => {
      await ask('operator', 'DELETE', `/v1/tenants/${tenant}`);
    },
    failingPlace: 'purge ListObjectVersions uploads',
    // At once, and when everything has ended that was under way.
    letters: 2,
    look: ({ ask }) =>
      Promise.all(
        BOTH.map(async (tenant) => {
          const { status, deletion } = await ask('operator', 'GET', `/v1/tenants/${tenant}`);
          return [status, (deletion as { readonly final?: boolean } | undefined)?.final];
        }),
      ),
  },
};
