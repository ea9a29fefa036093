import { readBlocks, type BlockPlace } from './block-kernel.ts';
import { BLOCK_SIZE, readBlock, writeBlock } from './block.ts';
import type { GlossError } from '../../domain/errors.ts';
import { ByteReader, corrupt, type ItemName } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { MAX_DOC_LEN } from '../bytes/limits.ts';
import {
  boundOf,
  emptyPostings,
  placedIn,
  slicePostings,
  type Postings,
  type PostingsBound,
} from './postings.ts';
import { unplaced } from '../../rank/placed-freq.ts';

/** A block with its row of the chunk's table. */
export interface EncodedBlock {
  readonly postings: Postings;
  readonly bound: PostingsBound;
  readonly body: Uint8Array;
}

/** The blocks of a list in order, all of 128 postings but the last. */
export function encodeBlocks(postings: Postings): EncodedBlock[] {
  const blocks: EncodedBlock[] = [];
  const count = postings.docIds.length;
  for (let start = 0; start < count; start += BLOCK_SIZE) {
    const block = slicePostings(postings, start, Math.min(count, start + BLOCK_SIZE));
    const bound = boundOf(block);
    const out = new ByteWriter();
    writeBlock(out, block, bound.minDocLen);
    blocks.push({ postings: block, bound, body: out.toBytes() });
  }
  return blocks;
}

/** Divides blocks into runs whose encoded chunk takes at most `mostBytes`. A run has at least one block. */
export function splitIntoChunks(blocks: readonly EncodedBlock[], mostBytes: number): EncodedBlock[][] {
  const runs: EncodedBlock[][] = [];
  let run: EncodedBlock[] = [];
  let size = 0;
  for (const block of blocks) {
    let added = block.body.length + rowBytes(block, run.at(-1));
    if (run.length > 0 && size + added > mostBytes) {
      runs.push(run);
      run = [];
      size = 0;
      added = block.body.length + rowBytes(block, undefined);
    }
    if (run.length === 0) size = MAX_COUNT_BYTES;
    run.push(block);
    size += added;
  }
  runs.push(run);
  return runs;
}

/** Bytes of the varint for a chunk's number of postings: more than 2 million do not fit into an item. */
const MAX_COUNT_BYTES = 3;

function rowBytes({ postings, bound, body }: EncodedBlock, before: EncodedBlock | undefined): number {
  const row = new ByteWriter();
  writeRow(row, postings.docIds[0]!, bound, body.length, before);
  return row.length;
}

function writeRow(
  table: ByteWriter,
  firstDocId: number,
  { maxPlacedFreq, minDocLen }: PostingsBound,
  bytes: number,
  before: EncodedBlock | undefined,
): void {
  table.varint(firstDocId - (before?.postings.docIds[0] ?? 0));
  table.varint(bytes);
  table.varint(maxPlacedFreq);
  table.zigzag(minDocLen - (before?.bound.minDocLen ?? 0));
}

/**
 * Encodes a chunk: a table that says where each block begins and what bounds it, then the blocks. Layout in
 * FORMAT.md.
 */
export function encodeChunk(blocks: readonly EncodedBlock[]): Uint8Array {
  const out = new ByteWriter();
  out.varint(blocks.reduce((sum, { postings }) => sum + postings.docIds.length, 0));
  for (const [i, { postings, bound, body }] of blocks.entries()) {
    writeRow(out, postings.docIds[0]!, bound, body.length, blocks[i - 1]);
  }
  for (const { body } of blocks) out.raw(body);
  return out.toBytes();
}

/** Bytes of a row of the table at least, and of a block: one of its form, and two for each of its runs. */
const LEAST_ROW_BYTES = 4;
const LEAST_BLOCK_BYTES = 7;

/** A chunk whose table has been read. Each block is decoded on demand. */
export class Chunk {
  /** Number of postings. */
  readonly count: number;
  readonly blocks: number;
  readonly firstDocIds: Uint32Array;
  readonly maxPlacedFreqs: Uint32Array;
  readonly minDocLens: Uint32Array;
  /** As the bytes have them, which are frequencies without places in version 2. */
  readonly #maxFreqs: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #bytes: Uint8Array;
  readonly #reader: ByteReader;
  readonly #start: number;
  readonly #item: ItemName;
  readonly #offset: number;
  readonly #version: number;

  /**
   * @param version of the format, 2 or 3
   * @param offset offset in the item at which `bytes` begin, for messages
   * @throws GlossError `corrupt`
   */
  constructor(bytes: Uint8Array, item: ItemName, version: number, offset = 0) {
    this.#version = version;
    const reader = new ByteReader(bytes, item, 0, bytes.length, offset);
    this.count = reader.varint();
    this.blocks = Math.ceil(this.count / BLOCK_SIZE);
    // The bytes that a block takes at least limit what a corrupt count makes us allocate.
    const least = this.blocks * LEAST_ROW_BYTES + (this.blocks - 1) * LEAST_BLOCK_BYTES;
    if (this.count === 0 || least > bytes.length) throw reader.fail(`${this.count} postings`);
    this.firstDocIds = new Uint32Array(this.blocks);
    this.#maxFreqs = new Uint32Array(this.blocks);
    this.minDocLens = new Uint32Array(this.blocks);
    this.#ends = new Uint32Array(this.blocks);
    let firstDocId = 0;
    let minDocLen = 0;
    let end = 0;
    for (let i = 0; i < this.blocks; i += 1) {
      const gap = reader.varint();
      if (i > 0 && gap < BLOCK_SIZE) throw reader.fail('blocks out of order');
      firstDocId += gap;
      end += reader.varint();
      this.firstDocIds[i] = firstDocId;
      this.#maxFreqs[i] = reader.varint();
      minDocLen += reader.zigzag();
      if (this.#maxFreqs[i] === 0 || minDocLen < 0 || minDocLen > MAX_DOC_LEN)
        throw reader.fail('the bound of a block is out of range');
      this.minDocLens[i] = minDocLen;
      this.#ends[i] = end;
    }
    this.maxPlacedFreqs = placedIn(this.#maxFreqs, version);
    const start = reader.offset - offset;
    if (firstDocId > 0xffff_ffff || start + end !== bytes.length)
      throw reader.fail('blocks of another length');
    for (let i = 0; i < this.blocks; i += 1) this.#ends[i]! += start;
    this.#bytes = bytes;
    this.#reader = reader;
    this.#start = start;
    this.#item = item;
    this.#offset = offset;
  }

  /** The bound of all its blocks. */
  get bound(): PostingsBound {
    let maxPlacedFreq = 0;
    let minDocLen = MAX_DOC_LEN;
    for (let i = 0; i < this.blocks; i += 1) {
      maxPlacedFreq = Math.max(maxPlacedFreq, this.maxPlacedFreqs[i]!);
      minDocLen = Math.min(minDocLen, this.minDocLens[i]!);
    }
    return { maxPlacedFreq, minDocLen };
  }

  /** The error for a chunk that contradicts what names it. */
  fail(what: string): GlossError {
    return corrupt(this.#item, this.#offset, what);
  }

  /** Postings in block i. */
  countOf(i: number): number {
    return i < this.blocks - 1 ? BLOCK_SIZE : this.count - i * BLOCK_SIZE;
  }

  /**
   * Fills out[from .. from + countOf(i)) with block i.
   * @param before all docIds of the chunk are below this: the first docId of the next chunk
   * @throws GlossError `corrupt`
   */
  readBlock(i: number, out: Postings, from: number, before = 0x1_0000_0000): void {
    const place = this.#placeOf(i, before);
    const reader = this.#reader;
    reader.moveTo(place.start, place.end);
    readBlock(reader, place, out, from, place.before);
    if (!reader.done) throw reader.fail('bytes after a block');
    this.#place(out, from, from + place.count);
  }

  /**
   * Fills `out` from index `at` on with every block. Returns the index after the last one. @throws GlossError
   * `corrupt`.
   */
  readAll(out: Postings, at: number, before = 0x1_0000_0000): number {
    for (let i = 0; i < this.blocks; i += 1) {
      const placeOf = (next: number) => this.#placeOf(i + next, before);
      const start = at + i * BLOCK_SIZE;
      const read = readBlocks(this.#bytes, this.blocks - i, placeOf, out, start);
      i += read;
      this.#place(out, start, Math.min(at + this.count, start + read * BLOCK_SIZE));
      if (i < this.blocks) this.readBlock(i, out, at + i * BLOCK_SIZE, before);
    }
    return at + this.count;
  }

  /** Of version 2, which does not say where a term stands. */
  #place({ placedFreqs }: Postings, start: number, end: number): void {
    if (this.#version > 2) return;
    for (let i = start; i < end; i += 1) placedFreqs[i] = unplaced(placedFreqs[i]!);
  }

  #placeOf(i: number, before: number): BlockPlace {
    return {
      start: i === 0 ? this.#start : this.#ends[i - 1]!,
      end: this.#ends[i]!,
      count: this.countOf(i),
      firstDocId: this.firstDocIds[i]!,
      minDocLen: this.minDocLens[i]!,
      maxPlacedFreq: this.#maxFreqs[i]!,
      before: i < this.blocks - 1 ? this.firstDocIds[i + 1]! : before,
    };
  }

  /** All postings. @throws GlossError `corrupt`. */
  postings(): Postings {
    const out = emptyPostings(this.count);
    this.readAll(out, 0);
    return out;
  }
}
