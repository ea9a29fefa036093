import { GlossError } from '../../domain/errors.ts';
import { isLiving } from '../../domain/tenant.ts';
import type { Gloss } from '../../domain/gloss.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { ReindexMessage } from '../../domain/messages.ts';
import { isUnreadable, readableOnes } from '../../domain/unreadable.ts';
import { freshRebuild, namedSegments, type Rebuild } from '../../index/segment/manifest.ts';
import { CommitBudget } from '../../index/write/commit-budget.ts';
import { nextMerge } from '../../index/write/merge-policy.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ImageRecords, StoredRecord } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { StoredSegments } from '../../ports/stored-segments.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { analysisOf, isSameAnalysis } from '../../text/analysis.ts';
import { analyzerOf, type Analyzer } from '../../text/analyzer.ts';
import { announceDrops, DROP_DELAY_SEC } from './drop-segments.ts';
import { withKnownFile } from '../../text/known-file.ts';
import { IndexWriter, WORKERS_GONE_SEC, type ManifestChange, type WrittenSegments } from './index-writer.ts';
import { mergeSegments, type MergeDeps } from './merge-segments.ts';

export interface ReindexDeps extends MergeDeps {
  readonly tenants: TenantReader;
  readonly records: Pick<ImageRecords, 'list' | 'getMany' | 'totals'>;
  readonly glosses: Pick<Glosses, 'getMany'>;
  readonly reindexQueue: MessageQueue<ReindexMessage>;
  readonly storedSegments: StoredSegments;
  /** Images of one segment; `PAGE_DOCS` when left out. */
  readonly pageDocs?: number;
}

/** Whether there is time for a page of images, or for the largest merge (docs/scale.md). */
export type EnoughTime = (forWhat: 'page' | 'merge') => boolean;

export type ReindexOutcome = 'done' | 'goes on' | 'ended';

/** Images of one segment; small, so that a commit which another writer spoils is soon tried again. */
const PAGE_DOCS = 1_000;
/** What the glosses of one segment ask for at most: 1,000 of the largest that there may be would not fit into memory. */
const PAGE_BUDGET = { textBytes: 4_000_000, distinctWords: 100_000 };
/** Ids of a port's call at most. */
const BATCH = 100;
/** When to look again at a merge that another worker has in hand. */
const LOOK_AGAIN_SEC = 60;

/**
 * Makes a tenant's index again from its records and glosses, beside the one that is searched, and puts it in its place
 * with one commit. Appends and deletions meanwhile change both, so nothing is left to catch up with. Progress is in the
 * manifest: whoever comes after a worker that died goes on where its last commit was. Memory: a page of glosses, or the
 * segments of one merge.
 * @returns `goes on` in another message; `ended` where there is nothing to do: done before, or another's
 */
export async function reindex(
  deps: ReindexDeps,
  { tenant, rebuild: id, leftovers }: ReindexMessage,
  hasTime: EnoughTime,
): Promise<ReindexOutcome> {
  for (;;) {
    const account = await deps.tenants.get(tenant);
    if (!isLiving(account)) return 'ended';
    if (leftovers !== undefined) return dropLeftovers(deps, { tenant, rebuild: id, leftovers }, hasTime);
    const manifest = await deps.manifests.read(tenant);
    const { rebuild } = manifest;
    if (rebuild?.id !== id) return 'ended';
    const analyzer = analyzerOf(manifest.language ?? account.settings.language);
    const next = nextStep(deps, rebuild, analyzer);
    if (next === 'wait') return goOn(deps, { tenant, rebuild: id }, LOOK_AGAIN_SEC);
    if (!hasTime(next === 'merge' ? 'merge' : 'page')) return goOn(deps, { tenant, rebuild: id });
    try {
      if (next === 'begin again') await beginAgain(deps, tenant, rebuild, analyzer);
      else if (next === 'merge') await mergeSegments(deps, tenant, 'rebuild');
      else if (next === 'page') {
        if (
          !(await addPage(deps, tenant, rebuild, analyzer)) &&
          !(await hasBegunAgain(deps, tenant, rebuild))
        )
          return 'ended';
      } else if (await takePlace(deps, tenant, id)) return 'done';
    } catch (error) {
      // What was made so far has lost items. Thrown all the same: the queue counts how often it has to begin.
      if (error instanceof GlossError && error.kind === 'corrupt')
        await beginAgain(deps, tenant, rebuild, analyzer);
      throw error;
    }
  }
}

type Step = 'begin again' | 'merge' | 'wait' | 'page' | 'take place';

function nextStep({ clock }: ReindexDeps, rebuild: Rebuild, analyzer: Analyzer): Step {
  // Its words so far went another way than those that follow.
  if (!isSameAnalysis(rebuild.analysis, analysisOf(analyzer))) return 'begin again';
  const nowMs = clock.nowMs();
  if (rebuild.merges.some(({ expiresAtMs }) => expiresAtMs <= nowMs) || nextMerge(rebuild)) return 'merge';
  if (!rebuild.isWalked) return 'page';
  return rebuild.merges.length > 0 ? 'wait' : 'take place';
}

async function goOn(
  { reindexQueue }: ReindexDeps,
  message: ReindexMessage,
  delaySec?: number,
): Promise<ReindexOutcome> {
  await reindexQueue.send([message], delaySec === undefined ? {} : { delaySec });
  return 'goes on';
}

/** Whether another writer found that what was made so far cannot be read, and left the rest of the work here. */
async function hasBegunAgain(
  { manifests }: ReindexDeps,
  tenant: TenantId,
  { id, done }: Rebuild,
): Promise<boolean> {
  const { rebuild } = await manifests.read(tenant);
  return rebuild?.id === id && rebuild.done < done;
}

/** Unless it has changed since. */
async function beginAgain(
  deps: ReindexDeps,
  tenant: TenantId,
  { id, startedAtMs, done, analysis: before }: Rebuild,
  analyzer: Analyzer,
): Promise<void> {
  const { images: total } = await deps.records.totals(tenant);
  const analysis = analysisOf(analyzer);
  await new IndexWriter(deps, tenant).commit(async ({ manifest }) => {
    const { rebuild } = manifest;
    if (rebuild?.id !== id || rebuild.done !== done || !isSameAnalysis(rebuild.analysis, before))
      return undefined;
    await announceDropsOf(deps, tenant, rebuild);
    return { rebuild: freshRebuild({ id, startedAtMs, analysis, total }) };
  });
}

/**
 * Adds the next page of images to the index that is being made.
 * @returns false where another worker was faster: it goes on, and one is enough
 */
async function addPage(
  deps: ReindexDeps,
  tenant: TenantId,
  { id, after }: Rebuild,
  analyzer: Analyzer,
): Promise<boolean> {
  const writer = new IndexWriter(deps, tenant);
  const written: WrittenSegments = new Map();
  let page: Page | undefined;
  const manifest = await writer.commit(async (index): Promise<ManifestChange | undefined> => {
    const { rebuild } = index.manifest;
    if (rebuild?.id !== id || rebuild.after !== after || rebuild.isWalked) return undefined;
    // After the manifest: whatever changes from here on makes this attempt fail, and is looked at again.
    if (page) await page.lookAgain();
    page ??= await readPage(deps, tenant, after);
    const glosses = page.glosses();
    const { mergeQueue } = deps;
    const { segments } = await writer.withGlosses(index.beside()!, glosses, {
      mergeQueue,
      analyzer,
      written,
    });
    const { after: _before, ...rest } = rebuild;
    return {
      rebuild: {
        ...rest,
        segments,
        done: rebuild.done + page.images,
        ...leftOutOf(rebuild.leftOut, page.leftOut()),
        isWalked: page.last === undefined,
        ...(page.last !== undefined && { after: page.last }),
      },
    };
  });
  return manifest !== undefined;
}

const leftOutOf = (before = 0, more = 0): Pick<Rebuild, 'leftOut'> =>
  before + more > 0 ? { leftOut: before + more } : {};

interface Page {
  readonly images: number;
  /** The last image of it; absent on the last page. */
  readonly last?: ImageId;
  /** Of its images, as their records said when they were last looked at. */
  glosses(): Gloss[];
  /** How many of them cannot be read. */
  leftOut(): number;
  /** Reads all records, and the glosses of those that have changed. */
  lookAgain(): Promise<void>;
}

interface Known {
  /** Of its record, where that can be read. */
  readonly revision?: number;
  readonly gloss?: Gloss | undefined;
  readonly isDamaged?: true;
}
const DAMAGED: Known = { isDamaged: true };

async function readPage(
  { records, glosses, pageDocs = PAGE_DOCS }: ReindexDeps,
  tenant: TenantId,
  after: ImageId | undefined,
): Promise<Page> {
  const seen: ImageId[] = [];
  const known = new Map<ImageId, Known>();
  const budget = new CommitBudget(PAGE_BUDGET);
  let isFull = false;
  let last = after;
  do {
    const page = await records.list(tenant, {
      limit: Math.min(BATCH, pageDocs),
      ...(last !== undefined && { after: last }),
    });
    await learn(page.records);
    for (const { imageId } of page.records) {
      const gloss = known.get(imageId)?.gloss;
      isFull = gloss !== undefined && !budget.takes(gloss);
      if (isFull) break;
      seen.push(imageId);
    }
    last = isFull ? seen.at(-1) : page.next;
  } while (last !== undefined && seen.length < pageDocs && !isFull);

  async function learn(stored: readonly StoredRecord[]): Promise<void> {
    for (const { imageId } of stored.filter(isUnreadable)) known.set(imageId, DAMAGED);
    const changed = readableOnes(stored);
    const wanted = changed.filter(mayHaveWords);
    const found = await glosses.getMany(
      tenant,
      wanted.map(({ imageId }) => imageId),
    );
    for (const record of changed) {
      const gloss = found.get(record.imageId);
      if (isUnreadable(gloss)) {
        known.set(record.imageId, { ...DAMAGED, revision: record.revision });
        continue;
      }
      const isShown = gloss !== undefined && mayHaveWords(record) && hasWords(record, gloss);
      if (record.status === 'searchable' && !isShown) {
        known.set(record.imageId, { ...DAMAGED, revision: record.revision });
        continue;
      }
      known.set(record.imageId, {
        revision: record.revision,
        gloss: isShown ? withKnownFile(gloss, record) : undefined,
      });
    }
  }

  return {
    images: seen.length,
    ...(last !== undefined && { last }),
    glosses: () => seen.flatMap((imageId) => known.get(imageId)?.gloss ?? []),
    leftOut: () => seen.filter((imageId) => known.get(imageId)?.isDamaged).length,
    async lookAgain() {
      for (let from = 0; from < seen.length; from += BATCH) {
        const ids = seen.slice(from, from + BATCH);
        const now = await records.getMany(tenant, ids);
        for (const imageId of ids) if (!now.has(imageId)) known.delete(imageId);
        await learn(
          [...now.values()].filter(
            (record) => isUnreadable(record) || known.get(record.imageId)?.revision !== record.revision,
          ),
        );
      }
    },
  };
}

/** Whether an image in this state is found: also one of which a new picture is being described, by the words before. */
const mayHaveWords = ({ status, mayBeIndexed }: ImageRecord): boolean =>
  status === 'described' || status === 'searchable' || (status === 'received' && mayBeIndexed);

const hasWords = ({ status, sequencer }: ImageRecord, gloss: Gloss): boolean =>
  status === 'received' ? gloss.sequencer < sequencer : gloss.sequencer === sequencer;

/** The commit that puts the new index in the place of the old one. @returns false where it is not ready after all */
async function takePlace(deps: ReindexDeps, tenant: TenantId, id: string): Promise<boolean> {
  const manifest = await new IndexWriter(deps, tenant).commit(async ({ manifest }) => {
    const { rebuild, segments, merges } = manifest;
    if (rebuild?.id !== id || !rebuild.isWalked || rebuild.merges.length > 0) return undefined;
    // Before the commit: what the manifest still names when the time comes stays.
    await announceDropsOf(deps, tenant, { segments, merges });
    // Before the commit as well: after it nobody would come back for this.
    await goOn(deps, { tenant, rebuild: id, leftovers: '' }, DROP_DELAY_SEC);
    const { analysis, leftOut } = rebuild;
    return { segments: rebuild.segments, merges: [], analysis, rebuilt: id, leftOut, rebuild: undefined };
  });
  if (manifest && nextMerge(manifest)) await deps.mergeQueue.send([{ tenant, task: 'merge' }]);
  return manifest !== undefined;
}

/**
 * What a lost manifest named, or a writer left that died long ago. Each is dropped if no manifest names it
 * five and ten minutes later: by that time whoever is writing one has committed it.
 */
async function dropLeftovers(
  deps: ReindexDeps,
  { tenant, rebuild, leftovers }: ReindexMessage,
  hasTime: EnoughTime,
): Promise<ReindexOutcome> {
  let start = leftovers === '' ? undefined : leftovers;
  do {
    if (!hasTime('page')) return goOn(deps, { tenant, rebuild, leftovers: start ?? '' });
    const { segmentIds, next } = await deps.storedSegments.list(tenant, start);
    const named = namedSegments(await deps.manifests.read(tenant));
    const left = segmentIds.filter((id) => !named.has(id));
    await announceDrops(deps.mergeQueue, tenant, left);
    start = next;
  } while (start !== undefined);
  return 'done';
}

/** Of segments that no manifest is to name any more. What a merge under way writes goes when its worker is gone. */
async function announceDropsOf(
  { mergeQueue }: ReindexDeps,
  tenant: TenantId,
  { segments, merges }: Pick<Rebuild, 'segments' | 'merges'>,
): Promise<void> {
  const [live, written] = [segments.map(({ id }) => id), merges.map(({ result }) => result)];
  await announceDrops(mergeQueue, tenant, live);
  await announceDrops(mergeQueue, tenant, written, WORKERS_GONE_SEC);
}
