import { describe, expect, it } from 'vitest';
import { DecodeAnswer } from '../../../lib/adapters/decode-protocol.ts';
import { decodeWithSharp } from '../../../lib/adapters/sharp-decode.ts';
import { iptcSegment, pictureWith, xmpOf, xmpPacket } from '../../support/file-words.ts';
import { randomOf } from '../../support/random.ts';
import { segment } from './jpeg-parts.ts';
import { intoJpeg } from './metadata.ts';

/** Whatever a file says of itself, its picture is decoded, and what is kept of it is bounded. */

const WISH = { cropPolicy: 'none' as const, maxPixels: 10_000 };
const MAX_TEXT_BYTES = 64 * 1024;
const XMP = 'http://ns.adobe.com/xap/1.0/\0';

async function writtenIn(picture: Uint8Array) {
  const { facts, views, written } = await decodeWithSharp(picture, WISH);
  expect([facts.widthPx, facts.heightPx, views.length]).toEqual([64, 48, 1]);
  const texts = [...(written.keywords ?? []), written.title ?? '', written.description ?? ''];
  expect(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)).toBeLessThanOrEqual(MAX_TEXT_BYTES);
  for (const text of texts) expect(text).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/u);
  for (const text of texts) expect(text.isWellFormed()).toBe(true);
  const shown = views.map(({ view }) => ({ view, picture: '', thumbnail: '' }));
  expect(DecodeAnswer.parse({ facts, views: shown, written })).toMatchObject({ written });
  return written;
}

const withXmp = async (xmp: string | Buffer) =>
  intoJpeg(
    await pictureWith({}),
    segment(
      0xe1,
      Buffer.concat([Buffer.from(XMP, 'latin1'), typeof xmp === 'string' ? Buffer.from(xmp) : xmp]),
    ),
  );
const withExif = async (exif: Buffer) =>
  intoJpeg(await pictureWith({}), segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif])));

/** Little-endian EXIF with entries of 12 bytes: tag, type, count, value or offset. Source: EXIF 2.32, 4.6.2. */
function exifOf(
  entries: readonly (readonly [tag: number, type: number, count: number, value: number])[],
  next = 0,
) {
  const bytes = Buffer.alloc(10 + entries.length * 12 + 4);
  bytes.write('II*\0', 0, 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(entries.length, 8);
  for (const [i, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + i * 12;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(count, at + 4);
    bytes.writeUInt32LE(value, at + 8);
  }
  bytes.writeUInt32LE(next, 10 + entries.length * 12);
  return bytes;
}
const IMAGE_DESCRIPTION = 0x010e;
const EXIF_IFD = 0x8769;
const XP_KEYWORDS = 0x9c9e;

describe('XMP', () => {
  it('with entities that multiply is left out', async () => {
    const entities = Array.from(
      { length: 20 },
      (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`,
    ).join('');
    const bomb = `<!DOCTYPE x [<!ENTITY e0 "lol">${entities}]>${xmpOf({ keywords: ['KEY'] }).replace('KEY', '&e20;')}`;
    const { keywords = [] } = await writtenIn(await withXmp(bomb));
    expect(keywords.join(' ')).not.toContain('lol');
  });

  it('that names a file of the machine shows nothing of it', async () => {
    const xml = `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${xmpOf({ title: 'T' }).replace('>T<', '>&f;<')}`;
    expect(JSON.stringify(await writtenIn(await withXmp(xml)))).not.toContain('root');
  });

  it.each([
    ['deep elements', xmpPacket('<dc:a>'.repeat(4_000) + '</dc:a>'.repeat(4_000))],
    ['many elements', xmpPacket('<dc:subject/>'.repeat(4_000))],
    [
      'many attributes',
      xmpPacket('').replace('rdf:about=""', Array.from({ length: 3_000 }, (_, i) => `dc:a${i}=""`).join(' ')),
    ],
    ['an unclosed comment', xmpPacket('<!--'.repeat(10_000))],
    ['no end', xmpOf({ title: 'x' }).slice(0, 400)],
    ['no beginning', xmpOf({ title: 'x' }).slice(100)],
    [
      'a title that is a structure',
      xmpPacket('<dc:title rdf:parseType="Resource"><dc:title>x</dc:title></dc:title>'),
    ],
    [
      'keywords in keywords',
      xmpPacket(
        '<dc:subject><rdf:Bag><rdf:li><rdf:Bag><rdf:li>x</rdf:li></rdf:Bag></rdf:li></rdf:Bag></dc:subject>',
      ),
    ],
    [
      'names of prototypes',
      xmpPacket(
        '<dc:__proto__><rdf:Bag><rdf:li>x</rdf:li></rdf:Bag></dc:__proto__><dc:constructor>x</dc:constructor>',
      ),
    ],
    ['nothing', ''],
    ['spaces', ' '.repeat(60_000)],
  ])('with %s harms nobody', async (_, xmp) => {
    expect(await writtenIn(await withXmp(xmp))).toEqual(expect.any(Object));
    expect(({} as { value?: unknown }).value).toBeUndefined();
  });

  it('of bytes that are no UTF-8 harms nobody', async () => {
    await writtenIn(
      await withXmp(Buffer.from(xmpOf({ title: 'Caf\u00E9', keywords: ['\u00FF\u00FE'] }), 'latin1')),
    );
    await writtenIn(await withXmp(Buffer.from(xmpOf({ title: 'x' }), 'utf16le')));
  });

  it('of more than 64 KB is not read', async () => {
    const xmp = xmpOf({ title: 'kept', description: 'x'.repeat(100_000) });
    expect(await writtenIn(await pictureWith({ format: 'png', xmp }))).toEqual({});
  });

  it('with thousands of keywords gives two hundred', async () => {
    const keywords = Array.from({ length: 2_000 }, (_, i) => `k${i}`);
    expect((await writtenIn(await withXmp(xmpOf({ keywords })))).keywords).toEqual(keywords.slice(0, 200));
  });

  it('gives up what does not fit into 64 KB, the description first', async () => {
    const long = '語'.repeat(200);
    const keywords = Array.from({ length: 95 }, (_, i) => `${i}${long}`.slice(0, 200));
    const iptc = [[120, 'x'.repeat(20_000)]] as const;
    const written = await writtenIn(await pictureWith({ xmp: xmpOf({ keywords }), iptc }));
    expect(written).toEqual({ keywords });
  });
});

describe('IPTC', () => {
  const whole = iptcSegment([
    [25, 'boat'],
    [120, 'c'.repeat(2_000)],
  ]);

  it('that is cut anywhere harms nobody', async () => {
    const jpeg = await pictureWith({});
    for (const end of [5, 20, 30, 40, 50, 60, 300]) {
      const cut = Buffer.from(whole.subarray(0, end));
      cut.writeUInt16BE(end - 2, 2);
      await writtenIn(intoJpeg(jpeg, cut));
    }
  });

  it('with control signs and halves of characters is cleaned', async () => {
    const iptc = [
      [25, 'a\0b\u0007c'],
      [5, `${'x'.repeat(1_999)}😀`],
    ] as const;
    const { keywords, title } = await writtenIn(await pictureWith({ iptc }));
    expect([keywords, title?.length]).toEqual([['a b c'], 2_000]);
  });
});

describe('EXIF', () => {
  it.each([
    ['a text longer than the file', exifOf([[IMAGE_DESCRIPTION, 2, 0xffff_ffff, 8]])],
    ['a text outside of the file', exifOf([[IMAGE_DESCRIPTION, 2, 100, 0xffff_fff0]])],
    ['a text that is numbers', exifOf([[IMAGE_DESCRIPTION, 5, 2, 0]])],
    ['a type that does not exist', exifOf([[IMAGE_DESCRIPTION, 99, 4, 0]])],
    ['a directory that holds itself', exifOf([[EXIF_IFD, 4, 1, 8]], 8)],
    [
      'thousands of entries over all of the file',
      exifOf(Array.from({ length: 5_000 }, () => [XP_KEYWORDS, 1, 60_000, 8] as const)),
    ],
    ['half a keyword', exifOf([[XP_KEYWORDS, 1, 3, 0x00d8_0041]])],
    ['no directory', Buffer.from('II*\0', 'latin1')],
    ['another byte order', Buffer.from('XX*\0\x08\0\0\0', 'latin1')],
  ])('with %s harms nobody', async (_, exif) => {
    await writtenIn(await withExif(exif));
  });
});

it('of random bytes harms nobody', async () => {
  const jpeg = await pictureWith({});
  const random = randomOf(99);
  for (let run = 0; run < 60; run += 1) {
    const noise = Buffer.from(Array.from({ length: random.below(400) }, () => random.below(256)));
    const valid = Buffer.from(xmpOf({ keywords: ['a', 'b'], title: 'title' }));
    const spoilt = Buffer.from(valid);
    for (let i = 0; i < 5; i += 1) spoilt[random.below(spoilt.length)] = random.below(256);
    await writtenIn(
      intoJpeg(
        jpeg,
        segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0II*\0\x08\0\0\0', 'latin1'), noise])),
        segment(0xed, Buffer.concat([Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0', 'latin1'), noise])),
        segment(0xe1, Buffer.concat([Buffer.from(XMP, 'latin1'), spoilt])),
      ),
    );
  }
});
