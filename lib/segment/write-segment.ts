import type { ImageId, SegmentId } from '../domain/ids.ts';
import { GlossError } from '../domain/errors.ts';
import { encodeDirectory, entryBytes, type DirectoryEntry } from './directory.ts';
import { DOCUMENTS_PER_PAGE, encodeDocuments, pageOf, type DocumentEntry } from './documents.ts';
import { bucketCount, bucketOf, encodeIds } from './ids.ts';
import type { SegmentEntry } from './manifest.ts';
import { encodeBlocks, type Postings } from './postings.ts';
import { SEAL_BYTES, seal } from './sealed-item.ts';
import { chunkKey, directoryKey, documentsKey, idsKey } from './sort-keys.ts';
import { compareUtf8 } from './utf8-order.ts';

/** One item of a segment: its sort key and its sealed bytes. */
export interface SegmentItem {
  readonly sk: string;
  readonly body: Uint8Array;
}

/** A directory item with its keys stays within one read unit of eventually consistent reads (4 KB). */
const DIRECTORY_BYTES = 3_900;
/** Longer lists leave the directory, so that neighbours do not pay for reading them. */
const INLINE_BYTES = 1_024;
const CHUNK_BYTES = 16_000;

/**
 * The items of a new segment, and at the end the entry that the manifest will list.
 * @param documents in order of docId, at least one
 * @param lists every term with its postings, sorted by compareUtf8
 * @throws GlossError `internal` when the terms do not ascend, since no reader would find them.
 */
export function* writeSegment(
  id: SegmentId,
  documents: readonly DocumentEntry[],
  lists: Iterable<readonly [term: string, postings: Postings]>,
): Generator<SegmentItem, SegmentEntry> {
  let bytes = 0;
  for (const item of itemsOf(documents, lists)) {
    bytes += item.body.length;
    yield item;
  }
  const totalLen = documents.reduce((sum, { docLen }) => sum + docLen, 0);
  return { id, docs: documents.length, totalLen, bytes, deleted: 0, deletions: '' };
}

function* itemsOf(
  documents: readonly DocumentEntry[],
  lists: Iterable<readonly [string, Postings]>,
): Generator<SegmentItem> {
  yield* termItems(lists);
  yield* documentItems(documents);
  yield* idItems(documents);
}

function* termItems(lists: Iterable<readonly [string, Postings]>): Generator<SegmentItem> {
  let entries: DirectoryEntry[] = [];
  let size = 0;
  /** The first item begins before every term, so that each term has an item that answers for it. */
  let start = '';
  let previous = '';
  for (const [term, postings] of lists) {
    if (compareUtf8(previous, term) >= 0) {
      throw new GlossError(
        'internal',
        'terms_unsorted',
        `"${term}" cannot follow "${previous}" in a segment`,
      );
    }
    previous = term;
    const blocks = encodeBlocks(postings);
    const chunks = packBlocks(blocks);
    const short = chunks.length === 1 && chunks[0]!.length <= INLINE_BYTES;
    const entry: DirectoryEntry = {
      term,
      docFreq: postings.docIds.length,
      blocks: short ? { inline: chunks[0]! } : { chunks: chunks.length },
    };
    if (!short) {
      for (const [i, chunk] of chunks.entries()) yield { sk: chunkKey(term, i), body: seal('chunk', chunk) };
    }
    if (entries.length > 0 && size + entryBytes(entry) > DIRECTORY_BYTES) {
      yield { sk: directoryKey(start), body: encodeDirectory(entries, term) };
      start = term;
      entries = [];
    }
    if (entries.length === 0) size = SEAL_BYTES + 2 * Buffer.byteLength(directoryKey(term));
    entries.push(entry);
    size += entryBytes(entry);
  }
  yield { sk: directoryKey(start), body: encodeDirectory(entries, undefined) };
}

/** Whole blocks, in order, in runs of at most CHUNK_BYTES. */
function packBlocks(blocks: readonly Uint8Array[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let run: Uint8Array[] = [];
  let size = 0;
  for (const block of blocks) {
    if (size + block.length > CHUNK_BYTES && run.length > 0) {
      chunks.push(Buffer.concat(run));
      run = [];
      size = 0;
    }
    run.push(block);
    size += block.length;
  }
  chunks.push(Buffer.concat(run));
  return chunks;
}

function* documentItems(documents: readonly DocumentEntry[]): Generator<SegmentItem> {
  for (let start = 0; start < documents.length; start += DOCUMENTS_PER_PAGE) {
    const page = documents.slice(start, start + DOCUMENTS_PER_PAGE);
    yield { sk: documentsKey(pageOf(start)), body: encodeDocuments(page) };
  }
}

function* idItems(documents: readonly DocumentEntry[]): Generator<SegmentItem> {
  const buckets = Array.from({ length: bucketCount(documents.length) }, (): [ImageId, number][] => []);
  for (const [docId, { imageId }] of documents.entries()) {
    buckets[bucketOf(imageId, buckets.length)]!.push([imageId, docId]);
  }
  for (const [bucket, ids] of buckets.entries()) {
    if (ids.length > 0) yield { sk: idsKey(bucket), body: encodeIds(ids) };
  }
}
