import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeWithSharp } from '../../../lib/adapters/sharp-decode.ts';
import type { CropPolicy } from '../../../lib/domain/tenant.ts';
import { drawing } from '../../hostile/pictures/drawings.ts';
import { randomOf } from '../../support/random.ts';

const wish = { cropPolicy: 'none' as const, maxPixels: 1e8 };
const image = (name: string) => readFileSync(new URL(`../../fixtures/images/${name}`, import.meta.url));

describe('a format that is not read', () => {
  it('is named', async () => {
    await expect(decodeWithSharp(image('external-reference.svg'), wish)).rejects.toMatchObject({
      kind: 'unsupported',
      code: 'format_not_read',
      message: 'SVG pictures are not read; convert them to JPEG, PNG or WebP',
    });
  });

  it('is refused before libvips lays it out', async () => {
    for (let seed = 1; seed <= 8; seed += 1)
      await expect(decodeWithSharp(drawing(randomOf(seed)), wish)).rejects.toMatchObject({
        kind: 'unsupported',
      });
  });

  it('is not read by libvips either', async () => {
    await expect(sharp(image('external-reference.svg')).metadata()).rejects.toThrow(
      'unsupported image format',
    );
  });
});

/** A square of one colour in the middle, of which nothing else is drawn. */
const square = (colour: { r: number; g: number; b: number; alpha: number }) => {
  const clear = { ...colour, alpha: 0 };
  const input = { create: { width: 120, height: 120, channels: 4 as const, background: colour } };
  return sharp({ create: { width: 200, height: 200, channels: 4, background: clear } }).composite([
    { input },
  ]);
};

describe('what is transparent', () => {
  const pixelsOf = async (file: Buffer) => {
    const { views } = await decodeWithSharp(file, wish);
    const { data } = await sharp(views[0]!.picture).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => data[(y * 200 + x) * 3]! > 127;
    return { corner: at(2, 2), middle: at(100, 100) };
  };

  it.each([
    [{ r: 255, g: 255, b: 255, alpha: 1 }, 'black', { corner: false, middle: true }],
    [{ r: 255, g: 255, b: 224, alpha: 1 }, 'black', { corner: false, middle: true }],
    [{ r: 0, g: 0, b: 0, alpha: 1 }, 'white', { corner: true, middle: false }],
    [{ r: 255, g: 0, b: 0, alpha: 1 }, 'white', { corner: true, middle: true }],
  ])('around %o is %s', async (colour, _, expected) => {
    expect(await pixelsOf(await square(colour).png().toBuffer())).toEqual(expected);
    expect(await pixelsOf(await square(colour).webp({ lossless: true }).toBuffer())).toEqual(expected);
  });

  it('all over is white', async () => {
    expect(await pixelsOf(await square({ r: 9, g: 9, b: 9, alpha: 0 }).png().toBuffer())).toEqual({
      corner: true,
      middle: true,
    });
  });
});

/** A strip of letters that only a view of enough detail keeps apart: black and white columns of 4 pixels each. */
async function strip(width: number, height: number, upright = false) {
  const data = Buffer.alloc(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) data[y * width + x] = ((upright ? y : x) >> 2) % 2 === 0 ? 255 : 0;
  return sharp(data, { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

const sizesOf = async (file: Uint8Array, cropPolicy: CropPolicy) => {
  const { views } = await decodeWithSharp(file, { cropPolicy, maxPixels: 1e8 });
  return Promise.all(
    views.map(async ({ picture, thumbnail }) => {
      const [shown, small] = await Promise.all([sharp(picture).metadata(), sharp(thumbnail).metadata()]);
      expect(Math.max(small.width, small.height)).toBeLessThanOrEqual(480);
      return [shown.width, shown.height];
    }),
  );
};

describe('a long picture', () => {
  it('of 10:1 reaches the model in views of 1,024 x 512 pixels, and whole', async () => {
    expect(await sizesOf(await strip(10_000, 1_000), 'grid-2x2')).toEqual([
      [1_024, 102],
      ...Array<number[]>(5).fill([1_024, 512]),
    ]);
  });

  it('that is tall does so, too, whichever way it lies in its file', async () => {
    const tall = await strip(1_000, 10_000, true);
    const turned = await sharp(tall).rotate(270).withMetadata({ orientation: 6 }).png().toBuffer();
    for (const file of [tall, turned])
      expect(await sizesOf(file, 'grid-2x2')).toEqual([
        [102, 1_024],
        ...Array<number[]>(5).fill([512, 1_024]),
      ]);
  });

  it('shows detail that is lost in the whole', async () => {
    const { views } = await decodeWithSharp(await strip(10_000, 1_000), {
      cropPolicy: 'grid-2x2',
      maxPixels: 1e8,
    });
    const [whole, crop] = await Promise.all(
      views.slice(0, 2).map(async ({ picture }) => (await sharp(picture).stats()).channels[0]!.stdev),
    );
    // Columns in black and white differ by 127 from their mean; what is smaller than a pixel is grey.
    expect(crop).toBeGreaterThan(60);
    expect(whole).toBeLessThan(20);
  });

  it('reaches the model once without crops, and is not enlarged', async () => {
    expect(await sizesOf(await strip(10_000, 1_000), 'none')).toEqual([[1_024, 102]]);
    expect(await sizesOf(await strip(600, 150), 'grid-2x2')).toEqual([
      [600, 150],
      ...Array<number[]>(4).fill([150, 150]),
    ]);
    expect(await sizesOf(await strip(30_000, 10), 'grid-3x3')).toEqual([[1_024, 1]]);
  });
});

it('of 4:3 reaches the model in quarters of 1,024 pixels, as the whole does', async () => {
  expect(await sizesOf(await strip(4_000, 3_000), 'grid-2x2')).toEqual(Array<number[]>(5).fill([1_024, 768]));
});

describe('with adaptive crops', () => {
  /** A flat picture, with noise in some parts of it as squares of 300 pixels a side. */
  const withBoards = async (
    width: number,
    height: number,
    ...places: readonly (readonly [number, number])[]
  ) => {
    const background = { r: 90, g: 140, b: 200 };
    // Squares of 20 pixels are seen on the small copy, and are the same in every run.
    const board = Buffer.from(
      Array.from(
        { length: 300 * 300 },
        (_, i) => ((Math.floor((i % 300) / 20) + Math.floor(i / 6_000)) % 2) * 190 + 30,
      ),
    );
    const busy = await sharp(board, { raw: { width: 300, height: 300, channels: 1 } })
      .png()
      .toBuffer();
    return sharp({ create: { width, height, channels: 3, background } })
      .composite(places.map(([left, top]) => ({ input: busy, left, top })))
      .jpeg({ quality: 90 })
      .toBuffer();
  };
  const boxesOf = async (file: Uint8Array) => {
    const { views } = await decodeWithSharp(file, { cropPolicy: 'adaptive', maxPixels: 1e8 });
    return views.map(({ view: { box } }) => [box!.left, box!.top, box!.width, box!.height]);
  };

  it('a flat picture gets the whole alone', async () => {
    expect(await boxesOf(await withBoards(800, 600))).toEqual([[0, 0, 800, 600]]);
  });

  it('a picture gets views where it is busy', async () => {
    expect(await boxesOf(await withBoards(1_200, 1_200, [50, 50], [100, 850]))).toEqual([
      [0, 0, 1_200, 1_200],
      [0, 0, 600, 600],
      [0, 600, 600, 600],
    ]);
    // Quarters would cut it in four.
    expect(await boxesOf(await withBoards(1_200, 1_200, [450, 450]))).toEqual([
      [0, 0, 1_200, 1_200],
      [300, 300, 600, 600],
    ]);
  });

  it('a busy picture gets its quarters', async () => {
    const corners = [0, 300].flatMap((left) => [0, 300].map((top) => [left, top] as const));
    expect(await boxesOf(await withBoards(600, 600, ...corners))).toHaveLength(5);
  });

  it('a long picture gets the parts that have something to see', async () => {
    expect(await boxesOf(await withBoards(4_000, 1_000, [3_300, 300]))).toEqual([
      [0, 0, 4_000, 1_000],
      [3_000, 0, 1_000, 1_000],
    ]);
  });

  it('a picture in grey, and one with transparency, are measured alike', async () => {
    const colour = await withBoards(800, 800, [50, 50]);
    const grey = await sharp(colour).greyscale().png().toBuffer();
    const clear = await sharp(colour).ensureAlpha(0.9).png().toBuffer();
    const expected = [
      [0, 0, 800, 800],
      [0, 0, 400, 400],
    ];
    expect(await Promise.all([colour, grey, clear].map(boxesOf))).toEqual([expected, expected, expected]);
  });
});
