import { GlossError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';
import type { ChunkRequest, SegmentIndex } from '../../query/evaluate/segment-index.ts';
import { PostingsList } from '../../query/evaluate/postings-list.ts';
import type { Chunk } from '../../index/postings/chunk.ts';
import { answersFor, openDirectory } from '../../index/segment/directory.ts';
import type { Directory, DirectoryEntry, OpaqueList } from '../../index/segment/directory-entry.ts';
import type { Manifest, SegmentEntry } from '../../index/segment/manifest.ts';
import { decodeOnce } from '../../index/bytes/decode-once.ts';
import { checkRange, openChunk } from '../../index/segment/segment-contents.ts';
import { openFrame } from '../../index/bytes/item-frame.ts';
import { chunkKey } from '../../index/segment/sort-keys.ts';
import { decodeBlocksV1 } from '../../index/v1/blocks.ts';
import { readDeletions } from './read-deletions.ts';
import { readSingleItemSegment } from './read-single-item-segment.ts';

/**
 * What the directories of a snapshot say of these terms, in one round of reads: a small segment is read whole, of the
 * others the directory item of each term. Lists of format version 1 take a second round and are here from the start.
 */
export async function openSnapshot(
  store: SegmentStore,
  tenant: TenantId,
  { segments }: Manifest,
  terms: readonly string[],
): Promise<SegmentIndex[]> {
  const [deletions, lists] = await Promise.all([
    readDeletions(store, tenant, segments),
    Promise.all(segments.map((segment) => findLists(store, tenant, segment, terms))),
  ]);
  return segments.map((segment, i) => ({
    docs: segment.docs,
    deletions: deletions.get(segment),
    lists: lists[i]!,
  }));
}

const chunks = new WeakMap<Uint8Array, Chunk>();

/** Reads chunks in one round and adds them to their lists. */
export async function readChunks(
  store: SegmentStore,
  tenant: TenantId,
  { segments }: Manifest,
  snapshot: readonly SegmentIndex[],
  wanted: readonly ChunkRequest[],
): Promise<void> {
  const keys = wanted.map(({ segment, term, chunk }) => ({
    segmentId: segments[segment]!.id,
    sk: chunkKey(term, chunk),
  }));
  const bodies = await store.read(tenant, keys);
  for (const [i, { segment, term, chunk }] of wanted.entries()) {
    const list = snapshot[segment]!.lists.get(term)!;
    const body = bodies[i]!;
    const [firstDocId] = list.rangeOf(chunk);
    list.add(
      chunk,
      decodeOnce(chunks, body, () => openChunk(body, keys[i]!, firstDocId)),
    );
  }
}

async function findLists(
  store: SegmentStore,
  tenant: TenantId,
  segment: SegmentEntry,
  terms: readonly string[],
): Promise<Map<string, PostingsList>> {
  const whole = segment.isSingleItem
    ? (await readSingleItemSegment(store, tenant, segment)).directory
    : undefined;
  const lists = await Promise.all(
    terms.map(async (term): Promise<readonly [string, PostingsList][]> => {
      const directory = whole ?? (await findDirectory(store, tenant, segment, term));
      const entry = directory.entry(term);
      if (!entry) return [];
      const list = await openList(store, tenant, segment, term, entry);
      checkRange(list.lastDocId, segment, directory.item);
      return [[term, list]];
    }),
  );
  return new Map(lists.flat());
}

/** The directory that answers for a term: read cheaply, and again strongly if that came too early. */
async function findDirectory(
  store: SegmentStore,
  tenant: TenantId,
  { id: segmentId }: SegmentEntry,
  term: string,
): Promise<Directory> {
  for (const consistent of [false, true]) {
    const found = await store.findDirectory(tenant, segmentId, term, { consistent });
    if (!found) continue;
    const directory = openDirectory(found.body, { segmentId, sk: found.sk });
    if (answersFor(directory, term)) return directory;
  }
  throw new GlossError('corrupt', 'segment_item_missing', `segment ${segmentId}: no directory for "${term}"`);
}

async function openList(
  store: SegmentStore,
  tenant: TenantId,
  segment: SegmentEntry,
  term: string,
  entry: DirectoryEntry,
): Promise<PostingsList> {
  if ('postings' in entry) return PostingsList.complete(entry.postings);
  if ('chunks' in entry) return PostingsList.chunked(entry);
  return openV1(store, tenant, segment, term, entry);
}

async function openV1(
  store: SegmentStore,
  tenant: TenantId,
  segment: SegmentEntry,
  term: string,
  { docFreq, opaqueChunks }: OpaqueList,
): Promise<PostingsList> {
  const keys = Array.from({ length: opaqueChunks }, (_, i) => ({
    segmentId: segment.id,
    sk: chunkKey(term, i),
  }));
  const bodies = await store.read(tenant, keys);
  const runs = keys.map((item, i) => ({ bytes: openFrame('chunk', bodies[i]!, item).payload, item }));
  return PostingsList.complete(decodeBlocksV1(runs, docFreq));
}
