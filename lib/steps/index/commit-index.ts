import { GlossError } from '../../domain/errors.ts';
import { segmentIdOf, type SegmentId, type TenantId } from '../../domain/ids.ts';
import type { Manifests } from '../../ports/manifests.ts';
import type { Clock, RandomHex } from '../../ports/runtime.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';
import { Deletions } from '../../index/segment/deletions.ts';
import { deletionsName, oldestDeletionMs } from '../../index/segment/deletions-name.ts';
import type { Manifest, SegmentEntry } from '../../index/segment/manifest.ts';
import { deletionsKey } from '../../index/segment/sort-keys.ts';
import type { SegmentItem } from '../../index/write/write-segment.ts';
import type { FoundDocument } from './find-documents.ts';
import { readDeletions } from './read-deletions.ts';

/** What every step that changes the index needs. */
export interface IndexDeps {
  readonly manifests: Manifests;
  readonly segments: SegmentStore;
  readonly clock: Clock;
  readonly randomHex: RandomHex;
}

const MAX_ATTEMPTS = 12;

/** What a commit replaces of the manifest; the rest stays. */
export type ManifestChange = Partial<Pick<Manifest, 'segments' | 'merges' | 'language'>>;

/**
 * Changes a tenant's index by optimistic concurrency: `plan` reads whatever it needs after the manifest and
 * answers what is to change, or undefined for nothing. If another writer commits in between, nothing of the
 * plan counts and it runs again on the new manifest, so that it never acts on a state that is gone.
 * @returns the committed manifest, or undefined when the plan wanted no change
 * @throws GlossError `conflict` when other writers were faster a dozen times.
 */
export async function commitIndex(
  deps: IndexDeps,
  tenant: TenantId,
  plan: (manifest: Manifest) => Promise<ManifestChange | undefined>,
): Promise<Manifest | undefined> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    if (attempt > 0) await pause(deps, attempt);
    const manifest = await deps.manifests.read(tenant);
    const change = await plan(manifest);
    if (!change) return undefined;
    const next = { ...manifest, ...change, version: manifest.version + 1 };
    if (await deps.manifests.commit(tenant, next)) return next;
  }
  throw new GlossError(
    'conflict',
    'index_busy',
    `the index of ${tenant} changed ${MAX_ATTEMPTS} times while committing`,
  );
}

/** Full jitter: writers that met once should not meet again. */
async function pause({ randomHex }: IndexDeps, attempt: number): Promise<void> {
  const share = Number.parseInt(randomHex(4), 16) / 0xffff;
  await new Promise((resolve) => setTimeout(resolve, share * Math.min(2_000, 25 * 2 ** attempt)));
}

export function newSegmentId({ clock, randomHex }: IndexDeps): SegmentId {
  return segmentIdOf(clock.nowMs(), randomHex(8));
}

/** Writes the items of a new segment as they are made; answers its entry, which no manifest names yet. */
export async function storeSegment(
  { segments }: IndexDeps,
  tenant: TenantId,
  id: SegmentId,
  writing: Generator<SegmentItem, SegmentEntry>,
): Promise<SegmentEntry> {
  const written: SegmentEntry[] = [];
  await segments.write(
    tenant,
    id,
    (function* () {
      written.push(yield* writing);
    })(),
  );
  return written[0]!;
}

/** The segments with these documents deleted as well; writes one item for each segment that it touches. */
export async function withDeleted(
  deps: IndexDeps,
  tenant: TenantId,
  segments: readonly SegmentEntry[],
  documents: Iterable<FoundDocument>,
): Promise<SegmentEntry[]> {
  const docIdsOf = new Map<SegmentEntry, number[]>();
  for (const { segment, docId } of documents)
    docIdsOf.set(segment, [...(docIdsOf.get(segment) ?? []), docId]);
  const before = await readDeletions(deps.segments, tenant, [...docIdsOf.keys()]);
  return Promise.all(
    segments.map(async (segment) => {
      const docIds = docIdsOf.get(segment);
      if (!docIds) return segment;
      const after = (before.get(segment) ?? Deletions.none(segment.docs)).with(docIds);
      return writeDeletions(deps, tenant, segment, after);
    }),
  );
}

/**
 * The segment with these deletions, written to an item of their own.
 * @param oldestMs when the oldest was made; as the segment says where it has deletions, now where it has none
 */
export async function writeDeletions(
  deps: IndexDeps,
  tenant: TenantId,
  segment: SegmentEntry,
  deletions: Deletions,
  oldestMs = segment.deletions === '' ? deps.clock.nowMs() : oldestDeletionMs(segment.deletions),
): Promise<SegmentEntry> {
  const name = deletionsName(oldestMs, deps.randomHex(16));
  await deps.segments.write(tenant, segment.id, [{ sk: deletionsKey(name), body: deletions.encode() }]);
  return { ...segment, deleted: deletions.count, deletions: name };
}
