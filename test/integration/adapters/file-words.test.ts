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

  it.each([
    ['2024:05:17 10:20:30', '2024-05-17T10:20:30'],
    ['2024:02:30 10:20:30', undefined],
    ['0000:00:00 00:00:00', undefined],
    ['    :  :     :  :  ', undefined],
    ['1755:01:01 00:00:00', undefined],
    ['yesterday', undefined],
  ])('was taken at %s: %s', async (DateTimeOriginal, takenAt) => {
    expect(await writtenIn({ exif: { IFD2: { DateTimeOriginal } } })).toEqual(
      takenAt === undefined ? {} : { takenAt },
    );
  });

  it('was taken when XMP says, where EXIF says nothing', async () => {
    const xmp = xmpPacket('<photoshop:DateCreated>1987-06-05T04:03+02:00</photoshop:DateCreated>');
    expect(await writtenIn({ xmp })).toEqual({ takenAt: '1987-06-05T04:03:00' });
  });

  it.each([
    ['Canon', 'Canon EOS R5', 'Canon EOS R5'],
    ['NIKON CORPORATION', 'NIKON D90', 'NIKON D90'],
    ['Apple', 'iPhone 13', 'Apple iPhone 13'],
  ])('was taken with %s, %s', async (Make, Model, camera) => {
    expect(await writtenIn({ exif: { IFD0: { Make, Model } } })).toEqual({ camera });
  });

  it('says where it was taken only where that is asked for', async () => {
    const IFD3 = {
      GPSLatitudeRef: 'N',
      GPSLatitude: '51/1 30/1 3230/100',
      GPSLongitudeRef: 'W',
      GPSLongitude: '0/1 7/1 4366/100',
    };
    const picture = await pictureWith({ exif: { IFD0: { Make: 'Canon' }, IFD3 } });
    expect((await decodeWithSharp(picture, WISH)).written).toEqual({ camera: 'Canon' });
    // By hand: 51 + 30/60 + 32.3/3600, and as much west: 7/60 + 43.66/3600.
    const place = {
      latitude: expect.closeTo(51.508972, 5) as number,
      longitude: expect.closeTo(-0.128794, 5) as number,
    };
    expect((await decodeWithSharp(picture, { ...WISH, readsPlace: true })).written).toEqual({
      camera: 'Canon',
      place,
    });
  });
});
