import { describe, expect, it } from 'vitest';
import { decodeWithSharp } from '../../../lib/adapters/sharp-decode.ts';
import { pictureWith, xmpOf, xmpPacket } from '../../support/file-words.ts';

const WISH = { cropPolicy: 'none' as const, maxPixels: 10_000 };
const writtenIn = async (...file: Parameters<typeof pictureWith>) =>
  (await decodeWithSharp(await pictureWith(...file), WISH)).written;

describe('what people wrote into a file', () => {
  const harbour = { keywords: ['seagull', 'Ærø & Fyn'], title: 'Old harbour', description: 'Boats at dawn.' };

  it.each(['jpeg', 'png', 'webp', 'avif', 'tiff'] as const)('is read from XMP in %s', async (format) => {
    expect(await writtenIn({ format, xmp: xmpOf(harbour) })).toEqual(harbour);
  });

  it('is read from IPTC', async () => {
    const iptc = [
      [25, 'sailing boat'],
      [25, 'Möwe'],
      [5, 'Hafen'],
      [105, 'A headline'],
      [120, 'Boote am Morgen.'],
    ] as const;
    expect(await writtenIn({ iptc })).toEqual({
      keywords: ['sailing boat', 'Möwe'],
      title: 'Hafen. A headline',
      description: 'Boote am Morgen.',
    });
  });

  it('is read from EXIF', async () => {
    expect(await writtenIn({ exif: { IFD0: { ImageDescription: 'Boats at dawn.' } } })).toEqual({
      description: 'Boats at dawn.',
    });
  });

  it('is said once where several parts of the file say it', async () => {
    const iptc = [
      [25, 'seagull'],
      [5, 'Old harbour'],
      [105, 'Old harbour'],
    ] as const;
    expect(await writtenIn({ xmp: xmpOf({ keywords: ['seagull', 'boat'] }), iptc })).toEqual({
      keywords: ['seagull', 'boat'],
      title: 'Old harbour',
    });
  });

  it('has the parts of a hierarchy, and one keyword alone', async () => {
    const xmp = xmpPacket(
      '<dc:subject><rdf:Bag><rdf:li>gull</rdf:li></rdf:Bag></dc:subject>' +
        '<lr:hierarchicalSubject><rdf:Bag><rdf:li>animal|bird|gull</rdf:li></rdf:Bag></lr:hierarchicalSubject>',
    );
    expect(await writtenIn({ xmp })).toEqual({ keywords: ['gull', 'animal', 'bird'] });
  });

  it('is nothing of what cameras write', async () => {
    for (const ImageDescription of [
      'OLYMPUS DIGITAL CAMERA',
      'SONY DSC',
      '          ',
      'KODAK Digital Still Camera',
    ])
      expect(await writtenIn({ exif: { IFD0: { ImageDescription } } })).toEqual({});
  });

  it('is nothing where there is nothing', async () => expect(await writtenIn({})).toEqual({}));
});
