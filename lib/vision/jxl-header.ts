/** What the head of a JPEG XL says. */
export interface JxlHeader {
  /** As it lies in the file: upright, width and height may change places. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isAnimated: boolean;
}

/** A box of a container: its four letters, and what is in it. */
export interface JxlBox {
  readonly name: string;
  readonly data: Uint8Array;
}

/** Width by height, by the number that stands for it: ISO/IEC 18181-1, table of `ratio`. */
const RATIOS: readonly (readonly [number, number])[] = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
];
/** Bits of a number, by the two bits before it. */
const SIZE_BITS = [9, 13, 18, 30] as const;
/** Before the codestream in a box that has a part of it. */
const PART_NUMBER_BYTES = 4;

/**
 * The boxes of a container, or the codestream alone as if it were in one. Linear in the number of boxes; what is cut off is left out.
 * Source: ISO/IEC 18181-2, 9.
 */
export function jxlBoxes(bytes: Uint8Array): readonly JxlBox[] {
  if (bytes[0] === 0xff) return [{ name: 'jxlc', data: bytes }];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const boxes: JxlBox[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const size = view.getUint32(at);
    const isLong = size === 1 && at + 16 <= bytes.length;
    const length = isLong ? Number(view.getBigUint64(at + 8)) : size === 0 ? bytes.length - at : size;
    const head = isLong ? 16 : 8;
    if (length < head) break;
    boxes.push({ name, data: bytes.subarray(at + head, Math.min(bytes.length, at + length)) });
    at += length;
  }
  return boxes;
}

/** Undefined where there is no codestream, or it ends within its head. Source: ISO/IEC 18181-1, annex D. */
export function jxlHeader(boxes: readonly JxlBox[]): JxlHeader | undefined {
  const box = boxes.find(({ name }) => name === 'jxlc' || name === 'jxlp');
  if (!box) return undefined;
  const stream = box.name === 'jxlp' ? box.data.subarray(PART_NUMBER_BYTES) : box.data;
  if (stream[0] !== 0xff || stream[1] !== 0x0a) return undefined;
  const bits = new Bits(stream.subarray(2));
  const isSmall = bits.take(1) === 1;
  const side = () => (isSmall ? 8 * (bits.take(5) + 1) : bits.take(SIZE_BITS[bits.take(2)]!) + 1);
  const heightPx = side();
  const ratio = bits.take(3);
  const [across, down] = RATIOS[ratio - 1] ?? [0, 1];
  const widthPx = ratio === 0 ? side() : Math.floor((heightPx * across) / down);
  const isAnimated = hasAnimation(bits);
  return bits.isOver ? undefined : { widthPx, heightPx, isAnimated };
}

/** Of the metadata behind the size, as far as it is told without reading more of it. */
function hasAnimation(bits: Bits): boolean {
  const isDefault = bits.take(1) === 1;
  if (isDefault || bits.take(1) === 0) return false;
  bits.take(3); // orientation
  const [hasIntrinsicSize, hasPreview, isAnimated] = [bits.take(1), bits.take(1), bits.take(1)];
  return hasIntrinsicSize === 0 && hasPreview === 0 && isAnimated === 1;
}

/** Numbers of some bits each, the lowest first. */
class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether more was taken than there is. */
  get isOver(): boolean {
    return this.#at > 8 * this.#bytes.length;
  }

  take(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i += 1) {
      const bit = ((this.#bytes[this.#at >> 3] ?? 0) >> (this.#at & 7)) & 1;
      value += bit * 2 ** i;
      this.#at += 1;
    }
    return value;
  }
}
