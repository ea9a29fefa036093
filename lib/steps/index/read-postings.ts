import type { ChunkRequest, SegmentPostings } from '../../query/evaluate/segment-postings.ts';
import { PostingsList } from '../../query/evaluate/postings-list.ts';
import type { Chunk } from '../../index/postings/chunk.ts';
import type { Directory, DirectoryEntry, OpaqueList } from '../../index/segment/directory-entry.ts';
import type { SegmentEntry } from '../../index/segment/manifest.ts';
import { answersFor } from '../../index/segment/directory.ts';
import { decodeOnce } from '../../index/bytes/decode-once.ts';
import { checkRange } from '../../index/segment/checked-directory.ts';
import { openChunk } from '../../index/segment/open-chunk.ts';
import { openFrame } from '../../index/bytes/item-frame.ts';
import { compareTerms } from '../../index/segment/term-spelling.ts';
import { chunkKey } from '../../index/segment/sort-keys.ts';
import { decodeBlocksV1 } from '../../index/v1/blocks.ts';
import type { ItemKey } from '../../ports/segment-store.ts';
import type { SnapshotItems } from './snapshot-items.ts';

/**
 * What the directories of a snapshot say of these terms, in one round of reads: a small segment is read whole, of the
 * others the directory items that answer for the terms. Lists of format version 1 take a second round and are here from the start.
 */
export async function readPostings(
  items: SnapshotItems,
  terms: readonly string[],
  areNeighbours = false,
): Promise<SegmentPostings[]> {
  const find = areNeighbours ? findNeighbours : findLists;
  const [deletions, lists] = await Promise.all([
    items.deletions(items.segments),
    Promise.all(items.segments.map((segment) => find(items, segment, terms))),
  ]);
  return items.segments.map((segment, i) => ({
    docs: segment.docs,
    deletions: deletions.get(segment),
    lists: lists[i]!,
  }));
}

/** As many as one request of DynamoDB takes. */
const KEYS_AT_ONCE = 100;

const chunks = new WeakMap<Uint8Array, Chunk>();

/** Reads chunks in one round and adds them to their lists. */
export async function readChunks(
  items: SnapshotItems,
  postings: readonly SegmentPostings[],
  wanted: readonly ChunkRequest[],
): Promise<void> {
  const keys = wanted.map(({ segment, term, chunk }) => ({
    segmentId: items.segments[segment]!.id,
    sk: chunkKey(term, chunk),
  }));
  const bodies = await items.read(keys);
  for (const [i, { segment, term, chunk }] of wanted.entries()) {
    const list = postings[segment]!.lists.get(term)!;
    const body = bodies[i]!;
    list.add(
      chunk,
      decodeOnce(chunks, body, () =>
        openChunk(body, keys[i]!, list.entry!, chunk, items.segments[segment]!.format),
      ),
    );
  }
}

async function findLists(
  items: SnapshotItems,
  segment: SegmentEntry,
  terms: readonly string[],
): Promise<Map<string, PostingsList>> {
  const directoryOf = await items.directories(segment, terms);
  const lists = await Promise.all(terms.map((term) => listIn(items, segment, directoryOf(term), term)));
  return new Map(lists.flat());
}

/** One directory item after the other, each once. */
async function findNeighbours(
  items: SnapshotItems,
  segment: SegmentEntry,
  terms: readonly string[],
): Promise<Map<string, PostingsList>> {
  const lists = new Map<string, PostingsList>();
  let directory: Directory | undefined;
  for (const term of terms.toSorted((a, b) => compareTerms(a, b, segment.format))) {
    if (!directory || !answersFor(directory, term)) directory = await items.directory(segment, term);
    for (const [, list] of await listIn(items, segment, directory, term)) lists.set(term, list);
  }
  return lists;
}

/** Nothing where the segment does not have the term. */
async function listIn(
  items: SnapshotItems,
  segment: SegmentEntry,
  directory: Directory,
  term: string,
): Promise<(readonly [string, PostingsList])[]> {
  const entry = directory.entry(term);
  if (!entry) return [];
  const list = await openList(items, segment, term, entry, directory);
  checkRange(list.lastDocId, segment.docs, directory.item);
  return [[term, list]];
}

async function openList(
  items: SnapshotItems,
  segment: SegmentEntry,
  term: string,
  entry: DirectoryEntry,
  directory: Directory,
): Promise<PostingsList> {
  if ('postings' in entry) return PostingsList.complete(entry.postings, () => directory.places(term));
  if ('chunks' in entry) return PostingsList.chunked(entry);
  return openV1(items, segment, term, entry);
}

async function openV1(
  items: SnapshotItems,
  segment: SegmentEntry,
  term: string,
  { docFreq, opaqueChunks }: OpaqueList,
): Promise<PostingsList> {
  const runs: { bytes: Uint8Array; item: ItemKey; offset: number }[] = [];
  // The number of chunks is not to be trusted: the next ones are asked for when those before are there.
  for (let start = 0; start < opaqueChunks; start += KEYS_AT_ONCE) {
    const keys = Array.from({ length: Math.min(KEYS_AT_ONCE, opaqueChunks - start) }, (_, i) => ({
      segmentId: segment.id,
      sk: chunkKey(term, start + i),
    }));
    const bodies = await items.read(keys);
    for (const [i, item] of keys.entries()) {
      const { payload, offset } = openFrame('chunk', bodies[i]!, item, 1);
      runs.push({ bytes: payload, item, offset });
    }
  }
  return PostingsList.complete(decodeBlocksV1(runs, docFreq));
}
