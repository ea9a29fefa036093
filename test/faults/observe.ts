import { createHash } from 'node:crypto';
import { mergeDeps } from '../../functions/deps/merge-deps.ts';
import { decodeManifest, encodeManifestBody } from '../../lib/index/segment/manifest.ts';
import type { Gloss } from '../../lib/domain/gloss.ts';
import { stateOfThumbnail } from '../../lib/domain/object-key.ts';
import type { SegmentId, TenantId } from '../../lib/domain/ids.ts';
import type { ImageRecord } from '../../lib/domain/image.ts';
import type { Tenant } from '../../lib/domain/tenant.ts';
import { checkIndex } from '../../lib/steps/index/check-index.ts';
import { mergeSegments } from '../../lib/steps/index/merge-segments.ts';
import { kindOf } from '../world/call.ts';
import type { Item } from '../world/dynalite-parts.ts';
import { Process } from '../world/process.ts';
import { Service } from '../world/service.ts';
import type { World } from '../world/world.ts';
import { GLOBAL_PARTITIONS, TENANT_PARTITIONS } from '../../lib/adapters/partitions.ts';
import { bucketOf, NEIGHBOUR, TENANT, type Notes } from './story.ts';

/** What is compared with the run without faults, by the short name of a difference. */
export type Facts = Readonly<Record<string, unknown>>;

/** Kinds of items that the service has (lib/adapters/partitions.ts); an item of another kind is nobody's. */
const KNOWN_KINDS: ReadonlySet<string> = new Set([
  ...TENANT_PARTITIONS,
  // The story has no key of the operator.
  ...GLOBAL_PARTITIONS.filter((kind) => kind !== 'operator').map((kind) => `_${kind}`),
]);

const QUERIES = [
  'river',
  'otter',
  'meadow',
  'bicycle',
  'lantern OR violin',
  'apple OR candle',
  'river -candle',
];

/** What the tenant and the tables show while the tenant lives. The world stays as it is. */
export async function observeLife(world: World, notes: Notes): Promise<Facts> {
  const tables = tablesOf(world);
  const facts: Record<string, unknown> = {
    answers: notes.answers,
    'dead letters': deadLetters(world),
    records: records(world),
    glosses: glosses(world),
    originals: objectsIn(world, `uploads/${TENANT}/`),
    thumbnails: objectsIn(world, `thumbnails/${TENANT}/`),
    'key entrances': keyEntrances(world),
    'unknown items': unknownItems(world),
    news: lastNews(world),
    strays: tables.tenants.all().filter((item) => kindOf(pkOf(item)).startsWith('_stray')),
  };
  const copy = world.copy();
  Object.assign(facts, await examineIndex(copy));
  Object.assign(facts, await askTenant(new Service(copy), notes));
  return facts;
}

/** What the neighbour has and sees, when the tenant is gone. */
export async function observeNeighbour(world: World, { neighbourKey: key }: Notes): Promise<Facts> {
  const copy = world.copy();
  const index = await examineIndex(copy, NEIGHBOUR);
  const seen = await askTenant(new Service(copy), { key, oldKey: key });
  const { [VIEWS]: _views, [RESERVED]: _reserved, ...compared } = seen;
  const stored = {
    records: records(world, NEIGHBOUR),
    thumbnails: objectsIn(world, `thumbnails/${NEIGHBOUR}/`),
  };
  return { neighbour: { ...stored, ...index, ...compared } };
}

/** What is left when the tenant is gone. */
export function observeEnd(
  world: World,
  before: { readonly items: number; readonly objects: number },
): Facts {
  const { tenants } = tablesOf(world);
  const item = tenants.get(`_tenant/${TENANT}`, 'tenant');
  const tenant = item && (JSON.parse(item['record']!.S!) as Tenant);
  const proof = tenant?.deletion;
  return {
    'dead letters at the end': deadLetters(world),
    'tenant at the end': tenant?.status ?? 'missing',
    'proof is final': proof?.final ?? false,
    // An attempt that failed has told nobody what it had removed. None counts what was not there.
    'purge proof': {
      items: (proof?.removedItems ?? 0) <= before.items,
      objects: (proof?.removedObjects ?? 0) <= before.objects,
    },
    'left behind': countOf(world),
    'key entrances at the end': tenants.all().filter((one) => kindOf(pkOf(one)) === '_key').length,
  };
}

/** How much the tenant has. */
export function countOf(world: World): { readonly items: number; readonly objects: number } {
  const tables = Object.values(tablesOf(world)).flatMap((table) => table.all());
  const items = tables.filter((item) => pkOf(item).startsWith(`${TENANT}/`)).length;
  const keys = [...world.s3.versions(bucketOf(world))].filter(([key]) => key.includes(`/${TENANT}/`));
  return { items, objects: keys.reduce((sum, [, versions]) => sum + versions.length, 0) };
}

function tablesOf({ dynamoDb, topology }: World) {
  const named = (word: string) =>
    dynamoDb.table(topology.tables.find(({ name }) => name.includes(word))!.name);
  return { tenants: named('Tenants'), images: named('Images'), index: named('Index') };
}

const pkOf = (item: Item): string => item['pk']!.S!;

function deadLetters({ sqs, topology }: World) {
  const dead = topology.queues.filter(({ name }) => name.endsWith('DeadLetters'));
  return dead.flatMap(({ name }) => sqs.bodies(name).map((body) => `${name}: ${body.slice(0, 60)}`));
}

/** The state of each image that its receiver takes for the last one, by the time in the news. */
function lastNews({ heard }: World) {
  const last = new Map<string, News>();
  for (const { body } of heard) {
    const news = JSON.parse(body) as News;
    const { name } = news.data;
    const before = last.get(name);
    if (!before || before.timestamp <= news.timestamp) last.set(name, news);
  }
  return [...last].map(([name, { type }]) => `${name}: ${type}`).sort();
}

/** Names that mean nothing outside of one run: sequencers, revisions and times differ as soon as anything is tried again. */
function records(world: World, tenant: TenantId = TENANT) {
  const items = tablesOf(world).images.ofPartition(`${tenant}/images`);
  return items.map((item) => {
    const { name, status, source, bytes, facts, failure, mayBeIndexed, deletesObject } = JSON.parse(
      item['record']!.S!,
    ) as ImageRecord;
    return { name, status, source, bytes, facts, failure, mayBeIndexed, deletesObject };
  });
}

function glosses(world: World) {
  const items = tablesOf(world)
    .images.all()
    .filter((item) => kindOf(pkOf(item)) === 'gloss');
  return items.map((item) => {
    const of = pkOf(item);
    // Answers are kept for retries until they expire, under a sequencer.
    if (item['gloss'] === undefined) return `${of} answer of view ${item['sk']!.S!.slice(-3)}`;
    const { model, promptVersion, cropPolicy, views } = JSON.parse(item['gloss'].S!) as Gloss;
    const words = views.map(({ view, tags, caption, visibleText }) => ({ view, tags, caption, visibleText }));
    return { of, model, promptVersion, cropPolicy, words };
  });
}

function objectsIn(world: World, folder: string) {
  const all = [...world.s3.versions(bucketOf(world))].filter(([key]) => key.startsWith(folder));
  return all
    .map(([key, versions]) => [
      // Which number S3 gave a state depends on what came before; that there is one state shows in the number of keys.
      stateOfThumbnail(key) === undefined ? key : key.replace(/\/[0-9A-F]+(?=\/\d+\.jpg$)/, '/state'),
      // Thumbnails of the same picture take each other's places: what is there counts, not how often it was put.
      ...(folder.startsWith('thumbnails') ? versions.slice(-1) : versions).map(({ isMarker, bytes }) =>
        isMarker ? 'marker' : createHash('sha256').update(bytes).digest('hex').slice(0, 12),
      ),
    ])
    .sort(([a], [b]) => (a! < b! ? -1 : 1));
}

/** What opens the service, beside what lists it. */
function keyEntrances(world: World) {
  const { tenants } = tablesOf(world);
  const describe = (item: Item) => {
    const { name, scopes } = JSON.parse(item['record']!.S!) as { name: string; scopes: string[] };
    return `${name}: ${scopes.join(' ')}`;
  };
  return {
    entrances: tenants
      .all()
      .filter((item) => kindOf(pkOf(item)) === '_key')
      .map(describe)
      .sort(),
    listed: tenants.ofPartition(`${TENANT}/keys`).map(describe).sort(),
  };
}

function unknownItems(world: World) {
  const all = Object.values(tablesOf(world)).flatMap((table) => table.all());
  return all.map(pkOf).filter((pk) => !KNOWN_KINDS.has(kindOf(pk)));
}

/** Claims, segments that nobody names, and what a whole index says of itself; then everything becomes one segment. */
async function examineIndex(world: World, tenant: TenantId = TENANT): Promise<Facts> {
  const { index } = tablesOf(world);
  const pk = `${tenant}/manifest`;
  const item = index.get(pk, 'manifest');
  const manifest = item && decodeManifest(Number(item['version']!.N), item['body']!.S!);
  const stored = new Set(
    index
      .all()
      .filter((one) => pkOf(one).startsWith(`${tenant}/segment/`))
      .map((one) => pkOf(one).split('/')[2] as SegmentId),
  );
  const named = new Set((manifest?.segments ?? []).map(({ id }) => id));
  const orphans = [...stored].filter((id) => !named.has(id));
  const claims = manifest?.merges.length ?? 0;
  if (manifest && claims > 0)
    index.put({ ...item, body: { S: encodeManifestBody({ ...manifest, merges: [] }) } });
  const env = world.topology.functions.find(({ entry }) => entry === 'functions/merge.ts')!.environment;
  const findings = await new Process(world, 'examiner').run(async () => {
    const deps = mergeDeps(env);
    const rules = {
      nextMerge: ({ segments }: { segments: readonly unknown[] }) =>
        segments.length > 0 ? segments : undefined,
    };
    const found: string[] = [];
    for await (const { what } of checkIndex(deps, tenant)) found.push(what);
    await mergeSegments({ ...deps, rules: rules as never }, tenant);
    return found;
  });
  return { 'orphan segment': orphans.length, 'merge claim': claims, 'index check': findings };
}

/** The body of a webhook's message (docs/api.md). */
interface News {
  readonly type: string;
  readonly timestamp: string;
  readonly data: { readonly name: string };
}

interface Hit {
  readonly name: string;
  readonly score: number;
}

/** What the API answers with, as far as it is looked at; nothing of it is there where it answers with a problem. */
interface Seen {
  readonly hits?: readonly Hit[];
  /** A number of hits, or what was used by name. */
  readonly total?: unknown;
  readonly stored?: unknown;
  readonly reserved?: unknown;
  readonly images?: readonly Record<string, unknown>[];
  readonly keys?: readonly {
    readonly name: string;
    readonly scopes: readonly string[];
    readonly expiresAt?: string;
  }[];
}
/** What the tenant sees through the API. */
async function askTenant(service: Service, { key, oldKey }: Pick<Notes, 'key' | 'oldKey'>): Promise<Facts> {
  const get = async (path: string, by = key) => {
    const { status, json } = await service.request({ method: 'GET', path, key: by });
    return { status, seen: (json ?? {}) as Seen };
  };
  const { status: opened } = await get('/v1/me');
  // Whose key does not work sees nothing: that is one difference, and not one for each thing that is not seen.
  if (opened !== 200) return { [KEY]: opened };
  const search: Record<string, unknown> = {};
  for (const query of QUERIES) {
    const { status, seen } = await get(`/v1/search?q=${encodeURIComponent(query)}&limit=50`);
    const hits = (seen.hits ?? []).map(({ name, score }) => [name, score.toFixed(6)] as const);
    search[query] = { status, total: seen.total, hits: hits.sort(([a], [b]) => (a < b ? -1 : 1)) };
  }
  const { images = [] } = (await get('/v1/images?limit=100')).seen;
  const { total, stored, reserved } = (await get(USAGE)).seen;
  const { keys = [] } = (await get('/v1/keys')).seen;
  const used = total as Readonly<Record<string, number>> | undefined;
  return {
    [KEY]: opened,
    search,
    images: images.map(({ name, status, bytes, failure, format, widthPx }) => ({
      name,
      status,
      bytes,
      failure,
      format,
      widthPx,
    })),
    totals: stored,
    'usage of images': used?.['images'],
    [VIEWS]: used && [used['views'], used['inputTokens'], used['outputTokens'], service.world.modelCalls],
    keys: keys
      .map(({ name, scopes, expiresAt }) => ({ name, scopes, expires: expiresAt !== undefined }))
      .sort((a, b) => Number(a.expires) - Number(b.expires)),
    'old key': (await get('/v1/images?limit=1', oldKey)).status,
    [RESERVED]: reserved,
    'reserved an hour later': await later(service, async () => (await get(USAGE)).seen.reserved),
  };
}

/** What is seen of a world in an hour. */
function later<T>({ world }: Service, look: () => Promise<T>): Promise<T> {
  world.time.moveTo(world.time.nowMs() + 3_600_000);
  return look();
}

const USAGE = '/v1/usage?from=2026-01-01&to=2026-01-31';

/** Whether the key works that was obtained last. */
export const KEY = 'key';
/** Room of invitations: what a dead worker leaves ends within the hour. */
export const RESERVED = 'reserved';
/** Views that were counted, their tokens, and how often the model was asked. */
export const VIEWS = 'usage of the model';
