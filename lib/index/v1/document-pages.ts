import { parseImageId, parseSequencer } from '../../domain/ids.ts';
import { ByteReader, corrupt, type ItemName, hex } from '../bytes/byte-reader.ts';
import type { DocumentEntry } from '../segment/document-table.ts';

export const DOCUMENTS_PER_PAGE_V1 = 110;

/** A page of format version 1, 36 bytes a document. @throws GlossError `corrupt`. */
export function decodeDocumentsV1(payload: Uint8Array, item: ItemName, origin: number): DocumentEntry[] {
  const reader = new ByteReader(payload, item, 0, payload.length, origin);
  const page: DocumentEntry[] = [];
  while (!reader.done) {
    page.push({
      imageId: parseImageId(hex(reader.raw(16))),
      sequencer: parseSequencer(hex(reader.raw(16))),
      docLen: reader.u32(),
    });
  }
  if (page.length > DOCUMENTS_PER_PAGE_V1) throw corrupt(item, reader.offset, 'too many documents');
  return page;
}
