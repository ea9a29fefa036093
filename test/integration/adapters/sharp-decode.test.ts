import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeWithSharp } from '../../../lib/adapters/sharp-decode.ts';
import { drawing } from '../../hostile/pictures/drawings.ts';
import { randomOf } from '../../support/random.ts';

const wish = { cropPolicy: 'none' as const, maxPixels: 1e8 };
const image = (name: string) => readFileSync(new URL(`../../fixtures/images/${name}`, import.meta.url));

describe('a format that is not read', () => {
  it('is named', async () => {
    await expect(decodeWithSharp(image('external-reference.svg'), wish)).rejects.toMatchObject({
      kind: 'unsupported',
      code: 'format_not_read',
      message: 'SVG pictures are not read; convert them to JPEG, or send PNG, WebP, GIF, AVIF or TIFF',
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
