import { ByteReader, corrupt, type ItemName } from '../bytes/byte-reader.ts';
import { unplaced } from '../../rank/placed-freq.ts';
import { emptyPostings, type Postings } from '../postings/postings.ts';

const BLOCK_SIZE = 128;
/** The greatest number of 32 bits. */
const MOST = 0xffff_ffff;

/**
 * Decodes a list of `docFreq` postings from the blocks in `runs`, in order.
 * @param runs at least one; `offset` is where the bytes begin in their item
 * @throws GlossError `corrupt` if the blocks hold another number of postings or are out of order.
 */
export function decodeBlocksV1(
  runs: readonly { readonly bytes: Uint8Array; readonly item: ItemName; readonly offset: number }[],
  docFreq: number,
): Postings {
  // A corrupt directory may claim any number. Blocks of 128 need at least 6 bytes, which limits what we allocate.
  const most = runs.reduce((sum, run) => sum + Math.ceil(run.bytes.length / 6) * BLOCK_SIZE, 0);
  const { item, offset } = runs.at(-1)!;
  if (docFreq > most) throw corrupt(item, offset, `${docFreq} postings cannot lie in so few bytes`);
  const out = emptyPostings(docFreq);
  let count = 0;
  for (const { bytes, item, offset } of runs) {
    const reader = new ByteReader(bytes, item, 0, bytes.length, offset);
    while (!reader.done) count = decodeBlock(reader, out, count);
  }
  if (count !== docFreq) throw corrupt(item, offset, `${count} postings where ${docFreq} belong`);
  return out;
}

/** Decodes the block at the reader into `out`, from index `start` on. Returns the index after it. */
function decodeBlock(reader: ByteReader, out: Postings, start: number): number {
  const count = reader.u8() + 1;
  const end = start + count;
  const { docIds, placedFreqs, docLens } = out;
  if (count > BLOCK_SIZE || end > docIds.length) throw reader.fail('more postings than the directory says');
  const gapBits = reader.u8();
  const repeatBits = reader.u8();
  const lenBits = reader.u8();
  const first = reader.varint();
  const minLen = reader.varint();
  if (start > 0 && first <= docIds[start - 1]!) throw reader.fail('documents out of order');
  docIds[start] = first;
  reader.packed(docIds, start + 1, count - 1, gapBits);
  reader.packed(placedFreqs, start, count, repeatBits);
  reader.packed(docLens, start, count, lenBits);
  let docId = first;
  for (let i = start + 1; i < end; i += 1) docIds[i] = docId += docIds[i]! + 1;
  if (docId > MOST) throw reader.fail('a document out of range');
  for (let i = start; i < end; i += 1) {
    if (placedFreqs[i] === MOST || docLens[i]! > MOST - minLen)
      throw reader.fail('a posting of more than 32 bits');
    placedFreqs[i] = unplaced(placedFreqs[i]! + 1);
    docLens[i]! += minLen;
  }
  return end;
}
