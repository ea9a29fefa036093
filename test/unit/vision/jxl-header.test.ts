import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jxlBoxes, jxlHeader } from '../../../lib/vision/jxl-header.ts';

const scene = readFileSync(new URL('../../fixtures/images/scene.jxl', import.meta.url));

/** A codestream's head of these bits, the lowest of each number first. */
function headOf(...numbers: readonly (readonly [value: number, bits: number])[]): Buffer {
  const bits = numbers.flatMap(([value, count]) => Array.from({ length: count }, (_, i) => (value >> i) & 1));
  const bytes = Buffer.alloc(2 + Math.ceil(bits.length / 8) + 1);
  bytes.writeUInt16BE(0xff0a);
  for (const [i, bit] of bits.entries()) bytes[2 + (i >> 3)]! |= bit << (i & 7);
  return bytes;
}
const sizeOf = (file: Uint8Array) => jxlHeader(jxlBoxes(file));
const METADATA = [1, 1] as const;

// ISO/IEC 18181-1, D.2: SizeHeader.
it.each([
  [
    'multiples of eight',
    [
      [1, 1],
      [14, 5],
      [0, 3],
      [19, 5],
    ],
    160,
    120,
  ],
  [
    'a ratio of 3:2',
    [
      [1, 1],
      [24, 5],
      [4, 3],
    ],
    300,
    200,
  ],
  [
    'nine bits',
    [
      [0, 1],
      [0, 2],
      [299, 9],
      [0, 3],
      [0, 2],
      [450, 9],
    ],
    451,
    300,
  ],
  [
    'eighteen and thirteen bits',
    [
      [0, 1],
      [2, 2],
      [99_999, 18],
      [0, 3],
      [1, 2],
      [7, 13],
    ],
    8,
    100_000,
  ],
] as const)('a size in %s', (_, bits, widthPx, heightPx) => {
  expect(sizeOf(headOf(...bits, METADATA))).toEqual({ widthPx, heightPx, isAnimated: false });
});

it('an animation', () => {
  const bits = [
    [1, 1],
    [14, 5],
    [1, 3],
    [0, 1],
    [1, 1],
    [0, 3],
    [0, 1],
    [0, 1],
    [1, 1],
  ] as const;
  expect(sizeOf(headOf(...bits))).toEqual({ widthPx: 120, heightPx: 120, isAnimated: true });
});

it('of cjxl, alone, in a container and in one in parts', () => {
  const expected = { widthPx: 160, heightPx: 120, isAnimated: false };
  const box = (name: string, data: Uint8Array) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(8 + data.length);
    head.write(name, 4, 'latin1');
    return Buffer.concat([head, data]);
  };
  const signature = box('JXL ', Buffer.from('0d0a870a', 'hex'));
  const stream = jxlBoxes(scene).find(({ name }) => name === 'jxlc')!.data;
  const exif = box('Exif', Buffer.from('\0\0\0\0MM\0*', 'latin1'));
  expect(sizeOf(scene)).toEqual(expected);
  expect(sizeOf(Buffer.concat([signature, exif, box('jxlc', stream)]))).toEqual(expected);
  const parts = [Buffer.from([0, 0, 0, 0]), Buffer.from([0x80, 0, 0, 1])];
  expect(
    sizeOf(
      Buffer.concat([
        signature,
        box('jxlp', Buffer.concat([parts[0]!, stream.subarray(0, 40)])),
        box('jxlp', Buffer.concat([parts[1]!, stream.subarray(40)])),
      ]),
    ),
  ).toEqual(expected);
  expect(sizeOf(signature)).toBeUndefined();
});

it('any bytes end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (rest, isBare) => {
      const head = isBare ? Buffer.from([0xff, 0x0a]) : Buffer.from('\0\0\0\x0cJXL \r\n\x87\n', 'latin1');
      expect(() => sizeOf(Buffer.concat([head, rest]))).not.toThrow();
    }),
    { numRuns: 2_000 },
  );
});
