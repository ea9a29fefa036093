import type { ImageId } from '../../domain/ids.ts';
import { ByteReader, corrupt, type ItemName, hex } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { MAX_DOC_LEN } from '../bytes/limits.ts';
import { readSharedEnds, sequencerOf, writeSharedEnds, type SharedEnds } from '../bytes/sequencers.ts';
import type { SegmentEntry } from './manifest.ts';
import type { DocumentEntry } from './document-table.ts';
import { frameItem, openFrame } from '../bytes/item-frame.ts';
import { decodeDocumentsV1, DOCUMENTS_PER_PAGE_V1 } from '../v1/document-pages.ts';

/** Documents in one item: about 22 bytes each, so that an item stays below one read unit of 4 KB. */
export const DOCUMENTS_PER_PAGE = 160;

/** How many documents a page has in a segment of this format version. */
export const documentsPerPage = (format: number): number =>
  format === 1 ? DOCUMENTS_PER_PAGE_V1 : DOCUMENTS_PER_PAGE;

/** The payload of a page; layout in FORMAT.md. Lengths must not descend by more than 2^31. */
export function encodeDocumentsPayload(page: readonly DocumentEntry[]): Uint8Array {
  const out = new ByteWriter();
  const middles = writeSharedEnds(
    out,
    page.map(({ sequencer }) => sequencer),
  );
  let docLen = 0;
  for (const [i, entry] of page.entries()) {
    out.raw(Buffer.from(entry.imageId, 'hex'));
    out.raw(middles[i]!);
    out.zigzag(entry.docLen - docLen);
    docLen = entry.docLen;
  }
  return out.toBytes();
}

export const encodeDocuments = (page: readonly DocumentEntry[]): Uint8Array =>
  frameItem('documents', encodeDocumentsPayload(page));

/** The documents of a page in order of docId. @param format of its segment, where it is known. @throws GlossError `corrupt`. */
export function decodeDocuments(framed: Uint8Array, item: ItemName, format?: number): DocumentEntry[] {
  const { payload, version, offset } = openFrame('documents', framed, item, format);
  if (version === 1) return decodeDocumentsV1(payload, item, offset);
  const page = decodeDocumentsPayload(payload, item, offset);
  if (page.length > DOCUMENTS_PER_PAGE) throw corrupt(item, 0, 'too many documents');
  return page;
}

/** How many documents the page has that a document is in. */
export function documentsInPage(
  { docs, format }: Pick<SegmentEntry, 'docs' | 'format'>,
  docId: number,
): number {
  const size = documentsPerPage(format);
  return Math.min(size, docs - Math.floor(docId / size) * size);
}

/**
 * One document of a segment, of the page that it is in. Of the others only the lengths are decoded.
 * @throws GlossError `corrupt`, also if the page has another number of documents than it must
 */
export function decodeDocument(
  framed: Uint8Array,
  item: ItemName,
  segment: Pick<SegmentEntry, 'docs' | 'format'>,
  docId: number,
): DocumentEntry {
  const { payload, version, offset } = openFrame('documents', framed, item, segment.format);
  const place = docId % documentsPerPage(segment.format);
  const reader = new ByteReader(payload, item, 0, payload.length, offset);
  const { count, entry } =
    version === 1 ? placeInV1(decodeDocumentsV1(payload, item, offset), place) : findRow(reader, place);
  const expected = documentsInPage(segment, docId);
  if (count !== expected || !entry)
    throw corrupt(item, offset, `${count} documents where ${expected} belong`);
  return entry;
}

const placeInV1 = (page: readonly DocumentEntry[], place: number) => ({
  count: page.length,
  entry: page[place],
});

/** @param origin offset in the item at which the payload begins. @throws GlossError `corrupt`. */
export function decodeDocumentsPayload(payload: Uint8Array, item: ItemName, origin: number): DocumentEntry[] {
  return Array.from(rowsOf(new ByteReader(payload, item, 0, payload.length, origin)), entryOf);
}

/** A document as it is stored in a page. */
interface Row {
  readonly imageBytes: Uint8Array;
  readonly ends: SharedEnds;
  readonly middle: Uint8Array;
  readonly docLen: number;
}

function readLength(reader: ByteReader, before: number): number {
  const docLen = before + reader.zigzag();
  if (docLen < 0) throw reader.fail('a length below 0');
  if (docLen > MAX_DOC_LEN) throw reader.fail('a length of more than 31 bits');
  return docLen;
}

function* rowsOf(reader: ByteReader): Generator<Row> {
  const ends = readSharedEnds(reader);
  let docLen = 0;
  while (!reader.done) {
    const imageBytes = reader.raw(16);
    const middle = reader.raw(ends.middleBytes);
    docLen = readLength(reader, docLen);
    yield { imageBytes, ends, middle, docLen };
  }
}

/** One row of a page, and how many there are: all are walked over, one is made a value. */
function findRow(reader: ByteReader, place: number): { count: number; entry: DocumentEntry | undefined } {
  const ends = readSharedEnds(reader);
  let row: Row | undefined;
  let count = 0;
  let docLen = 0;
  for (; !reader.done; count += 1) {
    if (count !== place) {
      reader.skip(16 + ends.middleBytes);
      docLen = readLength(reader, docLen);
      continue;
    }
    const imageBytes = reader.raw(16);
    const middle = reader.raw(ends.middleBytes);
    docLen = readLength(reader, docLen);
    row = { imageBytes, ends, middle, docLen };
  }
  return { count, entry: row && entryOf(row) };
}

function entryOf({ imageBytes, ends, middle, docLen }: Row): DocumentEntry {
  return { imageId: hex(imageBytes) as ImageId, sequencer: sequencerOf(ends, middle), docLen };
}
