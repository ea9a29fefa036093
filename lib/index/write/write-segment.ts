import { GlossError } from '../../domain/errors.ts';
import type { SegmentId } from '../../domain/ids.ts';
import { associationBuckets, writeAssociations } from '../segment/associations.ts';
import { chooseTopPostings, TOP_POSTINGS } from '../postings/top-postings.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { encodeBlocks, encodeChunk, splitIntoChunks, type EncodedBlock } from '../postings/chunk.ts';
import { CooccurrenceCounter } from './cooccurrence.ts';
import { DirectoryPacking, ITEM_BYTES } from './directory-packing.ts';
import { encodeDirectoryPayload, encodePlaces, type WrittenEntry } from '../segment/directory.ts';
import type { DocumentTable } from '../segment/document-table.ts';
import { DOCUMENTS_PER_PAGE, encodeDocuments, encodeDocumentsPayload } from '../segment/document-pages.ts';
import { bucketCount, bucketOf, encodeIds } from '../segment/image-map.ts';
import type { SegmentEntry } from '../segment/manifest.ts';
import { hasPlaces, writePlaces } from '../postings/places.ts';
import type { Postings } from '../postings/postings.ts';
import { FORMAT_VERSION, FRAME_BYTES, frameItem } from '../bytes/item-frame.ts';
import { SHORT_LIST } from '../postings/short-list.ts';
import { chunkKey, documentsKey, imageMapKey, placesKey, SINGLE_ITEM_KEY } from '../segment/sort-keys.ts';
import { compareTerms } from '../segment/term-spelling.ts';
import type { SegmentItem } from '../segment/sort-keys.ts';
import { encodeSingleItemSegment } from '../segment/single-item-segment.ts';

/** Longer lists are chunked, so that reads of neighbouring terms do not pay for them. */
const INLINE_BYTES = 1_024;
/** Of the places of an inline list at most: with its postings they fit into one item. */
const INLINE_PLACES_BYTES = 2_560;

/**
 * Yields the items of a new segment and returns its entry for the manifest. A segment that fits into one item
 * becomes a single-item segment.
 * @param documents at least one
 * @param lists every term with its postings, sorted by compareTerms
 * @throws GlossError `internal` if the terms do not ascend, since no reader would find them.
 */
export function* writeSegment(
  id: SegmentId,
  documents: DocumentTable,
  lists: Iterable<readonly [term: string, postings: Postings]>,
): Generator<SegmentItem, SegmentEntry> {
  const { totalLen } = documents;
  let bytes = 0;
  let items = 0;
  for (const item of itemsOf(documents, totalLen, lists)) {
    bytes += item.body.length;
    items += 1;
    yield item;
  }
  const isSingleItem = items === 1;
  return {
    id,
    format: FORMAT_VERSION,
    docs: documents.count,
    totalLen,
    bytes,
    isSingleItem,
    deleted: 0,
    deletions: '',
  };
}

function* itemsOf(
  documents: DocumentTable,
  totalLen: number,
  lists: Iterable<readonly [string, Postings]>,
): Generator<SegmentItem> {
  const counter =
    associationBuckets(documents.count) > 0 ? new CooccurrenceCounter(documents.count) : undefined;
  const terms = termItems(documents, totalLen / documents.count, counter ? counter.watch(lists) : lists);
  for (const item of terms) {
    if ('sk' in item) {
      yield item;
      continue;
    }
    const singleItem = encodeSingleItemSegment(
      encodeDirectoryPayload(item.entries, undefined),
      encodeDocumentsPayload(documents.slice(0, DOCUMENTS_PER_PAGE)),
    );
    if (documents.count <= DOCUMENTS_PER_PAGE && singleItem.length <= ITEM_BYTES) {
      yield { sk: SINGLE_ITEM_KEY, body: singleItem };
      return;
    }
    yield item.item;
  }
  yield* documentItems(documents);
  yield* idItems(documents);
  if (counter) yield* writeAssociations(counter.finish(), documents.count, ITEM_BYTES);
}

/** The directory of a segment that needs no other directory or chunk item. */
interface OnlyDirectory {
  readonly item: SegmentItem;
  readonly entries: readonly WrittenEntry[];
}

function* termItems(
  documents: DocumentTable,
  avgDocLen: number,
  lists: Iterable<readonly [string, Postings]>,
): Generator<SegmentItem | OnlyDirectory> {
  const directories = new DirectoryPacking(documents.docLens.reduce((a, b) => Math.min(a, b), 0xffff_ffff));
  let previous = '';
  let alone = true;
  for (const [term, postings] of lists) {
    if (compareTerms(previous, term) >= 0) {
      throw new GlossError(
        'internal',
        'terms_unsorted',
        `"${term}" cannot follow "${previous}" in a segment`,
      );
    }
    previous = term;
    const { entry, chunks } = listOf(term, postings, documents, avgDocLen);
    for (const [i, { chunk, places }] of chunks.entries()) {
      alone = false;
      yield { sk: chunkKey(term, i), body: frameItem('chunk', chunk) };
      if (places) yield { sk: placesKey(term, i), body: frameItem('places', places) };
    }
    for (const item of directories.add(entry)) {
      alone = false;
      yield item;
    }
  }
  const last = [...directories.finish()];
  if (alone && last.length === 1) yield { item: last[0]!, entries: directories.rest };
  else yield* last;
}

/** A list in the form that its size asks for, and its chunks if it is chunked. */
function listOf(
  term: string,
  postings: Postings,
  documents: DocumentTable,
  avgDocLen: number,
): { entry: WrittenEntry; chunks: { chunk: Uint8Array; places: Uint8Array | undefined }[] } {
  const docFreq = postings.docIds.length;
  if (docFreq <= SHORT_LIST) return { entry: { term, short: postings }, chunks: [] };
  const most = ITEM_BYTES - FRAME_BYTES - 2 * Buffer.byteLength(chunkKey(term, 0));
  const runs = splitIntoChunks(encodeBlocks(postings), most);
  const chunks = runs.map(encodeChunk);
  if (chunks.length === 1 && chunks[0]!.length <= INLINE_BYTES) {
    const places = encodePlaces(term, postings);
    if (places.length <= INLINE_PLACES_BYTES || docFreq <= TOP_POSTINGS)
      return { entry: { term, docFreq, chunk: chunks[0]!, places }, chunks: [] };
  }
  const table = {
    firstDocIds: Uint32Array.from(runs, (run) => run[0]!.postings.docIds[0]!),
    maxPlacedFreqs: Uint32Array.from(runs, (run) => Math.max(...run.map(({ bound }) => bound.maxPlacedFreq))),
    minDocLens: Uint32Array.from(runs, (run) => Math.min(...run.map(({ bound }) => bound.minDocLen))),
    lastDocId: postings.docIds.at(-1)!,
  };
  const topPostings = chooseTopPostings(postings, avgDocLen, (docId) => documents.at(docId));
  return {
    entry: { term, docFreq, chunks: table, topPostings },
    chunks: chunks.map((chunk, i) => ({ chunk, places: placesOfRun(term, runs[i]!) })),
  };
}

/** The places of a chunk; nothing where the term is no word. */
function placesOfRun(term: string, blocks: readonly EncodedBlock[]): Uint8Array | undefined {
  if (!hasPlaces(term, FORMAT_VERSION)) return undefined;
  const out = new ByteWriter();
  const isKnown = blocks.some(
    ({ postings: { docIds, places } }) => places && places.starts[docIds.length]! > places.starts[0]!,
  );
  for (const { postings } of isKnown ? blocks : []) writePlaces(out, postings.placedFreqs, postings.places);
  return out.toBytes();
}

function* documentItems(documents: DocumentTable): Generator<SegmentItem> {
  for (let start = 0; start < documents.count; start += DOCUMENTS_PER_PAGE) {
    const page = documents.slice(start, start + DOCUMENTS_PER_PAGE);
    yield { sk: documentsKey(start / DOCUMENTS_PER_PAGE), body: encodeDocuments(page) };
  }
}

/** Every bucket has an item, even if empty: a missing item has only not arrived yet. */
function* idItems(documents: DocumentTable): Generator<SegmentItem> {
  const buckets = bucketCount(documents.count, FORMAT_VERSION);
  const byPrefix = Uint32Array.from({ length: documents.count }, (_, docId) => docId).sort(
    (a, b) => documents.idPrefixAt(a) - documents.idPrefixAt(b) || a - b,
  );
  let start = 0;
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    let end = start;
    while (end < byPrefix.length && bucketOf(documents.idPrefixAt(byPrefix[end]!), buckets) === bucket)
      end += 1;
    const docIds = byPrefix.slice(start, end);
    const idPrefixes = docIds.map((docId) => documents.idPrefixAt(docId));
    yield { sk: imageMapKey(bucket), body: encodeIds({ idPrefixes, docIds }) };
    start = end;
  }
}
