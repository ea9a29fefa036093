import { GlossError } from '../../domain/errors.ts';

/** Names the item that bytes come from, for error messages. */
export interface ItemName {
  readonly segmentId: string;
  readonly sk: string;
}

/** The error for bytes that break a rule of the format. */
export function corrupt(item: ItemName, offset: number, what: string): GlossError {
  return new GlossError(
    'corrupt',
    'segment_corrupt',
    `segment ${item.segmentId}, item ${item.sk}, byte ${offset}: ${what}`,
  );
}

/**
 * Reads what ByteWriter wrote. Every read checks that it stays before the end. @throws GlossError `corrupt`.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #item: ItemName;
  #at: number;
  #end: number;
  #view: DataView | undefined;
  readonly #origin: number;

  /** @param origin offset in the item at which `bytes` begin */
  constructor(bytes: Uint8Array, item: ItemName, start = 0, end = bytes.length, origin = 0) {
    this.#bytes = bytes;
    this.#item = item;
    this.#at = start;
    this.#end = end;
    this.#origin = origin;
  }

  /** The current offset in the item. */
  get offset(): number {
    return this.#origin + this.#at;
  }

  /** How many bytes are left. */
  get left(): number {
    return this.#end - this.#at;
  }

  get done(): boolean {
    return this.#at >= this.#end;
  }

  u8(): number {
    if (this.#at >= this.#end) throw this.fail('unexpected end');
    return this.#bytes[this.#at++]!;
  }

  u32(): number {
    return (this.u8() | (this.u8() << 8) | (this.u8() << 16) | (this.u8() << 24)) >>> 0;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        if (value > 0xffffffff) break;
        return value;
      }
    }
    throw this.fail('a number of more than 32 bits');
  }

  zigzag(): number {
    const value = this.varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Continues at `start`, up to before `end`. */
  moveTo(start: number, end: number): void {
    this.#at = start;
    this.#end = end;
  }

  /** Skips bytes. Returns the offset in `view` at which they begin. */
  skip(count: number): number {
    if (count > this.#end - this.#at) throw this.fail(`unexpected end: ${count} bytes wanted`);
    const start = this.#at;
    this.#at += count;
    return start;
  }

  /** A view from the first byte to the end of the underlying buffer, which may be longer than the bytes. */
  get view(): DataView {
    return (this.#view ??= new DataView(this.#bytes.buffer, this.#bytes.byteOffset));
  }

  /** A view of the next `count` bytes, not a copy. */
  raw(count: number): Uint8Array {
    if (count > this.#end - this.#at) throw this.fail(`unexpected end: ${count} bytes wanted`);
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  /** Fills out[from .. from + count) with values of `width` bits, as ByteWriter.packed wrote them. */
  packed(out: Uint32Array, from: number, count: number, width: number): void {
    if (width > 32) throw this.fail(`${width} bits a value`);
    const bytes = this.raw(Math.ceil((count * width) / 8));
    let pending = 0;
    let pendingBits = 0;
    let at = 0;
    const modulus = 2 ** width;
    for (let i = from; i < from + count; i += 1) {
      while (pendingBits < width) {
        pending += bytes[at++]! * 2 ** pendingBits;
        pendingBits += 8;
      }
      out[i] = pending % modulus;
      pending = Math.floor(pending / modulus);
      pendingBits -= width;
    }
  }

  fail(what: string): GlossError {
    return corrupt(this.#item, this.offset, what);
  }
}

/** Bytes as lower-case hexadecimal digits. */
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
