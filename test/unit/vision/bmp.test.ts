import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bmpHeader, bmpPixels } from '../../../lib/vision/bmp.ts';

/** Written by ImageMagick 6.9 and Pillow 13, all of one picture (test/fixtures/make-images.ts). */
const FOLDER = new URL('../../fixtures/images/bmp/', import.meta.url);
const file = (name: string) => readFileSync(new URL(name, FOLDER));
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.bmp'));
const pixelsOf = (bytes: Uint8Array) => bmpPixels(bytes, bmpHeader(bytes)!);

describe('a BMP', () => {
  it.each(files)('%s is read as libvips reads the PNG of the same picture', async (name) => {
    const png = name.startsWith('two-colours') ? 'two-colours.png' : 'picture.png';
    const { data, info } = await sharp(file(png)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(bmpHeader(file(name))).toMatchObject({ widthPx: info.width, heightPx: info.height });
    const { pixels, missing } = pixelsOf(file(name));
    expect(missing).toBe(0);
    expect(Buffer.from(pixels).equals(data)).toBe(true);
  });

  it('that is cut off is read as far as it goes', () => {
    const whole = file('windows-24.bmp');
    const { pixels, missing } = pixelsOf(whole.subarray(0, 54 + 3 * 40 + 7));
    expect(missing).toBeCloseTo(4 / 7);
    const row = 4 * 13;
    expect(Buffer.from(pixels.subarray(4 * row))).toEqual(
      Buffer.from(pixelsOf(whole).pixels.subarray(4 * row)),
    );
    expect(pixels[0]).toBe(0);
    // The zeros that fill up the last row are no pixels.
    expect(pixelsOf(whole.subarray(0, whole.length - 1)).missing).toBe(0);
  });

  it.each([
    ['no BMP', Buffer.from('BM')],
    ['a size of nothing', changed('windows-24.bmp', 18, 0)],
    ['a depth that there is not', changed('windows-24.bmp', 28, 7)],
    ['a JPEG inside', changed('windows-24.bmp', 30, 4)],
    ['a header of another kind', changed('windows-24.bmp', 14, 16)],
  ])('with %s is none that is read', (_, bytes) => {
    expect(bmpHeader(bytes)).toBeUndefined();
  });
});

function changed(name: string, at: number, value: number): Buffer {
  const bytes = Buffer.from(file(name));
  bytes.writeUInt16LE(value, at);
  return bytes;
}

/** The examples of "Bitmap Compression", Windows GDI: https://learn.microsoft.com/windows/win32/gdi/bitmap-compression */
describe('runs', () => {
  const withRuns = (bits: 4 | 8, width: number, height: number, runs: string) => {
    const head = Buffer.alloc(54 + 4 * 256);
    head.write('BM', 'latin1');
    head.writeUInt32LE(head.length, 10);
    head.writeUInt32LE(40, 14);
    head.writeInt32LE(width, 18);
    head.writeInt32LE(height, 22);
    head.writeUInt16LE(1, 26);
    head.writeUInt16LE(bits, 28);
    head.writeUInt32LE(bits === 8 ? 1 : 2, 30);
    for (let i = 0; i < 256; i += 1) head[54 + 4 * i] = i; // blue is the index
    return Buffer.concat([head, Buffer.from(runs.replaceAll(' ', ''), 'hex')]);
  };
  /** Indexes, from the bottom row up, as the examples are written. */
  const indexes = (bytes: Buffer, width: number, height: number) => {
    const { pixels } = pixelsOf(bytes);
    return Array.from({ length: height }, (_, row) =>
      Array.from({ length: width }, (_, x) =>
        pixels[4 * ((height - 1 - row) * width + x) + 2]!.toString(16),
      ).join(' '),
    );
  };

  it('of 8 bits', () => {
    const runs = '03 04 05 06 00 03 45 56 67 00 02 78 00 02 05 01 02 78 00 00 09 1E 00 01';
    expect(indexes(withRuns(8, 20, 3, runs), 20, 3)).toEqual([
      '4 4 4 6 6 6 6 6 45 56 67 78 78 0 0 0 0 0 0 0',
      `${'0 '.repeat(18)}78 78`,
      `1e 1e 1e 1e 1e 1e 1e 1e 1e${' 0'.repeat(11)}`,
    ]);
  });

  it('of 4 bits', () => {
    const runs = '03 04 05 06 00 06 45 56 67 00 04 78 00 02 05 01 04 78 00 00 09 1E 00 01';
    expect(indexes(withRuns(4, 27, 3, runs), 27, 3)).toEqual([
      `0 4 0 0 6 0 6 0 4 5 5 6 6 7 7 8 7 8${' 0'.repeat(9)}`,
      `${'0 '.repeat(23)}7 8 7 8`,
      `1 e 1 e 1 e 1 e 1${' 0'.repeat(18)}`,
    ]);
  });
});

it('any bytes are read within their size, or are no BMP', () => {
  const heads = files.map(file);
  fc.assert(
    fc.property(
      fc.constantFrom(...heads),
      fc.array(fc.tuple(fc.nat(160), fc.nat(255)), { maxLength: 6 }),
      fc.nat(600),
      (head, changes, length) => {
        const bytes = Buffer.from(head);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        const header = bmpHeader(bytes.subarray(0, length));
        if (!header || header.widthPx * header.heightPx > 1e6) return;
        const { pixels, missing } = bmpPixels(bytes.subarray(0, length), header);
        expect(pixels).toHaveLength(4 * header.widthPx * header.heightPx);
        expect(missing >= 0 && missing <= 1).toBe(true);
      },
    ),
    { numRuns: 3_000 },
  );
});
