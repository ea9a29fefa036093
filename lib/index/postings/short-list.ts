import type { ByteReader } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { MAX_DOC_LEN } from '../bytes/limits.ts';
import { emptyPostings, type Postings } from './postings.ts';

/** Lists of up to this many postings are written posting by posting, since a block would take more bytes. */
export const SHORT_LIST = 8;

/** Appends a short list; layout in FORMAT.md. @param baseLen no length is below it */
export function writeShortList(
  out: ByteWriter,
  { docIds, termFreqs, docLens }: Postings,
  baseLen: number,
): void {
  let next = 0;
  for (let i = 0; i < docIds.length; i += 1) {
    const gap = docIds[i]! - next;
    const repeated = termFreqs[i]! > 1 ? 1 : 0;
    out.varint(gap);
    out.varint((docLens[i]! - baseLen) * 2 + repeated);
    if (repeated) out.varint(termFreqs[i]!);
    next = docIds[i]! + 1;
  }
}

/** @throws GlossError `corrupt`. */
export function readShortList(reader: ByteReader, count: number, baseLen: number): Postings {
  const list = emptyPostings(count);
  let next = 0;
  for (let i = 0; i < count; i += 1) {
    const docId = next + reader.varint();
    const length = reader.varint();
    const docLen = baseLen + (length >>> 1);
    const termFreq = length & 1 ? reader.varint() : 1;
    if (docId > 0xffff_ffff || docLen > MAX_DOC_LEN || termFreq === 0)
      throw reader.fail('a posting out of range');
    list.docIds[i] = docId;
    list.termFreqs[i] = termFreq;
    list.docLens[i] = docLen;
    next = docId + 1;
  }
  return list;
}
