import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeWithSharp } from '../../../lib/adapters/sharp-decode.ts';

/** Formats that libvips does not read, and kinds of those that it does. */

const image = (name: string) => readFileSync(new URL(`../../fixtures/images/${name}`, import.meta.url));
const decode = (file: Uint8Array, maxPixels = 1e8) =>
  decodeWithSharp(file, { cropPolicy: 'none', maxPixels });
async function pixelAt(file: Uint8Array, x: number, y: number): Promise<number[]> {
  const { views } = await decode(file);
  const { data, info } = await sharp(views[0]!.picture).raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray(3 * (y * info.width + x), 3 * (y * info.width + x) + 3)];
}
const near = (colour: readonly number[], than = 12) =>
  colour.map((value) => expect.closeTo(value, -Math.log10(2 * than)) as number);

describe.each(['heic', 'jxl', 'bmp'])('a %s', (format) => {
  const file = image(`scene.${format}`);

  it('shows what it was made of', async () => {
    expect((await decode(file)).facts).toEqual({ format, widthPx: 160, heightPx: 120 });
    // test/fixtures/make-images.ts: sky, grass and a square.
    expect(await pixelAt(file, 20, 20)).toEqual(near([0x4a, 0x90, 0xd9]));
    expect(await pixelAt(file, 20, 100)).toEqual(near([0x3c, 0x8d, 0x2f]));
    expect(await pixelAt(file, 80, 60)).toEqual(near([0xdd, 0x22, 0x22]));
  });

  it('is refused for its size before it is unpacked', async () => {
    await expect(decode(file, 19_199)).rejects.toMatchObject({ kind: 'too_large', code: 'too_many_pixels' });
    expect((await decode(file, 19_200)).facts.widthPx).toBe(160);
  });

  it('that is damaged is refused', async () => {
    await expect(decode(file.subarray(0, file.length / 2))).rejects.toMatchObject({
      kind: 'corrupt',
      code: 'unreadable',
    });
  });
});

describe('the profile of a HEIC', () => {
  it('is applied: Display P3, as phones write it', async () => {
    const wide = image('wide.heic');
    expect((await decode(wide)).facts).toEqual({ format: 'heic', widthPx: 160, heightPx: 120 });
    // Its bytes are those of other colours: 91, 142, 211 and so on.
    expect(await pixelAt(wide, 20, 20)).toEqual(near([0x4a, 0x90, 0xd9], 4));
    expect(await pixelAt(wide, 20, 100)).toEqual(near([0x3c, 0x8d, 0x2f], 4));
    expect(await pixelAt(wide, 80, 60)).toEqual(near([0xdd, 0x22, 0x22], 4));
  });

  it('that is damaged is passed over', async () => {
    const damaged = Buffer.from(image('wide.heic'));
    const at = damaged.indexOf('acsp');
    expect(at).toBeGreaterThan(0);
    damaged.fill(0xff, at, at + 300);
    expect(await pixelAt(damaged, 20, 20)).toEqual(near([91, 142, 211]));
  });
});

describe('the profile of a picture of 16 bits', () => {
  const colour = [0xb4, 0x50, 0x32] as const;
  const plain = sharp({
    create: { width: 64, height: 64, channels: 3, background: `rgb(${colour.join(',')})` },
  });
  it.each(['p3', 'srgb'])('is applied once: %s', async (profile) => {
    const file = await plain.clone().toColourspace('rgb16').withIccProfile(profile).png().toBuffer();
    expect(await sharp(file).metadata()).toMatchObject({ depth: 'ushort', hasProfile: true });
    expect(await pixelAt(file, 20, 20)).toEqual(near(colour, 4));
  });
});

describe('what people wrote', () => {
  it.each(['written.heic', 'written.jxl'])('into %s is read', async (name) => {
    expect((await decode(image(name))).written).toMatchObject({
      keywords: ['heron'],
      camera: 'Canon EOS R5',
    });
  });
});
