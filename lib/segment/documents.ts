import { parseImageId, parseSequencer, type ImageId, type Sequencer } from '../domain/ids.ts';
import { ByteReader, corrupt, type ItemName } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { seal, unseal } from './sealed-item.ts';

/** What a segment knows of a document besides its words. */
export interface DocumentEntry {
  readonly imageId: ImageId;
  /** Which state of the image the words are from. */
  readonly sequencer: Sequencer;
  readonly docLen: number;
}

/** Documents in one item: 36 bytes each, so that an item stays below one read unit of 4 KB. */
export const DOCUMENTS_PER_PAGE = 110;

/** Which page holds a document, and where in it. */
export const pageOf = (docId: number): number => Math.floor(docId / DOCUMENTS_PER_PAGE);

export function encodeDocuments(page: readonly DocumentEntry[]): Uint8Array {
  const out = new ByteWriter();
  for (const { imageId, sequencer, docLen } of page) {
    out.raw(Buffer.from(imageId, 'hex'));
    out.raw(Buffer.from(sequencer, 'hex'));
    out.u32(docLen);
  }
  return seal('documents', out.toBytes());
}

/** The documents of a page in order of docId. @throws GlossError `corrupt`. */
export function decodeDocuments(sealed: Uint8Array, item: ItemName): DocumentEntry[] {
  const reader = new ByteReader(unseal('documents', sealed, item), item);
  const page: DocumentEntry[] = [];
  while (!reader.done) {
    page.push({
      imageId: parseImageId(hex(reader.raw(16))),
      sequencer: parseSequencer(hex(reader.raw(16))),
      docLen: reader.u32(),
    });
  }
  if (page.length > DOCUMENTS_PER_PAGE) throw corrupt(item, reader.offset, 'too many documents');
  return page;
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
