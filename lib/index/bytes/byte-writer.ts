/** Appends little-endian numbers and byte runs to a growing buffer. @throws RangeError for a number that no reader would read as it is */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  u8(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  u32(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.u8((value >>> shift) & 0xff);
  }

  /** LEB128: seven bits a byte, least significant first. Range 0 to 2^32 - 1. */
  varint(value: number): void {
    let rest = value >>> 0;
    if (rest !== value) throw new RangeError(`${value} is no whole number of 32 bits`);
    while (rest >= 0x80) {
      this.u8((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.u8(rest);
  }

  /** Small numbers of either sign: 0, -1, 1, -2, ... as varints 0, 1, 2, 3, ... Range -2^31 to 2^31 - 1. */
  zigzag(value: number): void {
    if ((value | 0) !== value) throw new RangeError(`${value} is no whole number of 32 bits with a sign`);
    this.varint(((value << 1) ^ (value >> 31)) >>> 0);
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Each value in `width` bits (0 to 32), least significant bit first, padded to a whole byte at the end. */
  packed(values: ArrayLike<number>, width: number): void {
    let pending = 0;
    let pendingBits = 0;
    for (let i = 0; i < values.length; i += 1) {
      // Powers of two keep values of up to 32 bits plus 7 pending ones exact in a double.
      pending += (values[i]! >>> 0) * 2 ** pendingBits;
      pendingBits += width;
      while (pendingBits >= 8) {
        this.u8(pending % 256);
        pending = Math.floor(pending / 256);
        pendingBits -= 8;
      }
    }
    if (pendingBits > 0) this.u8(pending);
  }

  /** A copy of what was written. */
  toBytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/** Bits that hold every value from 0 to `max`. */
export const bitWidth = (max: number): number => 32 - Math.clz32(max);
