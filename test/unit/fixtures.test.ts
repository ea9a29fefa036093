import { readdirSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const image = (name: string): Buffer => readFileSync(at(`test/fixtures/images/${name}`));

describe('broken images', () => {
  test('truncated.jpg has a sound header and half a picture', async () => {
    const bytes = image('truncated.jpg');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 451, height: 300 });
    await expect(sharp(bytes).toBuffer()).rejects.toThrow(/premature end/);
    const raw = await sharp(bytes, { failOn: 'none' }).raw().toBuffer();
    const rowBytes = 451 * 3;
    expect(new Set(raw.subarray(0, rowBytes)).size).toBeGreaterThan(10);
    expect(new Set(raw.subarray(-rowBytes)).size).toBe(1);
  });

  test('huge-dimensions.png claims 900 megapixels in a few bytes, and the default limit stops it', async () => {
    const bytes = image('huge-dimensions.png');
    expect(bytes.length).toBeLessThan(4096);
    await expect(sharp(bytes).metadata()).rejects.toThrow(/pixel limit/);
    const metadata = await sharp(bytes, { limitInputPixels: false }).metadata();
    expect(metadata).toMatchObject({ format: 'png', width: 30_000, height: 30_000 });
  });

  test.each(['not-an-image.jpg', 'zip-named.jpg'])('%s is no image', async (name) => {
    await expect(sharp(image(name)).metadata()).rejects.toThrow(/unsupported image format/);
  });

  test('empty.jpg has no bytes, which sharp refuses before it gives a promise', () => {
    expect(image('empty.jpg')).toHaveLength(0);
    expect(() => sharp(image('empty.jpg'))).toThrow(/empty/);
  });

  test('the others are text and a zip archive', () => {
    expect(image('not-an-image.jpg').toString('latin1')).toMatch(/^[\x20-\x7e\n]+$/);
    expect(image('zip-named.jpg').subarray(0, 4)).toEqual(Buffer.from('PK\x03\x04', 'latin1'));
  });

  test('external-reference.svg names a local port and a file, and draws neither', async () => {
    const bytes = image('external-reference.svg');
    expect(bytes.toString()).toContain('href="http://127.0.0.1:9/x.png"');
    expect(bytes.toString()).toContain('<!ENTITY machine "file:///etc/hostname">');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'svg', width: 40, height: 30 });
    expect(await coloursOf(bytes)).toEqual(['0,255,0']);
  });
});

describe('odd images', () => {
  test.each([
    ['one-pixel.png', { format: 'png', width: 1, height: 1 }],
    ['cmyk.jpg', { format: 'jpeg', space: 'cmyk', channels: 4 }],
    ['sixteen-bit.png', { format: 'png', space: 'rgb16', depth: 'ushort' }],
    ['animated.gif', { format: 'gif', pages: 3, width: 32, height: 24 }],
    ['rotated.jpg', { format: 'jpeg', width: 60, height: 40, orientation: 6 }],
    ['scene.avif', { format: 'heif', compression: 'av1', width: 160, height: 120 }],
    ['small.webp', { format: 'webp', width: 160, height: 120 }],
    ['grey.jpg', { format: 'jpeg', space: 'b-w', channels: 1 }],
    ['transparent.png', { format: 'png', hasAlpha: true }],
  ])('%s', async (name, expected) => {
    const bytes = image(name);
    expect(await sharp(bytes).metadata()).toMatchObject(expected);
    await expect(sharp(bytes).toBuffer()).resolves.not.toHaveLength(0);
  });

  test('rotated.jpg is red above blue when upright', async () => {
    const upright = await sharp(image('rotated.jpg')).autoOrient().png().toBuffer();
    expect(await sharp(upright).metadata()).toMatchObject({ width: 40, height: 60 });
    for (const [top, channel] of [
      [5, 0],
      [45, 2],
    ] as const) {
      const part = await sharp(upright).extract({ left: 5, top, width: 30, height: 10 }).raw().toBuffer();
      expect(part[channel]).toBeGreaterThan(240);
      expect(part[2 - channel]).toBeLessThan(15);
    }
  });

  test('sixteen-bit.png uses more levels than 8 bits have', async () => {
    const raw = await sharp(image('sixteen-bit.png'))
      .toColourspace('rgb16')
      .raw({ depth: 'ushort' })
      .toBuffer();
    const samples = new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2);
    expect(samples.some((sample) => sample % 257 !== 0)).toBe(true);
  });

  test('transparent.png is empty in its corners and red in the middle', async () => {
    const raw = await sharp(image('transparent.png')).raw().toBuffer();
    expect([...raw.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    const middle = (32 * 64 + 32) * 4;
    expect([...raw.subarray(middle, middle + 4)]).toEqual([255, 0, 0, 255]);
  });
});

describe.each(['test/fixtures/samples/', 'infra/local/samples/'])('photos of %s', (path) => {
  const folder = at(path);
  const photos = readdirSync(folder).filter((name) => name.endsWith('.jpg'));

  test('each has its line in SOURCES.md', () => {
    const lines = readFileSync(new URL('SOURCES.md', folder), 'utf8').matchAll(/^\| (\S+\.jpg) \|/gm);
    expect([...lines].map(([, name]) => name)).toEqual(photos.toSorted());
    expect(photos.length).toBeGreaterThanOrEqual(10);
  });

  test.each(photos)('%s is a small colour photo without metadata', async (name) => {
    const metadata = await sharp(readFileSync(new URL(name, folder))).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', space: 'srgb', channels: 3 });
    expect(Math.max(metadata.width, metadata.height)).toBeLessThanOrEqual(1280);
    expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

async function coloursOf(bytes: Buffer): Promise<string[]> {
  const raw = await sharp(bytes).removeAlpha().raw().toBuffer();
  const colours = new Set<string>();
  for (let i = 0; i < raw.length; i += 3) colours.add(raw.subarray(i, i + 3).join());
  return [...colours];
}
