import sharp from 'sharp';
import { expect, it } from 'vitest';
import { tiffHead } from '../../../lib/vision/tiff-head.ts';

const profile = (await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
  .withIccProfile('p3')
  .png()
  .toBuffer()
  .then((png) => sharp(png).metadata())
  .then(({ icc }) => icc))!;

/** As wide as one row of a strip, and in several strips. */
it.each([
  [1, 1],
  [7, 5],
  [300_000, 2],
  [1_001, 999],
])('%d x %d pixels after it are a TIFF with a profile', async (width, height) => {
  const pixels = Buffer.alloc(4 * width * height);
  for (let i = 0; i < pixels.length; i += 1) pixels[i] = i % 251;
  const file = Buffer.concat([tiffHead(width, height, profile), pixels]);
  expect(await sharp(file).metadata()).toMatchObject({
    format: 'tiff',
    width,
    height,
    channels: 4,
    depth: 'uchar',
    icc: profile,
  });
  const read = await sharp(file, { ignoreIcc: true }).raw().toBuffer();
  expect(read.equals(pixels)).toBe(true);
});
