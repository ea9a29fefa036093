import { ByteReader, corrupt, type ItemName } from './byte-reader.ts';
import { bitWidth, ByteWriter } from './byte-writer.ts';

/**
 * Where one term stands in one segment: parallel arrays, docIds ascending. Every posting carries its document's
 * exact length, so that a term is scored without a second read.
 */
export interface Postings {
  readonly docIds: Uint32Array;
  readonly termFreqs: Uint32Array;
  readonly docLens: Uint32Array;
}

/** Postings in a block; a block is read on its own. */
export const BLOCK_SIZE = 128;

/** The blocks of a list in order, each decodable by itself; layout in FORMAT.md. */
export function encodeBlocks(postings: Postings): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let start = 0; start < postings.docIds.length; start += BLOCK_SIZE) {
    blocks.push(encodeBlock(postings, start, Math.min(start + BLOCK_SIZE, postings.docIds.length)));
  }
  return blocks;
}

function encodeBlock({ docIds, termFreqs, docLens }: Postings, start: number, end: number): Uint8Array {
  const gaps = new Uint32Array(end - start - 1);
  for (let i = 0; i < gaps.length; i += 1) gaps[i] = docIds[start + i + 1]! - docIds[start + i]! - 1;
  const repeats = termFreqs.slice(start, end).map((termFreq) => termFreq - 1);
  const lens = docLens.slice(start, end);
  const minLen = lens.reduce((a, b) => Math.min(a, b));
  const extraLens = lens.map((len) => len - minLen);
  const gapBits = bitWidth(max(gaps));
  const repeatBits = bitWidth(max(repeats));
  const lenBits = bitWidth(max(extraLens));

  const out = new ByteWriter();
  out.u8(end - start - 1);
  out.u8(gapBits);
  out.u8(repeatBits);
  out.u8(lenBits);
  out.varint(docIds[start]!);
  out.varint(minLen);
  out.packed(gaps, gapBits);
  out.packed(repeats, repeatBits);
  out.packed(extraLens, lenBits);
  return out.toBytes();
}

const max = (values: Uint32Array): number => values.reduce((a, b) => Math.max(a, b), 0);

/**
 * The list of `docFreq` postings whose blocks lie in `runs` in order.
 * @throws GlossError `corrupt` when the blocks hold another number of postings or are out of order.
 */
export function decodeBlocks(
  runs: readonly { readonly bytes: Uint8Array; readonly item: ItemName }[],
  docFreq: number,
): Postings {
  // A corrupt directory may claim anything; blocks of 128 need at least 6 bytes, which bounds what is allocated.
  const most = runs.reduce((sum, run) => sum + Math.ceil(run.bytes.length / 6) * BLOCK_SIZE, 0);
  const item = runs.at(-1)?.item ?? { segmentId: '?', sk: '?' };
  if (docFreq > most) throw corrupt(item, 0, `${docFreq} postings cannot lie in so few bytes`);
  const out: Postings = {
    docIds: new Uint32Array(docFreq),
    termFreqs: new Uint32Array(docFreq),
    docLens: new Uint32Array(docFreq),
  };
  let count = 0;
  for (const { bytes, item } of runs) {
    const reader = new ByteReader(bytes, item);
    while (!reader.done) count = decodeBlock(reader, out, count);
  }
  if (count !== docFreq) throw corrupt(item, 0, `${count} postings where ${docFreq} belong`);
  return out;
}

/** Decodes the block at the reader into `out` from index `start`; answers the index after it. */
function decodeBlock(reader: ByteReader, out: Postings, start: number): number {
  const count = reader.u8() + 1;
  const end = start + count;
  const { docIds, termFreqs, docLens } = out;
  if (count > BLOCK_SIZE || end > docIds.length) throw reader.fail('more postings than the directory says');
  const gapBits = reader.u8();
  const repeatBits = reader.u8();
  const lenBits = reader.u8();
  const first = reader.varint();
  const minLen = reader.varint();
  if (start > 0 && first <= docIds[start - 1]!) throw reader.fail('documents out of order');
  docIds[start] = first;
  reader.packed(docIds, start + 1, count - 1, gapBits);
  reader.packed(termFreqs, start, count, repeatBits);
  reader.packed(docLens, start, count, lenBits);
  for (let i = start + 1; i < end; i += 1) docIds[i] = docIds[i]! + docIds[i - 1]! + 1;
  for (let i = start; i < end; i += 1) {
    termFreqs[i] = termFreqs[i]! + 1;
    docLens[i] = docLens[i]! + minLen;
  }
  return end;
}
