import type { Gloss } from '../../domain/gloss.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { MergeMessage } from '../../domain/messages.ts';
import { orderDocuments } from '../../index/write/document-order.ts';
import { DocumentTable } from '../../index/segment/document-table.ts';
import { invert } from '../../index/write/invert.ts';
import { nextMerge } from '../../index/write/merge-policy.ts';
import type { Manifest, SegmentEntry } from '../../index/segment/manifest.ts';
import { writeSegment } from '../../index/write/write-segment.ts';
import { analyzerOf, type Analyzer } from '../../text/analyzer.ts';
import { documentTermsBy } from '../../text/document-terms.ts';
import { commitIndex, newSegmentId, storeSegment, withDeleted, type IndexDeps } from './commit-index.ts';
import { findDocuments } from './find-documents.ts';
import { DROP_DELAY_SEC } from './merge-segments.ts';

/** While a merge is due and does not come, every so many segments somebody asks for it again. */
const REMINDER = 10;

export interface AppendDeps extends IndexDeps {
  readonly mergeQueue: MessageQueue<MergeMessage>;
  /** The tenant's; the manifest's word counts where it has one. English when left out. */
  readonly language?: Language;
  /** In place of the language's own, for evaluations. */
  readonly analyzer?: Analyzer;
}

/**
 * Adds glosses to the index as one new segment; each replaces the words of an earlier state of its image. Those that
 * are in the index already add nothing. Asks for a merge where one is due.
 * @param read the glosses, one an image; called after the manifest was read, and again when another writer was faster
 * @returns how many documents were added
 */
export async function appendGlosses(
  deps: AppendDeps,
  tenant: TenantId,
  read: () => Promise<readonly Gloss[]>,
): Promise<{ added: number }> {
  let added = 0;
  let before: Manifest | undefined;
  /** Segments of attempts, by the documents that they hold: the next attempt mostly wants the same. */
  const written = new Map<string, SegmentEntry>();
  const commit = commitIndex(deps, tenant, async (current) => {
    before = current;
    const glosses = await read();
    const imageIds = glosses.map(({ imageId }) => imageId);
    const found = await findDocuments(deps.segments, tenant, current, imageIds);
    const fresh = glosses.filter(({ imageId, sequencer }) => found.get(imageId)?.sequencer !== sequencer);
    added = fresh.length;
    if (fresh.length === 0) return undefined;
    const replaced = fresh.flatMap(({ imageId }) => found.get(imageId) ?? []);
    const kept = await withDeleted(deps, tenant, current.segments, replaced);
    const analyzer = deps.analyzer ?? analyzerOf(current.language ?? deps.language ?? 'en');
    const documents = [
      analyzer.language,
      ...fresh.map(({ imageId, sequencer }) => `${imageId} ${sequencer}`),
    ].join();
    const segment = written.get(documents) ?? (await writeGlosses(deps, tenant, fresh, analyzer));
    written.set(documents, segment);
    return { segments: [...kept, segment] };
  });
  const manifest = await commit.finally(() => dropUnused(deps, tenant, commit, [...written.values()]));
  if (manifest && before && mergeIsNews(before, manifest)) {
    await deps.mergeQueue.send([{ tenant, task: 'merge' }]);
  }
  return { added };
}

/** Segments that lost attempts have written leave when nobody can commit them any more. */
async function dropUnused(
  { mergeQueue }: AppendDeps,
  tenant: TenantId,
  commit: Promise<Manifest | undefined>,
  written: readonly SegmentEntry[],
): Promise<void> {
  const manifest = await commit.catch(() => undefined);
  const segmentIds = written.filter((segment) => !manifest?.segments.includes(segment)).map(({ id }) => id);
  if (segmentIds.length === 0) return;
  await mergeQueue.send([{ tenant, task: 'drop', segmentIds }], { delaySec: DROP_DELAY_SEC });
}

/** One message for a merge that has become due; again now and then, should that message have come to nothing. */
function mergeIsNews(before: Manifest, after: Manifest): boolean {
  if (nextMerge(after) === undefined) return false;
  return nextMerge(before) === undefined || after.segments.length % REMINDER === 0;
}

async function writeGlosses(
  deps: AppendDeps,
  tenant: TenantId,
  glosses: readonly Gloss[],
  analyzer: Analyzer,
): Promise<SegmentEntry> {
  const id = newSegmentId(deps);
  const unordered = glosses.map(documentTermsBy(analyzer));
  const order = orderDocuments(Uint32Array.from(unordered, ({ docLen }) => docLen));
  const terms = Array.from(order, (i) => unordered[i]!);
  const entries = terms.map(({ docLen }, docId) => {
    const { imageId, sequencer } = glosses[order[docId]!]!;
    return { imageId, sequencer, docLen };
  });
  const documents = DocumentTable.from(entries, entries.length);
  return storeSegment(deps, tenant, id, writeSegment(id, documents, invert(terms)));
}
