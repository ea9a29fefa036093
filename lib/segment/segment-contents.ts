import type { SegmentId } from '../domain/ids.ts';
import { corrupt } from './byte-reader.ts';
import { decodeDirectory, type DirectoryEntry } from './directory.ts';
import { decodeDocuments, DOCUMENTS_PER_PAGE, pageOf, type DocumentEntry } from './documents.ts';
import { decodeBlocks, type Postings } from './postings.ts';
import { unseal } from './sealed-item.ts';
import { chunkKey, DIRECTORY_START, documentsKey } from './sort-keys.ts';

/** A whole segment in memory, as bytes; lists are decoded as they are walked. */
export class SegmentContents {
  readonly #id: SegmentId;
  readonly #items: ReadonlyMap<string, Uint8Array>;

  /** @param items every item of the segment by sort key, in the store's order of keys */
  constructor(id: SegmentId, items: ReadonlyMap<string, Uint8Array>) {
    this.#id = id;
    this.#items = items;
  }

  /** Every document in order of docId. @throws GlossError `corrupt` when one is missing. */
  documents(docs: number): DocumentEntry[] {
    const all: DocumentEntry[] = [];
    while (all.length < docs) {
      const sk = documentsKey(pageOf(all.length));
      const page = decodeDocuments(this.#item(sk), { segmentId: this.#id, sk });
      const expected = Math.min(DOCUMENTS_PER_PAGE, docs - all.length);
      if (page.length !== expected) {
        throw corrupt({ segmentId: this.#id, sk }, 0, `${page.length} documents where ${expected} belong`);
      }
      all.push(...page);
    }
    return all;
  }

  /** Every term with its postings, sorted by compareUtf8. @throws GlossError `corrupt`. */
  *lists(): Generator<[term: string, postings: Postings]> {
    for (const [sk, body] of this.#items) {
      if (!sk.startsWith(DIRECTORY_START)) continue;
      const { entries } = decodeDirectory(body, { segmentId: this.#id, sk });
      for (const entry of entries.values()) yield [entry.term, this.#postings(sk, entry)];
    }
  }

  #postings(directorySk: string, { term, docFreq, blocks }: DirectoryEntry): Postings {
    if ('inline' in blocks) {
      return decodeBlocks(
        [{ bytes: blocks.inline, item: { segmentId: this.#id, sk: directorySk } }],
        docFreq,
      );
    }
    const runs = Array.from({ length: blocks.chunks }, (_, i) => {
      const item = { segmentId: this.#id, sk: chunkKey(term, i) };
      return { bytes: unseal('chunk', this.#item(item.sk), item), item };
    });
    return decodeBlocks(runs, docFreq);
  }

  #item(sk: string): Uint8Array {
    const body = this.#items.get(sk);
    if (!body) throw corrupt({ segmentId: this.#id, sk }, 0, 'the item is missing');
    return body;
  }
}
