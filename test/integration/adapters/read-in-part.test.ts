import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeWithSharp } from '../../../lib/adapters/sharp-decode.ts';
import { animatedPng } from '../../../lib/tools/formats/animated-png.ts';
import { RAW_FILES } from '../../../lib/tools/formats/raw-files.ts';
import { animatedGif, animatedWebp, tiffOfPages } from '../../hostile/pictures/sequences.ts';

/** Pictures of which a part is read, and what is said of it. */

const photo = readFileSync(new URL('../../fixtures/samples/chelsea.jpg', import.meta.url));
const decode = (file: Uint8Array) => decodeWithSharp(file, { cropPolicy: 'none', maxPixels: 1e8 });
const notesOf = async (file: Uint8Array) => (await decode(file)).facts.notes;
/** The mean of the first view, red, green, blue. */
async function colourOf(file: Uint8Array): Promise<number[]> {
  const { channels } = await sharp((await decode(file)).views[0]!.picture).stats();
  return channels.map(({ mean }) => Math.round(mean));
}
const plain = (background: string, width = 40, height = 30) =>
  sharp({ create: { width, height, channels: 3, background } });
const half = (left: string, right: string) =>
  plain(left)
    .composite([
      { input: { create: { width: 20, height: 30, channels: 3, background: right } }, left: 20, top: 0 },
    ])
    .removeAlpha();

describe('a JPEG that is cut off', () => {
  const jpegs = {
    baseline: sharp(photo).jpeg({ quality: 90 }),
    progressive: sharp(photo).jpeg({ quality: 90, progressive: true }),
    'turned, in grey': sharp(photo).greyscale().jpeg().withMetadata({ orientation: 6 }),
  };

  it.each(Object.keys(jpegs) as (keyof typeof jpegs)[])(
    'and lacks its end is read with a note: %s',
    async (kind) => {
      const whole = await jpegs[kind].toBuffer();
      expect(await notesOf(whole)).toBeUndefined();
      for (const part of [whole.length - 2, whole.length - 100, 0.9 * whole.length]) {
        const { facts } = await decode(whole.subarray(0, part));
        const { autoOrient } = await sharp(whole).metadata();
        expect(facts).toEqual({
          format: 'jpeg',
          widthPx: autoOrient.width,
          heightPx: autoOrient.height,
          notes: ['cut_off'],
        });
      }
    },
  );

  it('is refused where more of it is missing, and how much is said', async () => {
    const whole = await jpegs.baseline.toBuffer();
    await expect(decode(whole.subarray(0, whole.length / 2))).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(
        /^the JPEG is cut off: (?:[3-6]\d) % of the picture is missing$/,
      ) as unknown,
    });
  });

  it('is no other file that is cut off', async () => {
    for (const file of [
      await sharp(photo).png().toBuffer(),
      await sharp(photo).webp().toBuffer(),
      await sharp(photo).tiff().toBuffer(),
    ])
      await expect(decode(file.subarray(0, 0.9 * file.length))).rejects.toMatchObject({
        code: 'unreadable',
        message: 'the picture cannot be decoded: the file is damaged or ends too early',
      });
  });
});

describe('an animation', () => {
  const frames = (first: string) =>
    Promise.all([plain(first), plain(first), half('red', 'blue')].map((frame) => frame.png().toBuffer()));
  const animations = {
    gif: async (first: string) =>
      sharp(await frames(first), { join: { animated: true } })
        .gif()
        .toBuffer(),
    webp: async (first: string) =>
      sharp(await frames(first), { join: { animated: true } })
        .webp({ lossless: true })
        .toBuffer(),
    png: async (first: string) => animatedPng(await frames(first)),
  };

  it.each(Object.keys(animations) as (keyof typeof animations)[])(
    'that begins blank is shown by a frame with something in it: %s',
    async (format) => {
      for (const first of ['black', 'white']) {
        const file = await animations[format](first);
        const [red, green, blue] = await colourOf(file);
        expect(red).toBeGreaterThan(100);
        expect(green).toBeLessThan(30);
        expect(blue).toBeGreaterThan(100);
        expect(await decode(file)).toMatchObject({
          facts: { format, widthPx: 40, heightPx: 30, notes: ['one_of_several'] },
        });
      }
    },
  );

  it.each(['gif', 'webp', 'png'] as const)(
    'is shown by its first frame where that shows something: %s',
    async (format) => {
      const pictures = await Promise.all(
        [half('lime', 'black'), half('red', 'blue')].map((frame) => frame.png().toBuffer()),
      );
      const joined = sharp(pictures, { join: { animated: true } });
      const file =
        format === 'png'
          ? animatedPng(pictures)
          : await joined.toFormat(format, { lossless: true }).toBuffer();
      const [red, green] = await colourOf(file);
      expect([red! < 20, green! > 100]).toEqual([true, true]);
    },
  );

  it('of one colour all along is shown by its first frame', async () => {
    for (const file of [await animatedGif(100), await animatedWebp(100)])
      expect((await colourOf(file))[0]).toBeGreaterThan(200);
  });
});

describe('what has parts', () => {
  it('says so of a TIFF with pages, not of one with small copies', async () => {
    expect(await notesOf(tiffOfPages(3))).toEqual(['one_of_several']);
    expect(await notesOf(tiffOfPages(1))).toBeUndefined();
    expect(await notesOf(await sharp(photo).tiff({ pyramid: true, tile: true }).toBuffer())).toBeUndefined();
  });
});

describe('a raw file', () => {
  it.each(Object.keys(RAW_FILES) as (keyof typeof RAW_FILES)[])(
    '%s is shown by its preview',
    async (format) => {
      const preview = await half('red', 'blue').jpeg().toBuffer();
      const thumbnail = await plain('lime', 8, 6).jpeg({ quality: 1 }).toBuffer();
      const upright = RAW_FILES[format]({ preview, thumbnail });
      expect((await decode(upright)).facts).toEqual({
        format,
        widthPx: 40,
        heightPx: 30,
        notes: ['preview'],
      });
      const [red, green] = await colourOf(upright);
      expect([red! > 100, green! < 30]).toEqual([true, true]);

      const turned = RAW_FILES[format]({ preview, thumbnail, orientation: 6 });
      const { facts, views, written } = await decode(turned);
      expect(facts).toEqual({ format, widthPx: 30, heightPx: 40, notes: ['preview'] });
      const { data, info } = await sharp(views[0]!.picture).raw().toBuffer({ resolveWithObject: true });
      const isRed = (x: number, y: number) => data[(y * info.width + x) * 3]! > 127;
      // Its left half is above.
      expect([isRed(15, 5), isRed(15, 35)]).toEqual([true, false]);
      if (format !== 'dng')
        expect(written.camera).toMatch(/^(?:NIKON D850|SONY ILCE-7M3|Canon EOS 5D Mark IV)$/);
    },
  );
});
