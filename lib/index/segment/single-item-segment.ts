import { ByteReader, type ItemName } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { decodeDirectoryPayload } from './directory.ts';
import type { Directory } from './directory-entry.ts';
import type { DocumentEntry } from './document-table.ts';
import { decodeDocumentsPayload } from './document-pages.ts';
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

/** @throws GlossError `corrupt`. */
export function decodeSingleItemSegment(framed: Uint8Array, item: ItemName): SingleItemSegment {
  const { payload, offset } = openFrame('singleItem', framed, item);
  const reader = new ByteReader(payload, item, 0, payload.length, offset);
  const length = reader.varint();
  const directoryAt = reader.offset;
  const directory = decodeDirectoryPayload(reader.raw(length), item, directoryAt);
  const documentsAt = reader.offset;
  return { directory, documents: decodeDocumentsPayload(reader.raw(reader.left), item, documentsAt) };
}
