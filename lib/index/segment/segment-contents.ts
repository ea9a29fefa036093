import { checkRange, openChunk } from './open-chunk.ts';
import { GlossError } from '../../domain/errors.ts';
import { corrupt, type ItemName } from '../bytes/byte-reader.ts';
import { Chunk } from '../postings/chunk.ts';
import { decodeDirectory } from './directory.ts';
import type { ChunkedList, Directory, DirectoryEntry } from './directory-entry.ts';
import { DocumentTable, type DocumentEntry } from './document-table.ts';
import { decodeDocuments, documentsPerPage } from './document-pages.ts';
import type { SegmentEntry } from './manifest.ts';
import { emptyPostings, type Postings } from '../postings/postings.ts';
import { openFrame } from '../bytes/item-frame.ts';
import { chunkKey, DIRECTORY_START, documentsKey, SINGLE_ITEM_KEY } from './sort-keys.ts';
import { decodeBlocksV1 } from '../v1/blocks.ts';
import { decodeSingleItemSegment } from './single-item-segment.ts';

/** All items of a segment in memory, as bytes. Lists are decoded one by one. */
export class SegmentContents {
  readonly #segment: SegmentEntry;
  readonly #items: ReadonlyMap<string, Uint8Array>;

  /** @param items every item of the segment by sort key, in the store's order of keys */
  constructor(segment: SegmentEntry, items: ReadonlyMap<string, Uint8Array>) {
    this.#segment = segment;
    this.#items = items;
  }

  /** Every document by docId. @throws GlossError `corrupt` when one is missing. */
  documents(): DocumentTable {
    const { docs, format, isSingleItem } = this.#segment;
    // The items that exist limit what a corrupt manifest makes us allocate.
    if (!isSingleItem && docs > this.#items.size * documentsPerPage(format)) {
      throw corrupt(this.#name(documentsKey(0)), 0, `${docs} documents in ${this.#items.size} items`);
    }
    return DocumentTable.from(this.#pages(), this.#segment.docs);
  }

  *#pages(): Generator<DocumentEntry> {
    const { docs, format, isSingleItem } = this.#segment;
    const perPage = isSingleItem ? docs : documentsPerPage(format);
    for (let start = 0; start < docs; start += perPage) {
      const sk = isSingleItem ? SINGLE_ITEM_KEY : documentsKey(start / perPage);
      const name = this.#name(sk);
      const page = isSingleItem
        ? decodeSingleItemSegment(this.#item(sk), name).documents
        : decodeDocuments(this.#item(sk), name);
      const expected = Math.min(perPage, docs - start);
      if (page.length !== expected)
        throw corrupt(name, 0, `${page.length} documents where ${expected} belong`);
      yield* page;
    }
  }

  /** Every term with its postings, sorted by compareUtf8. @throws GlossError `corrupt`. */
  *lists(): Generator<[term: string, postings: Postings]> {
    for (const directory of this.#directories()) {
      for (const term of directory.terms) {
        const postings = this.#postings(directory.item.sk, term, directory.entry(term)!);
        checkRange(postings.docIds.at(-1)!, this.#segment, directory.item);
        yield [term, postings];
      }
    }
  }

  *#directories(): Generator<Directory> {
    if (this.#segment.isSingleItem) {
      yield decodeSingleItemSegment(this.#item(SINGLE_ITEM_KEY), this.#name(SINGLE_ITEM_KEY)).directory;
      return;
    }
    for (const [sk, body] of this.#items) {
      if (sk.startsWith(DIRECTORY_START)) yield decodeDirectory(body, this.#name(sk));
    }
  }

  #postings(directorySk: string, term: string, entry: DirectoryEntry): Postings {
    if ('postings' in entry) return entry.postings;
    if ('opaqueChunks' in entry) {
      const runs = Array.from({ length: entry.opaqueChunks }, (_, i) => {
        const item = this.#name(chunkKey(term, i));
        return { bytes: openFrame('chunk', this.#item(item.sk), item).payload, item };
      });
      return decodeBlocksV1(runs, entry.docFreq);
    }
    const { firstDocIds } = entry.chunks;
    const chunks = Array.from(firstDocIds, (firstDocId, i) => {
      const sk = chunkKey(term, i);
      return openChunk(this.#item(sk), this.#name(sk), firstDocId);
    });
    return joinChunks(chunks, entry, this.#name(directorySk));
  }

  #name(sk: string) {
    return { segmentId: this.#segment.id, sk };
  }

  #item(sk: string): Uint8Array {
    const body = this.#items.get(sk);
    if (body) return body;
    const message = `segment ${this.#segment.id}: item ${sk} is missing`;
    throw new GlossError('corrupt', 'segment_item_missing', message);
  }
}

/**
 * The postings of all chunks of a list. @param directory names the item of its entry. @throws GlossError
 * `corrupt`.
 */
export function joinChunks(
  chunks: readonly Chunk[],
  { docFreq, chunks: { firstDocIds, lastDocId } }: ChunkedList,
  directory: ItemName,
): Postings {
  const count = chunks.reduce((sum, chunk) => sum + chunk.count, 0);
  if (count !== docFreq) throw corrupt(directory, 0, `${count} postings where ${docFreq} belong`);
  const out = emptyPostings(docFreq);
  let at = 0;
  for (const [i, chunk] of chunks.entries()) {
    at = chunk.readAll(out, at, firstDocIds[i + 1] ?? lastDocId + 1);
  }
  return out;
}
