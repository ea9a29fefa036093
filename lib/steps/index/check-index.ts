import type { SegmentId, TenantId } from '../../domain/ids.ts';
import type { DocumentTable } from '../../index/segment/document-table.ts';
import { SegmentContents } from '../../index/segment/segment-contents.ts';
import type { SegmentEntry } from '../../index/segment/manifest.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';
import { checkAssociations } from './check/check-associations.ts';
import { checkImages, type LiveImages } from './check/check-images.ts';
import { checkKeys } from './check/check-keys.ts';
import { checkLists } from './check/check-lists.ts';
import { asFinding, findingsOf, type Finding } from './check/finding.ts';
import type { IndexReaderDeps } from './index-reader.ts';

export interface CheckIndexDeps extends IndexReaderDeps {
  /** Ids of all segments of which the table has items, whether or not a manifest names them; not looked for if absent. */
  readonly storedSegments?: AsyncIterable<SegmentId> | Iterable<SegmentId>;
}

/**
 * Reads a tenant's whole index and says what lies: items that contradict themselves, each other or the manifest, and
 * segments that are there without being named. It finds what a search cannot see, because a search reads few items.
 * It changes nothing. Cost: every item of the tenant once, strongly consistent; the memory of the largest segment.
 * @returns what was found, segment by segment; nothing for an index that tells the truth
 */
export async function* checkIndex(deps: CheckIndexDeps, tenant: TenantId): AsyncGenerator<Finding> {
  const { manifests, segments: store } = deps;
  const named = new Set<SegmentId>();
  let segments: readonly SegmentEntry[] = [];
  try {
    const manifest = await manifests.read(tenant);
    segments = manifest.segments;
    for (const { result } of manifest.merges) named.add(result);
  } catch (error) {
    yield asFinding(error, { sk: 'manifest' });
    return;
  }
  const live: LiveImages = new Map();
  for (const segment of segments) {
    named.add(segment.id);
    yield* checkOne(store, tenant, segment, live);
  }
  for await (const segmentId of deps.storedSegments ?? []) {
    if (!named.has(segmentId))
      yield { segmentId, what: 'no manifest names this segment: it waits to be dropped, or was left' };
  }
}

async function* checkOne(
  store: SegmentStore,
  tenant: TenantId,
  segment: SegmentEntry,
  live: LiveImages,
): AsyncGenerator<Finding> {
  const items = await store.readAll(tenant, segment.id);
  if (items.size === 0) {
    yield { segmentId: segment.id, what: 'the manifest names it and it has no items' };
    return;
  }
  const contents = new SegmentContents(segment, items);
  let documents: DocumentTable | undefined;
  yield* findingsOf({ segmentId: segment.id }, function* () {
    documents = contents.documents();
  });
  const { docIds, keys } = yield* checkLists(segment, contents, documents);
  yield* checkAssociations(segment, items, docIds);
  if (documents) yield* checkImages(segment, items, documents, live);
  yield* checkKeys(segment, items, keys);
}
