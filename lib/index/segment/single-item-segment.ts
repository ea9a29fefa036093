import { ByteReader, corrupt, type ItemName } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { decodeDirectoryPayload } from './directory.ts';
import type { Directory, DirectoryEntry } from './directory-entry.ts';
import type { DocumentEntry } from './document-table.ts';
import { decodeDocumentsPayload, DOCUMENTS_PER_PAGE } from './document-pages.ts';
import type { SegmentEntry } from './manifest.ts';
import { frameItem, openFrame } from '../bytes/item-frame.ts';

/** A single-item segment: its only directory and its only page of documents. */
export interface SingleItemSegment {
  readonly directory: Directory;
  readonly documents: readonly DocumentEntry[];
}

export function encodeSingleItemSegment(directory: Uint8Array, documents: Uint8Array): Uint8Array {
  const out = new ByteWriter();
  out.varint(directory.length);
  out.raw(directory);
  out.raw(documents);
  return frameItem('singleItem', out.toBytes());
}

/** As decodeSingleItemSegment, held against what the manifest says of the segment. @throws GlossError `corrupt`. */
export function readSingleItemSegment(
  framed: Uint8Array,
  item: ItemName,
  { docs, totalLen, format }: Pick<SegmentEntry, 'docs' | 'totalLen' | 'format'>,
): SingleItemSegment {
  const { directory, documents } = decodeSingleItemSegment(framed, item, format);
  if (documents.length !== docs || docs > DOCUMENTS_PER_PAGE)
    throw corrupt(item, 2, `${documents.length} documents where ${docs} belong`);
  const words = documents.reduce((sum, { docLen }) => sum + docLen, 0);
  if (words !== totalLen) throw corrupt(item, 2, `documents of ${words} words where ${totalLen} belong`);
  if (directory.upTo !== undefined) throw corrupt(item, 2, `a directory that ends at "${directory.upTo}"`);
  const entry = (term: string) => checkList(directory.entry(term), term, documents, item);
  return { directory: { ...directory, entry }, documents };
}

/** @param format of its segment. @throws GlossError `corrupt`. */
export function decodeSingleItemSegment(
  framed: Uint8Array,
  item: ItemName,
  format: number,
): SingleItemSegment {
  const { payload, offset } = openFrame('singleItem', framed, item, format);
  const reader = new ByteReader(payload, item, 0, payload.length, offset);
  const length = reader.varint();
  const directoryAt = reader.offset;
  const directory = decodeDirectoryPayload(reader.raw(length), item, format, directoryAt);
  const documentsAt = reader.offset;
  return { directory, documents: decodeDocumentsPayload(reader.raw(reader.left), item, documentsAt) };
}

/** A list with what it must have of its documents: they are here, so that no other read is needed. */
function checkList(
  entry: DirectoryEntry | undefined,
  term: string,
  documents: readonly DocumentEntry[],
  item: ItemName,
): DirectoryEntry | undefined {
  if (!entry) return undefined;
  if (!('postings' in entry)) throw corrupt(item, 0, `the list of "${term}" lies in chunks`);
  const { docIds, docLens } = entry.postings;
  for (let i = 0; i < docIds.length; i += 1) {
    const document = documents[docIds[i]!];
    if (!document) throw corrupt(item, 0, `"${term}" in document ${docIds[i]!} of ${documents.length}`);
    if (document.docLen !== docLens[i])
      throw corrupt(
        item,
        0,
        `"${term}" in document ${docIds[i]!} of ${docLens[i]!} words, not ${document.docLen}`,
      );
  }
  return entry;
}
