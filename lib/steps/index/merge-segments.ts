import type { SegmentId, TenantId } from '../../domain/ids.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { MergeMessage } from '../../domain/messages.ts';
import { oldestDeletionMs } from '../../index/segment/deletions-name.ts';
import { Deletions } from '../../index/segment/deletions.ts';
import { nextMerge } from '../../index/write/merge-policy.ts';
import type { MergeClaim, SegmentEntry } from '../../index/segment/manifest.ts';
import { mergeDocuments, mergeLists, type DocIdMap } from '../../index/write/merge.ts';
import { ResumedWriting } from '../../index/write/resumed-writing.ts';
import { SegmentContents } from '../../index/segment/segment-contents.ts';
import { writeSegment } from '../../index/write/write-segment.ts';
import { announceDrops } from './drop-segments.ts';
import { IndexWriter, type IndexPart, type IndexWriterDeps, type ManifestChange } from './index-writer.ts';
import type { IndexReader } from './index-reader.ts';

export interface MergeDeps extends IndexWriterDeps {
  readonly mergeQueue: MessageQueue<MergeMessage>;
  /** Other rules than those of lib/index, to measure what they are worth. */
  readonly rules?: MergeRules;
}

export interface MergeRules {
  readonly nextMerge?: typeof nextMerge;
  readonly clusterDepth?: (docs: number) => number;
}

/** Longer than a worker lives (900 s): whoever made a claim is gone when it expires. */
const CLAIM_MS = 960_000;

/** A merge to do: its sources as they were when it was claimed. */
interface Claim {
  /** The snapshot in which it was claimed. */
  readonly index: IndexReader;
  readonly chosen: readonly SegmentEntry[];
  readonly result: SegmentId;
  /** Whether another worker began it and is gone. */
  readonly isTakenOver: boolean;
}

/**
 * Merges the segments that the policy names, if any, into one. The manifest says so first, so that no two workers merge
 * the same ones and what a dead worker has written is known: the next one goes on where it stopped. A merge commits only
 * while its claim stands. Documents deleted before the merge leave for good; those deleted while it runs are deleted in
 * its result. Merged segments are dropped after a delay.
 * @param part in which index; whoever makes one beside the other asks for its next merge himself
 * @returns how many segments became one; 0 when there was nothing to do or the claim was lost
 */
export async function mergeSegments(
  deps: MergeDeps,
  tenant: TenantId,
  part: IndexPart = 'searched',
): Promise<{ merged: number }> {
  const writer = new IndexWriter(deps, tenant, part);
  const claim = await claimMerge(deps, writer);
  if (!claim) return { merged: 0 };
  const { chosen, result } = claim;
  // The claim of a manifest that names none of its sources: there is nothing to merge.
  if (chosen.length === 0) return giveUp(deps, tenant, writer, result, part);
  const rewritten = await rewrite(deps, tenant, writer, claim);
  if (!rewritten) return giveUp(deps, tenant, writer, result, part);
  // Before the commit, so that a merge that dies right after it leaves nothing: when the time comes, what the manifest
  // does not name is dropped, be it the sources or the result.
  const segmentIds = [...chosen.map(({ id }) => id), result];
  await announceDrops(deps.mergeQueue, tenant, segmentIds);
  const manifest = await writer.commit((index) => replaceRun(writer, index, claim, rewritten));
  if (manifest && part === 'searched' && nextMerge(manifest))
    await deps.mergeQueue.send([{ tenant, task: 'merge' }]);
  return { merged: manifest ? chosen.length : 0 };
}

/** Writes down which segments are merged into which; a claim that has expired is the first to be taken up again. */
async function claimMerge(deps: MergeDeps, writer: IndexWriter): Promise<Claim | undefined> {
  let claim: Claim | undefined;
  await writer.commit((index) => {
    const now = deps.clock.nowMs();
    const current = index.manifest;
    // Written, but its answer was lost, and another commit came after it.
    const isMine = ({ result }: MergeClaim) => !claim?.isTakenOver && result === claim?.result;
    if (current.merges.some(isMine)) return Promise.resolve(undefined);
    claim = takeOver(index, now) ?? chooseNew(deps, writer, index);
    if (!claim) return Promise.resolve(undefined);
    const { chosen, result } = claim;
    const mine: MergeClaim = {
      result,
      sources: chosen.map(({ id }) => id),
      deletions: chosen.map(({ deletions }) => deletions),
      expiresAtMs: now + CLAIM_MS,
    };
    return Promise.resolve({ merges: [...current.merges.filter((merge) => merge.result !== result), mine] });
  });
  return claim;
}

/** The work of a worker that is gone, with the deletions that it knew, so that the same items come of it. */
function takeOver(index: IndexReader, nowMs: number): Claim | undefined {
  const { segments, merges } = index.manifest;
  const left = merges.find(({ expiresAtMs }) => expiresAtMs <= nowMs);
  if (!left) return undefined;
  const chosen = segments
    .filter(({ id }) => left.sources.includes(id))
    .map((segment, i) => ({ ...segment, deletions: left.deletions[i] ?? segment.deletions }));
  return { index, chosen, result: left.result, isTakenOver: true };
}

function chooseNew(deps: MergeDeps, writer: IndexWriter, index: IndexReader): Claim | undefined {
  const chosen = (deps.rules?.nextMerge ?? nextMerge)(index.manifest);
  return chosen && { index, chosen, result: writer.newSegmentId(), isTakenOver: false };
}

/** Lets go of a merge that cannot be finished: what was written of it goes, and another one may begin. */
async function giveUp(
  deps: MergeDeps,
  tenant: TenantId,
  writer: IndexWriter,
  result: SegmentId,
  part: IndexPart,
): Promise<{ merged: number }> {
  await announceDrops(deps.mergeQueue, tenant, [result]);
  await writer.commit(({ manifest: { merges } }) =>
    Promise.resolve({ merges: merges.filter((merge) => merge.result !== result) }),
  );
  if (part === 'searched') await deps.mergeQueue.send([{ tenant, task: 'merge' }]);
  return { merged: 0 };
}

interface Rewritten {
  /** Absent when every document was deleted. */
  readonly entry: SegmentEntry | undefined;
  readonly maps: readonly DocIdMap[];
}

/** Writes the result, or what is missing of it; undefined where what is there is not the same. */
async function rewrite(
  deps: MergeDeps,
  tenant: TenantId,
  writer: IndexWriter,
  { index, chosen, result: id, isTakenOver }: Claim,
): Promise<Rewritten | undefined> {
  const deletions = await index.deletions(chosen);
  const sources = await Promise.all(
    chosen.map(async (segment) => ({
      contents: new SegmentContents(segment, await deps.segments.readAll(tenant, segment.id)),
      docs: segment.docs,
      deletions: deletions.get(segment) ?? Deletions.none(segment.docs),
    })),
  );
  const { documents, maps } = mergeDocuments(sources, deps.rules?.clusterDepth);
  if (documents.count === 0) return { entry: undefined, maps };
  const writing = writeSegment(id, documents, mergeLists(sources, maps, documents));
  if (!isTakenOver) return { entry: await writer.storeSegment(id, writing), maps };
  const resumed = new ResumedWriting(writing, await deps.segments.readAll(tenant, id));
  const entry = await writer.storeSegment(id, resumed.missing());
  return resumed.isComplete ? { entry, maps } : undefined;
}

/** The manifest after the merge, or undefined when its claim is gone. */
async function replaceRun(
  writer: IndexWriter,
  index: IndexReader,
  { chosen, result }: Claim,
  { entry, maps }: Rewritten,
): Promise<ManifestChange | undefined> {
  const { segments, merges } = index.manifest;
  if (!merges.some((merge) => merge.result === result)) return undefined;
  const start = segments.findIndex(({ id }) => id === chosen[0]!.id);
  const run = segments.slice(start, start + chosen.length);
  const merged = entry && (await carryDeletions(writer, index, run, chosen, entry, maps));
  return {
    segments: [
      ...segments.slice(0, start),
      ...(merged ? [merged] : []),
      ...segments.slice(start + run.length),
    ],
    merges: merges.filter((merge) => merge.result !== result),
  };
}

/** Deletes in the result what was deleted in its sources since the merge read them. */
async function carryDeletions(
  writer: IndexWriter,
  index: IndexReader,
  run: readonly SegmentEntry[],
  chosen: readonly SegmentEntry[],
  entry: SegmentEntry,
  maps: readonly DocIdMap[],
): Promise<SegmentEntry> {
  const touched = run.filter((segment, i) => segment.deletions !== chosen[i]!.deletions);
  const deletions = await index.deletions(touched);
  const docIds = touched.flatMap((segment) => {
    const map = maps[run.indexOf(segment)]!;
    return [...deletions.get(segment)!.docIds()].map((docId) => map[docId]!).filter((docId) => docId >= 0);
  });
  if (docIds.length === 0) return entry;
  // Rather too old than too young: some of these may be left out already.
  const oldestMs = Math.min(...touched.map((segment) => oldestDeletionMs(segment.deletions)));
  return writer.writeDeletions(entry, Deletions.none(entry.docs).with(docIds), oldestMs);
}
