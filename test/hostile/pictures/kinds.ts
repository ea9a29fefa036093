import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { RAW_FILES } from '../../../lib/tools/formats/raw-files.ts';
import type { Random } from '../../support/random.ts';
import { drawing } from './drawings.ts';
import { disguised, progressiveJpeg, segment } from './jpeg-parts.ts';
import { exifBomb, intoJpeg, intoPng, packedChunk, pngChunk, profileSegments } from './metadata.ts';
import { animatedGif, animatedWebp, nestedWebp, tiffOfPages } from './sequences.ts';

/** Makes a hostile picture of its kind, the same one for the same random numbers. */
export type Make = (random: Random) => Buffer | Promise<Buffer>;

const FORMATS = ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const;
type Format = (typeof FORMATS)[number];

/** What the hostile ones are made of: a small photo in each format, and a progressive one. */
const photo = readFileSync(new URL('../../fixtures/samples/chelsea.jpg', import.meta.url));
const BASES = Object.fromEntries(
  await Promise.all(
    FORMATS.map(async (format) => {
      const small = sharp(photo).resize(160).withMetadata({ orientation: 6 });
      return [
        format,
        await (format === 'avif' ? small.avif({ effort: 0 }) : small.toFormat(format)).toBuffer(),
      ];
    }),
  ),
) as Readonly<Record<Format, Buffer>>;
const PROGRESSIVE = await sharp(photo).jpeg({ progressive: true }).toBuffer();
/** Of the formats that libvips does not read. */
const OTHERS = [
  ...[
    'scene.heic',
    'written.heic',
    'scene.jxl',
    'written.jxl',
    'scene.bmp',
    'bmp/masks-32.bmp',
    'bmp/palette-4.bmp',
  ].map((name) => readFileSync(new URL(`../../fixtures/images/${name}`, import.meta.url))),
  ...Object.values(RAW_FILES).map((make) => make({ preview: BASES.jpeg, orientation: 6 })),
];
const FILES = [...Object.values(BASES), PROGRESSIVE, ...OTHERS];

/** Flat pictures of up to 207 megapixels: few bytes, much to unpack. Made once. */
const flats = new Map<string, Promise<Buffer>>();
function flat(format: Format, width: number, height: number, channels: 3 | 4): Promise<Buffer> {
  const name = `${format} ${width} ${height} ${channels}`;
  const made = flats.get(name) ?? flatOf(format, width, height, channels);
  flats.set(name, made);
  return made;
}
async function flatOf(format: Format, width: number, height: number, channels: 3 | 4): Promise<Buffer> {
  const background = { r: 40, g: 90, b: 160, alpha: 0.5 };
  const picture = sharp({ create: { width, height, channels, background }, limitInputPixels: false });
  switch (format) {
    case 'avif':
      return picture.avif({ effort: 0, quality: 20 }).toBuffer();
    case 'webp':
      return picture.webp({ lossless: true, effort: 0 }).toBuffer();
    case 'tiff':
      return picture.tiff({ compression: 'deflate', tile: channels === 4 }).toBuffer();
    case 'gif':
      return picture.gif({ effort: 1, colours: 2 }).toBuffer();
    case 'jpeg':
    case 'png':
      return picture.toFormat(format).toBuffer();
  }
}

/** A PNG that claims any size and colour type, and holds zeros for so many rows, in seven passes if it is interlaced. */
function claimedPng(
  width: number,
  height: number,
  depth: number,
  colour: number,
  { rows, interlaced = false }: { readonly rows: number; readonly interlaced?: boolean },
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = depth;
  header[9] = colour;
  header[12] = interlaced ? 1 : 0;
  const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colour] ?? 1;
  const row = 1 + Math.ceil((width * depth * samples) / 8);
  const ofPasses = interlaced ? 2 * rows : 0; // each row of a pass begins with a byte of its own
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    ...(colour === 3 ? [pngChunk('PLTE', Buffer.alloc(6))] : []),
    pngChunk('IDAT', deflateSync(Buffer.alloc(Math.min(row * rows + ofPasses, 2 ** 30)), { level: 1 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A BMP in runs, or not, that claims to be a square of any side. */
function claimedBmp(side: number, bits: number): Buffer {
  const head = Buffer.alloc(54 + 1_024 + 20_000);
  head.write('BM', 'latin1');
  head.writeUInt32LE(54 + 1_024, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(side, 18);
  head.writeInt32LE(side, 22);
  head.writeUInt16LE(bits, 28);
  head.writeUInt32LE(bits === 8 ? 1 : 0, 30);
  head.fill(Buffer.from([255, 7, 0, 2, 255, 255]), 54 + 1_024);
  return head;
}

function flipped(file: Buffer, random: Random): Buffer {
  const bytes = Buffer.from(file);
  for (let i = 1 + random.below(40); i > 0; i -= 1) {
    // Most faults go where headers are.
    const at = random.chance(0.5) ? random.below(Math.min(400, bytes.length)) : random.below(bytes.length);
    bytes[at] = bytes[at]! ^ (1 << random.below(8));
  }
  return bytes;
}

/** Sets a number somewhere in the head to what overflows most easily. */
function inflated(file: Buffer, random: Random): Buffer {
  const bytes = Buffer.from(file);
  const at = random.below(Math.min(600, bytes.length - 4));
  const value = random.pick([0, 1, 0x7fff, 0xffff, 0x7fff_ffff, 0xffff_ffff, 0x8000_0000]);
  if (random.chance(0.5)) bytes.writeUInt32BE(value, at);
  else bytes.writeUInt16LE(value & 0xffff, at);
  return bytes;
}

const noise = (random: Random, length: number) =>
  Buffer.from(Array.from({ length }, () => random.below(256)));
/** A picture that is busy in every view: little of it is lost when it is made small, and no JPEG of it is small. */
function busy(random: Random, width: number, height: number): Promise<Buffer> {
  const raw = { width: Math.ceil(width / 16), height: Math.ceil(height / 16), channels: 3 } as const;
  return sharp(noise(random, raw.width * raw.height * 3), { raw, limitInputPixels: false })
    .resize(width, height, { fit: 'fill', kernel: 'nearest' })
    .jpeg({ quality: 40 })
    .toBuffer();
}
const side = (random: Random) => random.pick([4_000, 9_999, 14_400]);

const SVG = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///proc/self/environ">]><svg xmlns="http://www.w3.org/2000/svg" width="99999" height="99999"><text>&c;&f;</text><image href="http://127.0.0.1:9/"/></svg>`;
const HTML = '<!doctype html><script>location="//127.0.0.1"</script>';
const PDF =
  '%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n%%EOF';
const ZIP = Buffer.from('504b0304140000000000000000000000000000000000000000000100000061', 'hex');
const FOREIGN: readonly Buffer[] = [
  Buffer.from(SVG),
  Buffer.from(HTML),
  Buffer.from(PDF),
  ZIP,
  Buffer.from('BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\xff\xff\0\0\xff\xff\0\0\x01\0\x18\0', 'latin1'),
  Buffer.from('\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0\xff\xff\xff\xff\x16\0\0\0', 'latin1'),
  Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08mdat', 'latin1'),
  Buffer.from('\xff\x0a\xfa\x7f\x01\x90\x08', 'latin1'),
  Buffer.from('\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 ', 'latin1'),
  Buffer.from('#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 99999 +X 99999\n'),
  Buffer.from('P6 99999 99999 255\n'),
  Buffer.from(
    'push graphic-context\nviewbox 0 0 1 1\nfill \'url(https://127.0.0.1/"|ls")\'\npop graphic-context',
  ),
  Buffer.alloc(0),
];

/** Kinds by name, each drawn as often as its weight says. */
export const KINDS: Readonly<Record<string, { readonly weight: number; readonly make: Make }>> = {
  truncated: {
    weight: 10,
    make: (random) => {
      const file = random.pick(FILES);
      return file.subarray(0, random.below(file.length));
    },
  },
  'bits flipped': { weight: 30, make: (random) => flipped(random.pick(FILES), random) },
  'numbers inflated': { weight: 20, make: (random) => inflated(random.pick(FILES), random) },
  spliced: {
    weight: 6,
    make: (random) => {
      const [head, tail] = [random.pick(FILES), random.pick(FILES)];
      return Buffer.concat([
        head.subarray(0, random.below(head.length)),
        tail.subarray(random.below(tail.length)),
      ]);
    },
  },
  'noise behind a head': {
    weight: 4,
    make: (random) =>
      Buffer.concat([
        random.pick(FILES).subarray(0, 4 + random.below(200)),
        noise(random, random.below(4_000)),
      ]),
  },
  unpacking: {
    weight: 3,
    make: (random) => {
      const format = random.pick(FORMATS);
      const width = format === 'avif' || format === 'gif' ? random.pick([2_000, 6_000, 9_000]) : side(random);
      const channels = format === 'jpeg' ? 3 : random.pick([3, 4] as const);
      return flat(format, width, width, channels);
    },
  },
  'long and busy': {
    weight: 1,
    make: (random) => {
      const [width, height] = random.chance(0.5) ? ([29_900, 3_300] as const) : ([1_650, 59_800] as const);
      return busy(random, width, height);
    },
  },
  'unpacking, 16 bits': {
    weight: 1,
    make: (random) =>
      claimedPng(9_999, 9_999, random.pick([8, 16]), random.pick([0, 2, 4, 6]), {
        rows: random.pick([4_000, 9_999]),
        interlaced: random.chance(0.5),
      }),
  },
  'size claimed': {
    weight: 5,
    make: (random) =>
      claimedPng(
        random.pick([1, 65_535, 1e6, 2 ** 31 - 1, 0]),
        random.pick([1, 65_535, 1e6, 2 ** 31 - 1, 0]),
        random.pick([1, 8, 16, 7]),
        random.pick([0, 2, 3, 4, 6, 5]),
        { rows: 1 },
      ),
  },
  scans: {
    weight: 2,
    make: (random) =>
      progressiveJpeg({
        side: random.pick([1_000, 9_999]),
        scans: random.pick([20, 100, 101, 2_000, 20_000]),
      }),
  },
  'scans, disguised': {
    weight: 3,
    make: (random) =>
      disguised(progressiveJpeg({ side: 9_999, scans: random.pick([101, 2_000, 20_000]) }), random),
  },
  'frames and pages': {
    weight: 3,
    make: (random) => {
      const count = random.pick([2, 1_000, 30_000, 100_000]);
      switch (random.below(4)) {
        case 0:
          return animatedWebp(count, random.pick([16, 4_000, 9_999]));
        case 3:
          return nestedWebp(count, random.pick([16, 4_000, 9_999]));
        case 1:
          return animatedGif(count);
        default:
          return tiffOfPages(count, random.pick(['II', 'MM'] as const));
      }
    },
  },
  profiles: {
    weight: 4,
    make: (random) => {
      const profile = noise(random, random.pick([4, 128, 4_000]));
      if (random.chance(0.3)) return intoPng(BASES.png, packedChunk('iCCP', random.pick([1e6, 1e8])));
      const long = Buffer.concat([profile, Buffer.alloc(random.pick([0, 1e6, 16e6]))]);
      if (long.length > 40) long.write('acsp', 36, 'latin1');
      return intoJpeg(BASES.jpeg, ...profileSegments(long));
    },
  },
  metadata: {
    weight: 5,
    make: (random) => {
      switch (random.below(5)) {
        case 0:
          return intoJpeg(
            BASES.jpeg,
            exifBomb(random.pick([1, 100, 5_000]), random.pick([8, 0, 0xffff_ffff])),
          );
        case 1:
          return intoPng(BASES.png, packedChunk('zTXt', random.pick([1e6, 1e8])));
        case 2:
          return intoPng(
            BASES.png,
            ...Array<Buffer>(random.pick([10, 20_000])).fill(pngChunk('tEXt', Buffer.from('a\0b'))),
          );
        case 3: {
          const xmp = Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x>${'<y>'.repeat(20_000)}`);
          return intoJpeg(BASES.jpeg, ...Array<Buffer>(random.pick([1, 200])).fill(segment(0xe1, xmp)));
        }
        default:
          return intoJpeg(
            BASES.jpeg,
            ...Array<Buffer>(random.pick([1_000, 100_000])).fill(segment(0xfe, Buffer.from('comment'))),
          );
      }
    },
  },
  // Few bytes, and as many pixels as are taken.
  'unpacking, other formats': {
    weight: 2,
    make: (random) => {
      if (random.chance(0.5)) return claimedBmp(random.pick([9_999, 30_000]), random.pick([1, 8, 24, 32]));
      // The size of a JPEG XL stands in its first bytes: the same picture claims to be larger.
      const file = Buffer.from(OTHERS[2]!);
      const head = file.indexOf(Buffer.from([0xff, 0x0a])) + 2;
      file.writeUInt32LE(random.below(2 ** 32), head);
      return file;
    },
  },
  polyglots: {
    weight: 4,
    make: (random) => {
      const foreign = random.pick(FOREIGN);
      const file = random.pick(FILES);
      return random.chance(0.5)
        ? Buffer.concat([file, foreign])
        : random.chance(0.5)
          ? intoJpeg(BASES.jpeg, segment(0xfe, foreign))
          : Buffer.concat([foreign, file]);
    },
  },
  drawings: { weight: 3, make: drawing },
  'other formats': {
    weight: 3,
    make: (random) => {
      const foreign = random.pick(FOREIGN);
      return random.chance(0.5) ? foreign : Buffer.concat([foreign, noise(random, 500)]);
    },
  },
};
