import type { Random } from '../../support/random.ts';

/** A marker segment: its two bytes, its length, its content. */
export function segment(marker: number, content: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

export const SOI = Buffer.from([0xff, 0xd8]);
export const EOI = Buffer.from([0xff, 0xd9]);

/** Blocks that one end-of-band run skips at most: ITU-T T.81, G.1.2.2. */
const MAX_RUN = 32_767;

/**
 * A grey progressive JPEG of which every scan says "nothing" of all blocks: some 100 bytes that a decoder answers with a
 * walk over the whole picture. Each scan is valid by itself, so no decoder warns.
 */
export function progressiveJpeg({ side, scans }: { readonly side: number; readonly scans: number }): Buffer {
  const quantization = Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 16)]);
  const size = Buffer.alloc(4);
  size.writeUInt16BE(side, 0);
  size.writeUInt16BE(side, 2);
  const frame = Buffer.concat([Buffer.from([8]), size, Buffer.from([1, 1, 0x11, 0])]);
  // One code of one bit a table: "difference 0", and "a run of 2^14 and more blocks ends here".
  const lengths = Buffer.from([1, ...Array<number>(15).fill(0)]);
  const dcTable = Buffer.concat([Buffer.from([0x00]), lengths, Buffer.from([0])]);
  const acTable = Buffer.concat([Buffer.from([0x10]), lengths, Buffer.from([0xe0])]);
  const blocks = Math.ceil(side / 8) ** 2;

  const dc = Buffer.concat([
    segment(0xda, Buffer.from([1, 1, 0x00, 0, 0, 0])),
    Buffer.alloc(Math.ceil(blocks / 8)),
  ]);
  // The code (0) and fourteen bits that say how far the run goes beyond 2^14.
  const runs = '011111111111111'.repeat(Math.ceil(blocks / MAX_RUN));
  const ac = Buffer.concat([segment(0xda, Buffer.from([1, 1, 0x00, 1, 63, 0])), stuffed(runs)]);
  return Buffer.concat([
    SOI,
    segment(0xdb, quantization),
    segment(0xc2, frame),
    segment(0xc4, dcTable),
    segment(0xc4, acTable),
    dc,
    ...Array<Buffer>(scans - 1).fill(ac),
    EOI,
  ]);
}

/**
 * A JPEG with markers and lengths put in that a counter of scans may read otherwise than a decoder does: lengths of zero and one,
 * markers that are none inside of scans, with restarts and without.
 */
export function disguised(file: Buffer, random: Random): Buffer {
  const firstScan = file.indexOf(Buffer.from([0xff, 0xda]));
  const marker = () =>
    random.pick([0xe0, 0xec, 0xef, 0xfe, 0xdc, 0xdd, 0x02, 0xbf, 0xf0, 0xc8, 0x01, 0xd0, 0xff]);
  const length = () => random.pick([0, 1, 2, 3, 0xffff]);
  let made = file;
  const put = (at: number, bytes: Uint8Array) => {
    made = Buffer.concat([made.subarray(0, at), bytes, made.subarray(at)]);
  };
  // From the end to the start, so that places stay what they were.
  if (random.chance(0.5)) put(firstScan + 10, Buffer.from([0xff, marker(), length() >> 8, length() & 255]));
  if (random.chance(0.3)) put(firstScan, segment(0xdd, Buffer.from([0, 1])));
  if (random.chance(0.7))
    put(2, Buffer.from([0xff, random.pick([0xe0, 0xec, 0xfe, 0xdc]), 0, random.below(2)]));
  return made;
}

/** Bits as entropy-coded bytes: the last one is filled with ones, and a zero follows each 0xff. */
function stuffed(bits: string): Buffer {
  const whole = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const bytes: number[] = [];
  for (let i = 0; i < whole.length; i += 8) {
    const byte = parseInt(whole.slice(i, i + 8), 2);
    bytes.push(byte);
    if (byte === 0xff) bytes.push(0);
  }
  return Buffer.from(bytes);
}
