import { ByteReader, corrupt, type ItemName } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { FORMAT_VERSION, frameItem, openFrame } from '../bytes/item-frame.ts';
import type { SegmentEntry } from './manifest.ts';

/** What the manifest says of the segment that deletions are of. */
export interface DeletionsOwner extends Pick<SegmentEntry, 'docs' | 'format'> {
  /** How many documents are deleted; undefined for an earlier state, of which that is not known. */
  readonly deleted: number | undefined;
}

/** Documents of one segment that are deleted: one bit a document, docId 0 first. */
export class Deletions {
  readonly #bits: Uint8Array;
  readonly #docs: number;

  private constructor(bits: Uint8Array, docs: number) {
    this.#bits = bits;
    this.#docs = docs;
  }

  static none(docs: number): Deletions {
    return new Deletions(new Uint8Array(Math.ceil(docs / 8)), docs);
  }

  has(docId: number): boolean {
    return ((this.#bits[docId >>> 3] ?? 0) & (1 << (docId & 7))) !== 0;
  }

  /** Documents 32 i to 32 i + 31, the first in the least significant bit. */
  word(i: number): number {
    const bits = this.#bits;
    const at = i * 4;
    return (
      (bits[at] ?? 0) | ((bits[at + 1] ?? 0) << 8) | ((bits[at + 2] ?? 0) << 16) | ((bits[at + 3] ?? 0) << 24)
    );
  }

  /** @throws RangeError for a document that the segment does not have */
  with(docIds: Iterable<number>): Deletions {
    const bits = this.#bits.slice();
    for (const docId of docIds) {
      if (docId < 0 || docId >= this.#docs) throw new RangeError(`document ${docId} of ${this.#docs}`);
      bits[docId >>> 3]! |= 1 << (docId & 7);
    }
    return new Deletions(bits, this.#docs);
  }

  /** Ascending. */
  *docIds(): Generator<number> {
    for (let i = 0; i < this.#bits.length; i += 1) {
      for (let bit = 0; bit < 8; bit += 1) if (this.#bits[i]! & (1 << bit)) yield i * 8 + bit;
    }
  }

  get count(): number {
    let count = 0;
    for (const byte of this.#bits) count += ONES[byte]!;
    return count;
  }

  /** Encodes as gaps or as a bitmap, whichever is shorter. */
  encode(): Uint8Array {
    const gaps = new ByteWriter();
    gaps.u8(GAPS);
    let previous = -1;
    for (const docId of this.docIds()) {
      gaps.varint(docId - previous - 1);
      previous = docId;
    }
    if (gaps.length <= this.#bits.length) return frameItem('deletions', gaps.toBytes());
    const bitmap = new ByteWriter();
    bitmap.u8(BITMAP);
    bitmap.raw(this.#bits);
    return frameItem('deletions', bitmap.toBytes());
  }

  /**
   * @throws GlossError `corrupt`, also for another number of documents than the manifest says: a picture that was removed
   * must not come back
   */
  static decode(framed: Uint8Array, { docs, deleted, format }: DeletionsOwner, item: ItemName): Deletions {
    // Segments of before may have deletions of their version, and of each later one.
    const { payload, offset } = openFrame(
      'deletions',
      framed,
      item,
      format < FORMAT_VERSION ? undefined : format,
    );
    const reader = new ByteReader(payload, item, 0, payload.length, offset);
    const deletions = Deletions.#read(reader, docs);
    const { count } = deletions;
    if (deleted !== undefined && count !== deleted)
      throw corrupt(item, offset, `${count} documents where ${deleted} are deleted`);
    return deletions;
  }

  static #read(reader: ByteReader, docs: number): Deletions {
    const form = reader.u8();
    if (form === BITMAP) {
      const bits = reader.raw(Math.ceil(docs / 8));
      if (!reader.done) throw reader.fail(`a bitmap of more than ${docs} documents`);
      if (docs % 8 !== 0 && bits.at(-1)! >>> (docs % 8) !== 0)
        throw reader.fail(`a bit beyond document ${docs - 1}`);
      return new Deletions(bits, docs);
    }
    if (form !== GAPS) throw reader.fail(`deletions of form ${form}`);
    const docIds: number[] = [];
    let docId = -1;
    while (!reader.done) {
      docId += reader.varint() + 1;
      if (docId >= docs) throw reader.fail(`document ${docId} of ${docs}`);
      docIds.push(docId);
    }
    return Deletions.none(docs).with(docIds);
  }
}

/** How many bits of a byte are set. */
const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

const GAPS = 0;
const BITMAP = 1;
