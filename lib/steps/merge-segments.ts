import type { SegmentId, TenantId } from '../domain/ids.ts';
import type { MergeMessage, MessageQueue } from '../ports/message-queue.ts';
import { Deletions } from '../segment/deletions.ts';
import { nextMerge } from '../segment/merge-policy.ts';
import type { Manifest, SegmentEntry } from '../segment/manifest.ts';
import { mergeDocuments, mergeLists, type DocIdMap } from '../segment/merge.ts';
import { SegmentContents } from '../segment/segment-contents.ts';
import { writeSegment } from '../segment/write-segment.ts';
import { commitIndex, newSegmentId, storeSegment, writeDeletions, type IndexDeps } from './commit-index.ts';
import { readDeletions } from './find-documents.ts';

export interface MergeDeps extends IndexDeps {
  readonly mergeQueue: MessageQueue<MergeMessage>;
}

/** By this time the commit is decided, and every search that began with the manifest before it is over. */
export const DROP_DELAY_SEC = 300;

/**
 * Merges the segments that the policy names, if any, into one. Documents deleted before the merge leave for good;
 * those deleted while it runs are deleted in its result. Merged segments are dropped after a delay. A merge that
 * dies before its commit leaves items that no manifest names, and nothing else.
 * @returns how many segments became one; 0 when there was nothing to do or another merge came first
 */
export async function mergeSegments(deps: MergeDeps, tenant: TenantId): Promise<{ merged: number }> {
  const chosen = nextMerge((await deps.manifests.read(tenant)).segments);
  if (!chosen) return { merged: 0 };
  const result = await rewrite(deps, tenant, chosen);
  // Before the commit, so that a merge that dies right after it leaves nothing: when the time comes, those of them
  // that the manifest does not name are dropped, be it the sources or the result.
  const segmentIds = [...chosen, ...(result.entry ? [result.entry] : [])].map(({ id }) => id);
  await deps.mergeQueue.send([{ tenant, task: 'drop', segmentIds }], { delaySec: DROP_DELAY_SEC });
  const manifest = await commitIndex(deps, tenant, (current) =>
    replaceRun(deps, tenant, current, chosen, result),
  );
  if (manifest && nextMerge(manifest.segments)) await deps.mergeQueue.send([{ tenant, task: 'merge' }]);
  return { merged: manifest ? chosen.length : 0 };
}

/** Drops segments that a merge replaced, unless the manifest names them after all. */
export async function dropSegments(
  deps: MergeDeps,
  tenant: TenantId,
  segmentIds: readonly SegmentId[],
): Promise<void> {
  const live = new Set((await deps.manifests.read(tenant)).segments.map(({ id }) => id));
  for (const id of segmentIds) if (!live.has(id)) await deps.segments.drop(tenant, id);
}

interface Rewritten {
  /** Absent when every document was deleted. */
  readonly entry: SegmentEntry | undefined;
  readonly maps: readonly DocIdMap[];
}

async function rewrite(
  deps: MergeDeps,
  tenant: TenantId,
  chosen: readonly SegmentEntry[],
): Promise<Rewritten> {
  const deletions = await readDeletions(deps.segments, tenant, chosen);
  const sources = await Promise.all(
    chosen.map(async (segment) => ({
      contents: new SegmentContents(segment.id, await deps.segments.readAll(tenant, segment.id)),
      docs: segment.docs,
      deletions: deletions.get(segment) ?? Deletions.none(segment.docs),
    })),
  );
  const { documents, maps } = mergeDocuments(sources);
  if (documents.length === 0) return { entry: undefined, maps };
  const id = newSegmentId(deps);
  const entry = await storeSegment(deps, tenant, id, writeSegment(id, documents, mergeLists(sources, maps)));
  return { entry, maps };
}

/** The segments after the merge, or undefined when another merge has taken one of the chosen ones. */
async function replaceRun(
  deps: MergeDeps,
  tenant: TenantId,
  { segments }: Manifest,
  chosen: readonly SegmentEntry[],
  { entry, maps }: Rewritten,
): Promise<SegmentEntry[] | undefined> {
  const start = segments.findIndex(({ id }) => id === chosen[0]!.id);
  const run = segments.slice(start, start + chosen.length);
  if (start < 0 || run.length < chosen.length || run.some(({ id }, i) => id !== chosen[i]!.id))
    return undefined;
  const merged = entry && (await carryDeletions(deps, tenant, run, chosen, entry, maps));
  return [...segments.slice(0, start), ...(merged ? [merged] : []), ...segments.slice(start + run.length)];
}

/** Deletes in the result what was deleted in its sources since the merge read them. */
async function carryDeletions(
  deps: MergeDeps,
  tenant: TenantId,
  run: readonly SegmentEntry[],
  chosen: readonly SegmentEntry[],
  entry: SegmentEntry,
  maps: readonly DocIdMap[],
): Promise<SegmentEntry> {
  const touched = run.filter((segment, i) => segment.deletions !== chosen[i]!.deletions);
  const deletions = await readDeletions(deps.segments, tenant, touched);
  const docIds = touched.flatMap((segment) => {
    const map = maps[run.indexOf(segment)]!;
    return [...deletions.get(segment)!.docIds()].map((docId) => map[docId]!).filter((docId) => docId >= 0);
  });
  return docIds.length === 0
    ? entry
    : writeDeletions(deps, tenant, entry, Deletions.none(entry.docs).with(docIds));
}
