import type { ImageId, Sequencer } from '../../domain/ids.ts';
import { ByteReader, corrupt, type ItemName, hex } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import type { DocumentEntry } from './document-table.ts';
import { frameItem, openFrame } from '../bytes/item-frame.ts';
import { decodeDocumentsV1, DOCUMENTS_PER_PAGE_V1 } from '../v1/document-pages.ts';

/** Documents in one item: about 22 bytes each, so that an item stays below one read unit of 4 KB. */
export const DOCUMENTS_PER_PAGE = 160;

const SEQUENCER_BYTES = 16;

/** How many documents a page has in a segment of this format version. */
export const documentsPerPage = (format: number): number =>
  format === 1 ? DOCUMENTS_PER_PAGE_V1 : DOCUMENTS_PER_PAGE;

/** The payload of a page; layout in FORMAT.md. Lengths must not descend by more than 2^31. */
export function encodeDocumentsPayload(page: readonly DocumentEntry[]): Uint8Array {
  const out = new ByteWriter();
  const sequencers = page.map(({ sequencer }) => Buffer.from(sequencer, 'hex'));
  const { same, zeros } = commonEnds(sequencers);
  out.u8(same);
  out.u8(zeros);
  out.raw(sequencers[0]?.subarray(0, same) ?? new Uint8Array(0));
  let docLen = 0;
  for (const [i, entry] of page.entries()) {
    out.raw(Buffer.from(entry.imageId, 'hex'));
    out.raw(sequencers[i]!.subarray(same, SEQUENCER_BYTES - zeros));
    out.zigzag(entry.docLen - docLen);
    docLen = entry.docLen;
  }
  return out.toBytes();
}

export const encodeDocuments = (page: readonly DocumentEntry[]): Uint8Array =>
  frameItem('documents', encodeDocumentsPayload(page));

/** S3's sequencers count time and end in zeros, so neighbours share most of their bytes. */
function commonEnds(sequencers: readonly Uint8Array[]): { same: number; zeros: number } {
  const first = sequencers[0];
  if (!first) return { same: 0, zeros: 0 };
  let same = 0;
  while (same < SEQUENCER_BYTES && sequencers.every((bytes) => bytes[same] === first[same])) same += 1;
  let zeros = 0;
  const more = () => sequencers.every((bytes) => bytes[SEQUENCER_BYTES - 1 - zeros] === 0);
  while (same + zeros < SEQUENCER_BYTES && more()) zeros += 1;
  return { same, zeros };
}

/** The documents of a page in order of docId. @throws GlossError `corrupt`. */
export function decodeDocuments(framed: Uint8Array, item: ItemName): DocumentEntry[] {
  const { payload, version, offset } = openFrame('documents', framed, item);
  if (version === 1) return decodeDocumentsV1(payload, item, offset);
  const page = decodeDocumentsPayload(payload, item, offset);
  if (page.length > DOCUMENTS_PER_PAGE) throw corrupt(item, 0, 'too many documents');
  return page;
}

/** One document of a page, by its position there. The others are not decoded. @throws GlossError `corrupt`. */
export function decodeDocument(framed: Uint8Array, item: ItemName, place: number): DocumentEntry {
  const { payload, version, offset } = openFrame('documents', framed, item);
  const entry =
    version === 1
      ? decodeDocumentsV1(payload, item, offset)[place]
      : nth(rowsOf(new ByteReader(payload, item, 0, payload.length, offset)), place);
  if (!entry) throw corrupt(item, 0, `no document ${place}`);
  return 'imageId' in entry ? entry : entryOf(entry);
}

/** @param origin offset in the item at which the payload begins. @throws GlossError `corrupt`. */
export function decodeDocumentsPayload(payload: Uint8Array, item: ItemName, origin: number): DocumentEntry[] {
  return Array.from(rowsOf(new ByteReader(payload, item, 0, payload.length, origin)), entryOf);
}

/** A document as it is stored in a page. */
interface Row {
  readonly imageBytes: Uint8Array;
  readonly sequencerParts: readonly [start: Uint8Array, middle: Uint8Array];
  readonly docLen: number;
}

function* rowsOf(reader: ByteReader): Generator<Row> {
  const same = reader.u8();
  const zeros = reader.u8();
  if (same + zeros > SEQUENCER_BYTES) throw reader.fail('sequencers of more than 16 bytes');
  const start = reader.raw(same);
  let docLen = 0;
  while (!reader.done) {
    const imageBytes = reader.raw(16);
    const middle = reader.raw(SEQUENCER_BYTES - same - zeros);
    docLen += reader.zigzag();
    if (docLen < 0) throw reader.fail('a length below 0');
    yield { imageBytes, sequencerParts: [start, middle], docLen };
  }
}

function entryOf({ imageBytes, sequencerParts: [start, middle], docLen }: Row): DocumentEntry {
  const sequencer = (hex(start) + hex(middle)).toUpperCase().padEnd(2 * SEQUENCER_BYTES, '0');
  return { imageId: hex(imageBytes) as ImageId, sequencer: sequencer as Sequencer, docLen };
}

function nth<T>(values: Iterable<T>, place: number): T | undefined {
  let at = 0;
  for (const value of values) {
    if (at === place) return value;
    at += 1;
  }
  return undefined;
}
