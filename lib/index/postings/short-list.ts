import type { ByteReader } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { MAX_DOC_LEN } from '../bytes/limits.ts';
import { EARLIEST, earlinessOf, placedFreqOf, termFreqOf } from '../../rank/placed-freq.ts';
import { emptyPostings, type Postings } from './postings.ts';

/** Lists of up to this many postings are written posting by posting, since a block would take more bytes. */
export const SHORT_LIST = 8;

/** Appends a short list; layout in FORMAT.md. @param baseLen no length is below it */
export function writeShortList(
  out: ByteWriter,
  { docIds, placedFreqs, docLens }: Postings,
  baseLen: number,
): void {
  let next = 0;
  for (let i = 0; i < docIds.length; i += 1) {
    const gap = docIds[i]! - next;
    const termFreq = termFreqOf(placedFreqs[i]!);
    out.varint(gap * EARLIEST + earlinessOf(placedFreqs[i]!) - 1);
    out.varint((docLens[i]! - baseLen) * 2 + (termFreq > 1 ? 1 : 0));
    if (termFreq > 1) out.varint(termFreq);
    next = docIds[i]! + 1;
  }
}

/** @param version of the format. @throws GlossError `corrupt`. */
export function readShortList(reader: ByteReader, count: number, baseLen: number, version: number): Postings {
  const list = emptyPostings(count);
  let next = 0;
  for (let i = 0; i < count; i += 1) {
    const first = reader.varint();
    const docId = next + (version === 2 ? first : Math.floor(first / EARLIEST));
    const length = reader.varint();
    const docLen = baseLen + (length >>> 1);
    const termFreq = length & 1 ? reader.varint() : 1;
    if (docId > 0xffff_ffff || docLen > MAX_DOC_LEN || termFreq === 0)
      throw reader.fail('a posting out of range');
    list.docIds[i] = docId;
    list.placedFreqs[i] = placedFreqOf(termFreq, version === 2 ? EARLIEST : (first % EARLIEST) + 1);
    list.docLens[i] = docLen;
    next = docId + 1;
  }
  return list;
}
