import { GlossError } from '../../domain/errors.ts';
import type { Gloss } from '../../domain/gloss.ts';
import { segmentIdOf, type ImageState, type SegmentId, type TenantId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import type { MergeMessage } from '../../domain/messages.ts';
import { Deletions } from '../../index/segment/deletions.ts';
import { deletionsName, oldestDeletionMs } from '../../index/segment/deletions-name.ts';
import {
  freshRebuild,
  liveDocs,
  manifestBeside,
  type Manifest,
  type SegmentEntry,
} from '../../index/segment/manifest.ts';
import { deletionsKey, type SegmentItem } from '../../index/segment/sort-keys.ts';
import { nextMerge } from '../../index/write/merge-policy.ts';
import { segmentOfGlosses } from '../../index/write/segment-of-glosses.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { Clock, RandomHex } from '../../ports/runtime.ts';
import { analysisOf } from '../../text/analysis.ts';
import { analyzerOf, type Analyzer } from '../../text/analyzer.ts';
import { announceDrops, DROP_DELAY_SEC } from './drop-segments.ts';
import type { FoundDocument } from './find-documents.ts';
import { IndexReader, type IndexReaderDeps } from './index-reader.ts';

/** What every step that changes the index needs. */
export interface IndexWriterDeps extends IndexReaderDeps {
  readonly clock: Clock;
  readonly randomHex: RandomHex;
}

export interface AppendDeps extends IndexWriterDeps {
  readonly mergeQueue: MessageQueue<MergeMessage>;
  /** The tenant's; the manifest's word counts where it has one. English when left out. */
  readonly language?: Language;
  /** In place of the language's own, for evaluations. */
  readonly analyzer?: Analyzer;
}

/** What a commit replaces of the manifest; the rest stays. `rebuild: undefined` ends one. */
export interface ManifestChange extends Partial<
  Pick<Manifest, 'segments' | 'merges' | 'language' | 'analysis' | 'rebuilt'>
> {
  readonly rebuild?: Manifest['rebuild'] | undefined;
}

/** Segments of attempts, by the documents that they hold: the next attempt mostly wants the same. */
export type WrittenSegments = Map<string, { readonly entry: SegmentEntry; readonly writtenAtMs: number }>;

/** Which index a writer changes: the one that is searched, or the one that is being made beside it. */
export type IndexPart = 'searched' | 'rebuild';

/** The longest delay of SQS, and the longest that a worker runs. */
export const WORKERS_GONE_SEC = 900;
/** A segment that was written longer ago may be dropped before a manifest names it, and is written again. */
const NAMED_WITHIN_MS = (DROP_DELAY_SEC * 1_000) / 2;
const MAX_ATTEMPTS = 12;
/** While a merge is due and does not come, every so many segments somebody asks for it again. */
const REMINDER = 10;

/**
 * Changes the index of a tenant by optimistic concurrency: items of new segments and deletions are written first, and
 * one conditional write of the manifest makes them count. Readers see all of a change or nothing of it.
 */
export class IndexWriter {
  readonly #deps: IndexWriterDeps;
  readonly #tenant: TenantId;
  readonly #part: IndexPart;

  constructor(deps: IndexWriterDeps, tenant: TenantId, part: IndexPart = 'searched') {
    this.#deps = deps;
    this.#tenant = tenant;
    this.#part = part;
  }

  /**
   * Commits what `plan` makes of the index as it is. If another writer commits in between, nothing of the plan counts
   * and it runs again on the new snapshot, so that it never acts on a state that is gone.
   * @param plan answers what is to change, or undefined for nothing
   * @returns the committed manifest of the writer's part, or undefined when the plan wanted no change, or no index is
   * being made of which this writer could change anything
   * @throws GlossError `conflict` when other writers were faster a dozen times
   */
  async commit(
    plan: (index: IndexReader) => Promise<ManifestChange | undefined>,
  ): Promise<Manifest | undefined> {
    const { manifests, segments } = this.#deps;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      if (attempt > 0) await this.#pause(attempt);
      const whole = await manifests.read(this.#tenant);
      const manifest = this.#part === 'searched' ? whole : manifestBeside(whole);
      if (!manifest) return undefined;
      const change = await plan(new IndexReader(segments, this.#tenant, manifest));
      if (!change) return undefined;
      const changed =
        this.#part === 'searched' ? change : { rebuild: { ...whole.rebuild!, ...partsOf(change) } };
      const next = { ...whole, ...changed, version: whole.version + 1 } as Manifest;
      if (await manifests.commit(this.#tenant, next))
        return this.#part === 'searched' ? next : manifestBeside(next);
    }
    const message = `the index of ${this.#tenant} changed ${MAX_ATTEMPTS} times while committing`;
    throw new GlossError('conflict', 'index_busy', message);
  }

  /**
   * Deletes the words of images: gone from the next search on. Words of a later state stay. The manifest is committed
   * even when nothing was found, because an indexing under way may have read the images before they went; it then
   * finds another manifest than it started from, and looks again.
   */
  async delete(images: readonly ImageState[]): Promise<void> {
    const upTo = new Map(images.map(({ imageId, sequencer }) => [imageId, sequencer]));
    await this.commit((index) =>
      this.#inBoth(index, async (part) => {
        const found = await part.documentsOf([...upTo.keys()]);
        const old = [...found].filter(([imageId, { sequencer }]) => sequencer <= upTo.get(imageId)!);
        const documents = old.map(([, document]) => document);
        return this.#withDeleted(part, documents);
      }),
    );
  }

  /**
   * A change of the index that is searched, and the same of the one that is being made beside it, so that it lacks nothing
   * when it takes its place. What is searched may have lost items: then that is what it is being made again for, and the
   * change counts where it can be made. If it is the other one that has lost items, that one begins again.
   */
  async #inBoth(
    index: IndexReader,
    changed: (part: IndexReader) => Promise<readonly SegmentEntry[]>,
  ): Promise<ManifestChange> {
    const beside = index.beside();
    const { rebuild } = index.manifest;
    if (!beside || !rebuild) return { segments: await changed(index) };
    const segments = await changed(index).catch((error: unknown) => {
      if (error instanceof GlossError && error.kind === 'corrupt') return index.manifest.segments;
      throw error;
    });
    const other = await changed(beside).catch((error: unknown) => {
      if (error instanceof GlossError && error.kind === 'corrupt') return undefined;
      throw error;
    });
    return { segments, rebuild: other ? { ...rebuild, segments: other } : freshRebuild(rebuild) };
  }

  /** An id for a segment that is about to be written. */
  newSegmentId(): SegmentId {
    return segmentIdOf(this.#deps.clock.nowMs(), this.#deps.randomHex(8));
  }

  /** Writes the items of a new segment as they are made; answers its entry, which no manifest names yet. */
  async storeSegment(id: SegmentId, writing: Generator<SegmentItem, SegmentEntry>): Promise<SegmentEntry> {
    const written: SegmentEntry[] = [];
    await this.#deps.segments.write(
      this.#tenant,
      id,
      (function* () {
        written.push(yield* writing);
      })(),
    );
    return written[0]!;
  }

  /**
   * The segment with these deletions, written to an item of their own; no manifest names it yet.
   * @param oldestMs when the oldest was made; as the segment says where it has deletions, now where it has none
   */
  async writeDeletions(
    segment: SegmentEntry,
    deletions: Deletions,
    oldestMs = segment.deletions === '' ? this.#deps.clock.nowMs() : oldestDeletionMs(segment.deletions),
  ): Promise<SegmentEntry> {
    const name = deletionsName(oldestMs, this.#deps.randomHex(16));
    const item = { sk: deletionsKey(name), body: deletions.encode() };
    await this.#deps.segments.write(this.#tenant, segment.id, [item]);
    return { ...segment, deleted: deletions.count, deletions: name };
  }

  /**
   * Adds glosses as one new segment; each replaces the words of an earlier state of its image. Those that are in the
   * index already add nothing. Asks for a merge where one is due.
   * @param read the glosses, one an image; called after the manifest was read, and again when another writer was faster
   * @returns how many documents were added
   */
  async append(
    { mergeQueue, language, analyzer: given }: Omit<AppendDeps, keyof IndexWriterDeps>,
    read: () => Promise<readonly Gloss[]>,
  ): Promise<{ added: number }> {
    let added = 0;
    let before: Manifest | undefined;
    const written: WrittenSegments = new Map();
    const manifest = await this.commit(async (index) => {
      before = index.manifest;
      const glosses = await read();
      const analyzer = given ?? analyzerOf(index.manifest.language ?? language ?? 'en');
      const addedTo = new Map<IndexReader, number>();
      const change = await this.#inBoth(index, async (part) => {
        const more = await this.withGlosses(part, glosses, { mergeQueue, analyzer, written });
        addedTo.set(part, more.added);
        return more.segments;
      });
      added = addedTo.get(index) ?? 0;
      const parts = index.manifest.rebuild ? 2 : 1;
      // Nobody knows what a part lacks that has lost items. One that is being made begins again: that is a change.
      if (addedTo.size === parts && [...addedTo.values()].every((count) => count === 0)) return undefined;
      // Words of an older analysis stay as they are, so the index keeps its name.
      return { ...change, ...(liveDocs(index.manifest) === 0 && { analysis: analysisOf(analyzer) }) };
    });
    if (manifest && before && isMergeNews(before, manifest)) {
      await mergeQueue.send([{ tenant: this.#tenant, task: 'merge' }]);
    }
    return { added };
  }

  /**
   * The segments of an index with these glosses in it, where they are not yet: in a new segment that no manifest names yet,
   * instead of what the index has of their images.
   */
  async withGlosses(
    index: IndexReader,
    glosses: readonly Gloss[],
    {
      mergeQueue,
      analyzer,
      written,
    }: Pick<AppendDeps, 'mergeQueue'> & { readonly analyzer: Analyzer; readonly written: WrittenSegments },
  ): Promise<{ readonly segments: readonly SegmentEntry[]; readonly added: number }> {
    const found = await index.documentsOf(glosses.map(({ imageId }) => imageId));
    const fresh = glosses.filter(({ imageId, sequencer }) => found.get(imageId)?.sequencer !== sequencer);
    if (fresh.length === 0) return { segments: index.manifest.segments, added: 0 };
    const replaced = fresh.flatMap(({ imageId }) => found.get(imageId) ?? []);
    const kept = await this.#withDeleted(index, replaced);
    const states = fresh.map(({ imageId, sequencer }) => `${imageId} ${sequencer}`);
    const documents = [analyzer.language, ...states].join();
    const nowMs = this.#deps.clock.nowMs();
    const known = written.get(documents);
    const segment =
      known && nowMs - known.writtenAtMs < NAMED_WITHIN_MS
        ? known
        : { entry: await this.#storeGlosses(mergeQueue, fresh, analyzer), writtenAtMs: nowMs };
    written.set(documents, segment);
    return { segments: [...kept, segment.entry], added: fresh.length };
  }

  /** The drop is announced before anything is written, so that a writer that dies leaves no words behind. */
  async #storeGlosses(
    mergeQueue: MessageQueue<MergeMessage>,
    glosses: readonly Gloss[],
    analyzer: Analyzer,
  ): Promise<SegmentEntry> {
    const id = this.newSegmentId();
    await announceDrops(mergeQueue, this.#tenant, [id]);
    return this.storeSegment(id, segmentOfGlosses(id, glosses, analyzer));
  }

  /** The segments with these documents deleted as well; writes one item for each segment that it touches. */
  async #withDeleted(index: IndexReader, documents: Iterable<FoundDocument>): Promise<SegmentEntry[]> {
    const docIdsOf = new Map<SegmentEntry, number[]>();
    for (const { segment, docId } of documents)
      docIdsOf.set(segment, [...(docIdsOf.get(segment) ?? []), docId]);
    const before = await index.deletions([...docIdsOf.keys()]);
    return Promise.all(
      index.manifest.segments.map(async (segment) => {
        const docIds = docIdsOf.get(segment);
        if (!docIds) return segment;
        const deletions = before.get(segment) ?? Deletions.none(segment.docs);
        return this.writeDeletions(segment, deletions.with(docIds));
      }),
    );
  }

  /** Full jitter: writers that met once should not meet again. */
  async #pause(attempt: number): Promise<void> {
    const share = Number.parseInt(this.#deps.randomHex(4), 16) / 0xffff;
    await new Promise((resolve) => setTimeout(resolve, share * Math.min(2_000, 25 * 2 ** attempt)));
  }
}

/** What there is of an index that is being made, besides how far it is. */
const partsOf = ({ segments, merges }: ManifestChange) => ({
  ...(segments && { segments }),
  ...(merges && { merges }),
});

/** One message for a merge that has become due; again now and then, should that message have come to nothing. */
function isMergeNews(before: Manifest, after: Manifest): boolean {
  if (nextMerge(after) === undefined) return false;
  return nextMerge(before) === undefined || after.segments.length % REMINDER === 0;
}
