import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { GlossError } from '../../../lib/domain/errors.ts';
import { firstPictureOf, MAX_SCANS } from '../../../lib/vision/first-picture.ts';
import { countScans } from '../../../lib/vision/jpeg-scans.ts';
import { withFirstPage } from '../../../lib/vision/tiff-pages.ts';
import { withFirstFrames } from '../../../lib/vision/webp-frames.ts';
import { progressiveJpeg } from '../../hostile/pictures/jpeg-parts.ts';
import { animatedWebp, nestedWebp, tiffOfPages } from '../../hostile/pictures/sequences.ts';

const plain = () => sharp({ create: { width: 64, height: 48, channels: 3, background: '#a52' } });
/** How many frames or pages libvips finds. */
const pagesOf = async (bytes: Uint8Array) => (await sharp(bytes).metadata()).pages ?? 1;

describe('scans of a JPEG', () => {
  it('are one in a baseline JPEG and ten in a progressive one of libjpeg', async () => {
    expect(countScans(await plain().jpeg().toBuffer(), 1_000)).toBe(1);
    expect(countScans(await plain().jpeg({ progressive: true }).toBuffer(), 1_000)).toBe(10);
  });

  it.each([1, 2, MAX_SCANS, 5_000])('are counted: %i', (scans) => {
    expect(countScans(progressiveJpeg({ side: 64, scans }), 10_000)).toBe(scans);
  });

  it('are not looked for behind the end, inside metadata, or in other files', async () => {
    const inner = progressiveJpeg({ side: 16, scans: 50 });
    const photo = await plain().jpeg().withMetadata().toBuffer();
    expect(countScans(Buffer.concat([photo, inner]), 100)).toBe(1);
    expect(countScans(await plain().png().toBuffer(), 100)).toBe(0);
  });

  // libjpeg-turbo, jdmarker.c: skip_variable and get_interesting_appn skip what a length leaves above two, next_marker any byte.
  it.each([
    ['an APP12 of no length', [0xff, 0xec, 0, 0]],
    ['a comment of length one', [0xff, 0xfe, 0, 1]],
    ['a DNL of no length', [0xff, 0xdc, 0, 0]],
    ['bytes that belong to nothing', [0x00, 0x41, 0xff, 0x01]],
    ['fill bytes', [0xff, 0xff, 0xff]],
  ])('are counted behind %s', async (_, bytes) => {
    const file = progressiveJpeg({ side: 64, scans: 30 });
    const disguise = Buffer.concat([file.subarray(0, 2), Buffer.from(bytes), file.subarray(2)]);
    expect(countScans(disguise, 100)).toBe(30);
    expect(
      (await sharp(disguise, { failOn: 'none' }).raw().toBuffer({ resolveWithObject: true })).info.width,
    ).toBe(64);
  });

  // jdmarker.c: jpeg_resync_to_restart passes over markers below SOF0 without a length.
  it('are counted where a marker inside a scan claims to be a long segment', () => {
    const file = progressiveJpeg({ side: 64, scans: 30 });
    const data = file.indexOf(Buffer.from([0xff, 0xda])) + 10;
    const marker = Buffer.from([0xff, 0x02, 0xff, 0xff]);
    expect(countScans(Buffer.concat([file.subarray(0, data), marker, file.subarray(data)]), 100)).toBe(30);
  });

  it('are refused when they are too many, and an ordinary picture is not', () => {
    expect(() => firstPictureOf(progressiveJpeg({ side: 64, scans: MAX_SCANS }))).not.toThrow();
    expect(() => firstPictureOf(progressiveJpeg({ side: 64, scans: MAX_SCANS + 1 }))).toThrow(
      expect.objectContaining({ kind: 'too_large', code: 'too_many_scans' }),
    );
  });
});

describe('of an animated WebP', () => {
  it('the first frame is kept, and what is no frame', async () => {
    const [one, three] = [await animatedWebp(1), await animatedWebp(3)];
    expect(await pagesOf(three)).toBe(3);
    expect(Buffer.from(withFirstFrames(three, 1)).equals(one)).toBe(true);
    const exif = Buffer.concat([Buffer.from('EXIF\x04\0\0\0abcd', 'latin1')]);
    expect(
      Buffer.from(withFirstFrames(Buffer.concat([three, exif]), 1))
        .subarray(-12)
        .equals(exif),
    ).toBe(true);
  });

  it('the first frame is what libvips shows of the whole', async () => {
    const file = await animatedWebp(3);
    const shown = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();
    expect((await shown(withFirstFrames(file, 1))).equals(await shown(file))).toBe(true);
  });

  it('no frame stays that hides inside the first', async () => {
    const file = await nestedWebp(50);
    expect(await pagesOf(file)).toBe(50);
    expect(await pagesOf(withFirstFrames(file, 1)).catch(() => 1)).toBe(1);
  });

  it('100,000 frames are gone through at once', async () => {
    expect(await pagesOf(withFirstFrames(await animatedWebp(100_000), 1))).toBe(1);
  });
});

describe('of a TIFF', () => {
  it.each(['II', 'MM'] as const)('the first page is kept (%s)', async (order) => {
    const file = tiffOfPages(3, order);
    expect(await pagesOf(file)).toBe(3);
    expect(await pagesOf(withFirstPage(file))).toBe(1);
    expect(withFirstPage(tiffOfPages(1, order))).toEqual(tiffOfPages(1, order));
  });
});

describe('any bytes', () => {
  const heads = [
    '',
    '\xff\xd8',
    'RIFF\x10\0\0\0WEBP',
    'II*\0\x08\0\0\0',
    'MM\0*\0\0\0\x08',
    'II+\0\x08\0\0\0',
  ];
  const anyFile = fc
    .tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 400 }))
    .map(([head, rest]) => Buffer.concat([Buffer.from(head, 'latin1'), rest]));

  it('that begin as frames and pages are left alone, and what comes back is a copy', async () => {
    for (const file of [await animatedWebp(3), tiffOfPages(3)]) {
      const before = Buffer.from(file);
      expect(firstPictureOf(file)).not.toBe(file);
      expect(file.equals(before)).toBe(true);
    }
  });

  it('are refused by a GlossError, or come back no longer than they were', () => {
    fc.assert(
      fc.property(anyFile, (bytes) => {
        const before = Buffer.from(bytes);
        try {
          expect(firstPictureOf(bytes).length).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(GlossError);
        }
        expect(bytes.equals(before)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('of an ordinary picture come back as they are, broken or not', async () => {
    const files = await Promise.all([
      plain().jpeg({ progressive: true }).toBuffer(),
      plain().png().toBuffer(),
      plain().gif().toBuffer(),
      plain().webp().toBuffer(),
      plain().tiff().toBuffer(),
    ]);
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.double({ min: 0, max: 1, noNaN: true }), (file, part) => {
        const cut = file.subarray(0, Math.ceil(file.length * part));
        expect(firstPictureOf(cut)).toBe(cut);
      }),
    );
  });
});
