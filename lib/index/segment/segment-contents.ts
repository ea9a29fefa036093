import { checkAgainstEntry, openChunk } from './open-chunk.ts';
import { checkedDirectory, checkRange } from './checked-directory.ts';
import { GlossError } from '../../domain/errors.ts';
import { corrupt } from '../bytes/byte-reader.ts';
import { Chunk } from '../postings/chunk.ts';
import { decodeDirectory } from './directory.ts';
import type { ChunkedList, Directory, DirectoryEntry } from './directory-entry.ts';
import { DocumentTable, type DocumentEntry } from './document-table.ts';
import { decodeDocuments, documentsPerPage } from './document-pages.ts';
import type { SegmentEntry } from './manifest.ts';
import { hasPlaces, joinPlaces, type Places } from '../postings/places.ts';
import { emptyPostings, type Postings } from '../postings/postings.ts';
import { openFrame } from '../bytes/item-frame.ts';
import { openPlaces } from './open-places.ts';
import {
  chunkKey,
  DIRECTORY_START,
  directoryKey,
  documentsKey,
  placesKey,
  SINGLE_ITEM_KEY,
} from './sort-keys.ts';
import { decodeBlocksV1 } from '../v1/blocks.ts';
import { readSingleItemSegment } from './single-item-segment.ts';
import { compareTerms, isInWrittenOrder } from './term-spelling.ts';

export interface ListOptions {
  /** Whether the postings come with their places. */
  readonly withPlaces?: boolean;
}

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
    const { docs, totalLen, format, isSingleItem } = this.#segment;
    // The items that exist limit what a corrupt manifest makes us allocate.
    if (!isSingleItem && docs > this.#items.size * documentsPerPage(format)) {
      throw corrupt(this.#name(documentsKey(0)), 0, `${docs} documents in ${this.#items.size} items`);
    }
    const table = DocumentTable.from(this.#pages(), docs);
    if (table.totalLen !== totalLen)
      throw corrupt(
        this.#name(documentsKey(0)),
        0,
        `documents of ${table.totalLen} words where ${totalLen} belong`,
      );
    return table;
  }

  *#pages(): Generator<DocumentEntry> {
    const { docs, format, isSingleItem } = this.#segment;
    const perPage = isSingleItem ? docs : documentsPerPage(format);
    for (let start = 0; start < docs; start += perPage) {
      const sk = isSingleItem ? SINGLE_ITEM_KEY : documentsKey(start / perPage);
      const name = this.#name(sk);
      const page = isSingleItem
        ? readSingleItemSegment(this.#item(sk), name, this.#segment).documents
        : decodeDocuments(this.#item(sk), name, format);
      const expected = Math.min(perPage, docs - start);
      if (page.length !== expected)
        throw corrupt(name, 0, `${page.length} documents where ${expected} belong`);
      yield* page;
    }
  }

  /** Every term with its postings, sorted by compareTerms. @throws GlossError `corrupt`. */
  *lists({ withPlaces = false }: ListOptions = {}): Generator<[term: string, postings: Postings]> {
    for (const { term, directory } of this.terms()) {
      const { entry, postings } = this.list(term, directory);
      yield [term, withPlaces ? { ...postings, places: this.places(term, directory, entry) } : postings];
    }
  }

  /** Every term with the directory that has it, sorted by compareTerms. @throws GlossError `corrupt`. */
  *terms(): Generator<{ term: string; directory: Directory }> {
    if (isInWrittenOrder(this.#segment.format)) yield* this.#termsAsTheyCome();
    else yield* [...this.#termsAsTheyCome()].sort((a, b) => compareTerms(a.term, b.term));
  }

  *#termsAsTheyCome(): Generator<{ term: string; directory: Directory }> {
    for (const directory of this.#directories())
      for (const term of directory.terms) yield { term, directory };
  }

  /** The list of a term, whole, and what its directory says of it. @throws GlossError `corrupt`. */
  list(term: string, directory: Directory): { entry: DirectoryEntry; postings: Postings } {
    const entry = directory.entry(term)!;
    const postings = this.#postings(term, entry);
    checkRange(postings.docIds.at(-1)!, this.#segment.docs, directory.item);
    return { entry, postings };
  }

  /** The places of a list; undefined where all its postings may stand anywhere. @throws GlossError `corrupt`. */
  places(term: string, directory: Directory, entry: DirectoryEntry): Places | undefined {
    if (!('chunks' in entry)) return directory.places(term);
    if (!hasPlaces(term, this.#segment.format)) return undefined;
    return joinPlaces(
      this.#chunksOf(term, entry).map((chunk, i) => {
        const { docIds, placedFreqs } = chunk.postings();
        const item = this.#name(placesKey(term, i));
        return { docIds, places: openPlaces(this.#item(item.sk), item, placedFreqs, this.#segment.format) };
      }),
    );
  }

  *#directories(): Generator<Directory> {
    if (this.#segment.isSingleItem) {
      const name = this.#name(SINGLE_ITEM_KEY);
      const { directory } = readSingleItemSegment(this.#item(SINGLE_ITEM_KEY), name, this.#segment);
      yield checkedDirectory(directory, this.#segment);
      return;
    }
    // Each item names the next one, so that none is missed: a merge would lose its terms.
    let next: string | undefined = DIRECTORY_START;
    for (const [sk, body] of this.#items) {
      if (!sk.startsWith(DIRECTORY_START)) continue;
      if (sk !== next) throw corrupt(this.#name(sk), 2, `a directory where ${next ?? 'none'} belongs`);
      const directory = checkedDirectory(decodeDirectory(body, this.#name(sk)), this.#segment);
      next = directory.upTo === undefined ? undefined : directoryKey(directory.upTo);
      yield directory;
    }
    if (next !== undefined) this.#item(next);
  }

  #postings(term: string, entry: DirectoryEntry): Postings {
    if ('postings' in entry) return entry.postings;
    if ('opaqueChunks' in entry) {
      const runs = Array.from({ length: entry.opaqueChunks }, (_, i) => {
        const item = this.#name(chunkKey(term, i));
        const { payload, offset } = openFrame('chunk', this.#item(item.sk), item, 1);
        return { bytes: payload, item, offset };
      });
      return decodeBlocksV1(runs, entry.docFreq);
    }
    return joinChunks(this.#chunksOf(term, entry), entry);
  }

  #chunksOf(term: string, entry: ChunkedList): Chunk[] {
    return Array.from(entry.chunks.firstDocIds, (_, i) => {
      const sk = chunkKey(term, i);
      return openChunk(this.#item(sk), this.#name(sk), entry, i, this.#segment.format);
    });
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

/** The postings of all chunks of a list. @throws GlossError `corrupt`. */
export function joinChunks(chunks: readonly Chunk[], entry: ChunkedList): Postings {
  const { firstDocIds, lastDocId } = entry.chunks;
  const out = emptyPostings(chunks.reduce((sum, chunk) => sum + chunk.count, 0));
  let at = 0;
  for (const [i, chunk] of chunks.entries()) {
    at = chunk.readAll(out, at, firstDocIds[i + 1] ?? lastDocId + 1);
  }
  checkAgainstEntry(entry, chunks, out);
  return out;
}
