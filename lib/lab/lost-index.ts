import { DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { openTemporaryIndex } from '../../infra/local/temporary-index.ts';
import { dynamoStoredSegments } from '../adapters/dynamo-stored-segments.ts';
import { dynamoTenants } from '../adapters/dynamo-tenants.ts';
import { CapacityMeter, type Capacity } from '../domain/capacity-meter.ts';
import { partsOf } from '../domain/parts-of.ts';
import { readableOnes } from '../domain/unreadable.ts';
import { imageIdOf, parseTenantId, type ImageId, type Incarnation } from '../domain/ids.ts';
import type { ReindexMessage } from '../domain/messages.ts';
import type { Manifest } from '../index/segment/manifest.ts';
import { plainQuery } from '../query/syntax/parse-query.ts';
import { importDocuments } from '../steps/images/import-documents.ts';
import { checkTenant, type CheckPlace, type CheckTenantDeps } from '../steps/index/check-tenant.ts';
import { IndexWriter } from '../steps/index/index-writer.ts';
import { mergeSegments } from '../steps/index/merge-segments.ts';
import { reindex } from '../steps/index/reindex.ts';
import { startReindex } from '../steps/index/start-reindex.ts';
import { RERANK_NOTHING } from '../query/hits/score-views.ts';
import { search } from '../steps/search/search.ts';
import type { Progress } from './progress.ts';

export interface ReindexFigures {
  readonly documents: number;
  readonly seconds: number;
  readonly units: Capacity;
  /** The largest number of megabytes that the process held while it made the index again. */
  readonly peakMb: number;
  readonly segments: number;
  /** Of a check of the whole tenant afterwards, and what it names. */
  readonly check: Capacity;
  readonly differences: number;
  /** Queries asked, hits compared, and those whose score is another than before the loss. */
  readonly queries: number;
  readonly hits: number;
  readonly otherScores: number;
}

const TENANT = parseTenantId('lost');
const IMPORTED_AT_ONCE = 100;
/** Of the index before the loss, which may be made in any way. */
const INDEXED_AT_ONCE = 5_000;
const HITS = 100;

/** Fewer words than a language has, the commonest first; how often they come falls as it does in language. */
const VOCABULARY = 20_000;

/**
 * Loses the whole index of a tenant, manifest and all, on the embedded DynamoDB, makes it again, and compares the scores of
 * answers with those of the index as it was imported, both merged into one segment.
 * @param documents how many, with words drawn from a seed
 */
export async function measureReindex(documents: number, progress: Progress): Promise<ReindexFigures> {
  const meter = new CapacityMeter();
  const store = await openTemporaryIndex({ meter });
  try {
    const messages: ReindexMessage[] = [];
    const tenants = dynamoTenants(store.client, 'images');
    await tenants.put(account());
    const deps = {
      ...store.deps,
      tenants,
      storedSegments: dynamoStoredSegments(store.client, 'index'),
      reindexQueue: {
        send(sent: readonly ReindexMessage[]) {
          messages.push(...sent);
          return Promise.resolve();
        },
      },
    };
    const word = wordsOf(2_026);
    const ids = await importAll(deps, documents, word, progress);
    await indexAll(deps, ids, progress);
    await mergeAll(deps);
    const queries = Array.from({ length: 200 }, (_, i) =>
      Array.from({ length: 1 + (i % 4) }, word).join(' '),
    );
    const before = await answersTo(deps, queries, progress);
    await loseIndex(store.client, progress);

    progress.phase('made again', documents);
    const started = meter.snapshot();
    const startMs = performance.now();
    let peakBytes = 0;
    await startReindex(deps, TENANT);
    for (let message = messages.shift(); message; message = messages.shift()) {
      if (message.leftovers !== undefined) continue; // five minutes later
      await reindex(deps, message, () => {
        peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
        return true;
      });
    }
    const seconds = (performance.now() - startMs) / 1_000;
    const units = meter.since(started);
    const { segments } = await deps.manifests.read(TENANT);
    const { check, differences } = await checkAll(deps, meter, progress, documents);
    await mergeAll(deps);
    const after = await answersTo(deps, queries, progress);
    return {
      documents,
      seconds,
      units,
      peakMb: Math.round(peakBytes / 2 ** 20),
      segments: segments.length,
      check,
      differences,
      queries: queries.length,
      hits: before.reduce((sum, scores) => sum + scores.size, 0),
      otherScores: before.reduce((sum, scores, i) => sum + differing(scores, after[i]!), 0),
    };
  } finally {
    await store.close();
  }
}

/** Imported words have no pictures. */
const NO_OBJECTS = {
  objects: { isThere: () => Promise.resolve(false) },
  objectTimes: { find: () => Promise.resolve(undefined) },
};

async function checkAll(
  deps: Omit<CheckTenantDeps, keyof typeof NO_OBJECTS>,
  meter: CapacityMeter,
  progress: Progress,
  documents: number,
): Promise<Pick<ReindexFigures, 'check' | 'differences'>> {
  progress.phase('checked', documents);
  const started = meter.snapshot();
  let [checked, differences] = [0, 0];
  for (let place: CheckPlace | undefined, isDone = false; !isDone; isDone = place === undefined) {
    const page = await checkTenant({ ...deps, ...NO_OBJECTS }, TENANT, place);
    place = page.next;
    checked += page.images;
    differences += page.differences.length;
    progress.update(checked);
  }
  return { check: meter.since(started), differences };
}

type Deps = Awaited<ReturnType<typeof openTemporaryIndex>>['deps'];

async function importAll(
  deps: Deps,
  documents: number,
  word: () => string,
  progress: Progress,
): Promise<ImageId[]> {
  progress.phase('imported', documents);
  const ids: ImageId[] = [];
  const words = (count: number) => Array.from({ length: count }, word).join(' ');
  while (ids.length < documents) {
    const batch = Array.from({ length: Math.min(IMPORTED_AT_ONCE, documents - ids.length) }, (_, i) => ({
      id: `photo-${ids.length + i}`,
      tags: [word(), word(), word()],
      captions: [words(10), words(8)],
    }));
    ids.push(...batch.map(({ id }) => imageIdOf(TENANT, id)));
    await importDocuments(deps, account(), batch);
    progress.update(ids.length);
  }
  return ids;
}

async function indexAll(deps: Deps, ids: readonly ImageId[], progress: Progress): Promise<void> {
  progress.phase('indexed', ids.length);
  for (let from = 0; from < ids.length; from += INDEXED_AT_ONCE) {
    await new IndexWriter(deps, TENANT).append(deps, async () => {
      const glosses = [];
      for (const batch of partsOf(ids.slice(from, from + INDEXED_AT_ONCE), IMPORTED_AT_ONCE))
        glosses.push(...readableOnes((await deps.glosses.getMany(TENANT, batch)).values()));
      return glosses;
    });
    progress.update(from + INDEXED_AT_ONCE);
  }
}

async function mergeAll(deps: Deps): Promise<void> {
  const nextMerge = ({ segments }: Pick<Manifest, 'segments'>) =>
    segments.length > 1 ? [...segments] : undefined;
  await mergeSegments({ ...deps, rules: { nextMerge } }, TENANT);
}

async function answersTo(
  deps: Deps,
  queries: readonly string[],
  progress: Progress,
): Promise<ReadonlyMap<ImageId, number>[]> {
  progress.phase('asked', queries.length);
  const answers = [];
  for (const [i, query] of queries.entries()) {
    const { hits } = await search(deps, TENANT, {
      query: plainQuery(query),
      limit: HITS,
      // Of images with one score, which are looked at closer depends on the order of the documents.
      rerank: RERANK_NOTHING,
    });
    answers.push(new Map(hits.map(({ imageId, score }) => [imageId, score])));
    progress.update(i + 1);
  }
  return answers;
}

/** Hits without their like, on either side. At the end of a page, equal scores may let another image in. */
const differing = (before: ReadonlyMap<ImageId, number>, after: ReadonlyMap<ImageId, number>): number =>
  unlike(before, after) + unlike(after, before);

function unlike(before: ReadonlyMap<ImageId, number>, after: ReadonlyMap<ImageId, number>): number {
  const least = Math.min(...before.values());
  return [...before].filter(
    ([imageId, score]) => after.get(imageId) !== score && !(score === least && !after.has(imageId)),
  ).length;
}

/** Every item of the index table. */
async function loseIndex(
  client: Awaited<ReturnType<typeof openTemporaryIndex>>['client'],
  progress: Progress,
): Promise<void> {
  progress.phase('items lost', 1);
  for (;;) {
    const { Items = [] } = await client.send(
      new ScanCommand({ TableName: 'index', ProjectionExpression: 'pk, sk' }),
    );
    if (Items.length === 0) return;
    for (const { pk, sk } of Items)
      await client.send(new DeleteItemCommand({ TableName: 'index', Key: { pk: pk!, sk: sk! } }));
  }
}

/** Draws words of which the i-th comes about 1/i as often as the first. */
function wordsOf(seed: number): () => string {
  let state = seed;
  const fraction = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return () => `word${Math.floor(VOCABULARY ** fraction())}`;
}

const account = () => ({
  id: TENANT,
  incarnation: '0'.repeat(24) as Incarnation,
  status: 'active' as const,
  settings: {
    language: 'en' as const,
    limits: { requestsPerSec: 1, burst: 1, images: 1e9, bytes: 1e15, modelUsdPerMonth: 1 },
  },
  createdAtMs: 0,
  updatedAtMs: 0,
  revision: 1,
});
