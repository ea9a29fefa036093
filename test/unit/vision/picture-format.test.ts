import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../lib/vision/picture-format.ts';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/images/${name}`, import.meta.url));
const written = (format: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'tiff') =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: '#a52' } })
    .toFormat(format)
    .toBuffer();
const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('the format of a file, by its first bytes', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const)('is %s', async (format) => {
    expect(formatOf(await written(format))).toBe(format);
  });

  it.each([
    ['tiff', bytes('MM\0*\0\0\0\x08')],
    ['tiff', bytes('II+\0\x08\0\0\0')],
    ['gif', bytes('GIF87a\x01\0\x01\0')],
    ['avif', fixture('scene.avif')],
    // ISO/IEC 23000-22, 7.2: a brand for any coding may come first.
    ['avif', bytes('\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf')],
    ['avif', bytes('\0\0\0\x18ftypavis\0\0\0\0avismsf1')],
    ['heic', bytes('\0\0\0\x18ftypheic\0\0\0\0mif1heic')],
    ['svg', fixture('external-reference.svg')],
    ['svg', Buffer.from('\uFEFF <svg>')],
    ['svg', bytes('\n<?xml version="1.0"?>')],
    ['pdf', bytes('%PDF-1.7\n')],
    ['bmp', bytes('BM\x46\0\0\0\0\0\0\0\x36\0\0\0')],
    ['jxl', bytes('\xff\x0a\xfa\x7f')],
  ])('is %s', (format, file) => {
    expect(formatOf(file)).toBe(format);
  });

  it.each([
    ['nothing', bytes('')],
    ['a page', bytes('<!doctype html>')],
    ['a packed SVG', gzipSync('<svg/>')],
    ['an archive', fixture('zip-named.jpg')],
    ['a RIFF of sound', bytes('RIFF\x10\0\0\0WAVE')],
    ['a video', bytes('\0\0\0\x18ftypisom\0\0\0\0isommp41')],
    ['a signature that is cut off', bytes('\x89PNG\r\n')],
    ['a signature further on', bytes('\0\xff\xd8\xff')],
  ])('is not known of %s', (_, file) => {
    expect(formatOf(file)).toBeUndefined();
  });
});
