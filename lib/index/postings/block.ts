import type { ByteReader } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { readPacked, writePacked } from '../bytes/packed-integers.ts';
import { MAX_DOC_LEN } from '../bytes/limits.ts';
import type { Postings } from './postings.ts';

/** Postings in a block. A block can be decoded without its neighbours. */
export const BLOCK_SIZE = 128;

/** What the table of a chunk says about a block. The block cannot be decoded without it. */
export interface BlockHead {
  readonly firstDocId: number;
  readonly minDocLen: number;
  /** No term frequency of the block is above it. */
  readonly maxPlacedFreq: number;
  /** 1 to 128. */
  readonly count: number;
}

/**
 * Documents are numbered by length where possible. Then lengths ascend, and their differences take almost no
 * bytes.
 */
const LENGTHS_ASCEND = 0;
const LENGTHS_ABOVE_MIN = 1;

/** Appends up to 128 postings; layout in FORMAT.md. */
export function writeBlock(
  out: ByteWriter,
  { docIds, placedFreqs, docLens }: Postings,
  minDocLen: number,
): void {
  const ascend = docLens.every((docLen, i) => i === 0 || docLen >= docLens[i - 1]!);
  out.u8(ascend ? LENGTHS_ASCEND : LENGTHS_ABOVE_MIN);
  writePacked(
    out,
    docIds.subarray(1).map((docId, i) => docId - docIds[i]! - 1),
  );
  writePacked(
    out,
    placedFreqs.map((placedFreq) => placedFreq - 1),
  );
  writePacked(
    out,
    ascend
      ? docLens.subarray(1).map((docLen, i) => docLen - docLens[i]!)
      : docLens.map((docLen) => docLen - minDocLen),
  );
}

/**
 * Fills out[from .. from + head.count) with a block's postings.
 * @param before all docIds of the block are below this: the first docId of the next block
 * @throws GlossError `corrupt`
 */
export function readBlock(
  reader: ByteReader,
  { firstDocId, minDocLen, maxPlacedFreq, count }: BlockHead,
  { docIds, placedFreqs, docLens }: Postings,
  from: number,
  before: number,
): void {
  const form = reader.u8();
  if (form > LENGTHS_ABOVE_MIN) throw reader.fail(`lengths of form ${form}`);
  const end = from + count;
  readPacked(reader, docIds, from + 1, count - 1);
  docIds[from] = firstDocId;
  let docId = firstDocId;
  for (let i = from + 1; i < end; i += 1) docIds[i] = docId += docIds[i]! + 1;
  if (docId >= before) throw reader.fail('documents out of order');
  readPacked(reader, placedFreqs, from, count);
  for (let i = from; i < end; i += 1) {
    placedFreqs[i]! += 1;
    if (placedFreqs[i] === 0) throw reader.fail('a term frequency of more than 32 bits');
    // A reader may have left out a block for its bound, so the bound of every block has to hold.
    if (placedFreqs[i]! > maxPlacedFreq)
      throw reader.fail(`a term frequency of ${placedFreqs[i]!} in a block of at most ${maxPlacedFreq}`);
  }
  if (form === LENGTHS_ABOVE_MIN) {
    readPacked(reader, docLens, from, count);
    for (let i = from; i < end; i += 1) {
      if (docLens[i]! > MAX_DOC_LEN - minDocLen) throw reader.fail('a length of more than 31 bits');
      docLens[i]! += minDocLen;
    }
    return;
  }
  readPacked(reader, docLens, from + 1, count - 1);
  docLens[from] = minDocLen;
  let docLen = minDocLen;
  for (let i = from + 1; i < end; i += 1) docLens[i] = docLen += docLens[i]!;
  if (docLen > MAX_DOC_LEN) throw reader.fail('a length of more than 31 bits');
}
