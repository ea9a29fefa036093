import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { animatedPng } from './animated-png.ts';
import { RAW_FILES } from './raw-files.ts';

/** A file whose picture is known. */
export interface Sample {
  readonly what: string;
  readonly file: Buffer;
  /** Whether its picture is the original's in grey. */
  readonly isGrey?: true;
}

type Make = (original: Sharp) => Sharp;
type Kinds = Readonly<Record<string, Make>>;

/** How the pixels lie in a file with this orientation of EXIF, if they are to be upright. */
const LAID: Readonly<Record<number, (upright: Sharp) => Promise<Buffer>>> = {
  2: (upright) => upright.flop().png().toBuffer(),
  3: (upright) => upright.rotate(180).png().toBuffer(),
  4: (upright) => upright.flip().png().toBuffer(),
  6: (upright) => upright.rotate(270).png().toBuffer(),
  8: (upright) => upright.rotate(90).png().toBuffer(),
};

const ALPHA: Make = (picture) => picture.ensureAlpha();
const GREY: Make = (picture) => picture.greyscale().toColourspace('b-w');
/** A profile with more colours than sRGB has: the pixels are others, the picture is the same. */
const WIDE: Make = (picture) => picture.withIccProfile('p3');
const WIDE_16: Make = (picture) => picture.toColourspace('rgb16').withIccProfile('p3');

const KINDS = {
  jpeg: {
    'quality 90': (p) => p.jpeg({ quality: 90 }),
    'quality 30': (p) => p.jpeg({ quality: 30 }),
    progressive: (p) => p.jpeg({ progressive: true }),
    'full colour resolution': (p) => p.jpeg({ chromaSubsampling: '4:4:4' }),
    mozjpeg: (p) => p.jpeg({ mozjpeg: true }),
    'own tables': (p) => p.jpeg({ optimiseCoding: false }),
    grey: (p) => GREY(p).jpeg(),
    CMYK: (p) => p.toColourspace('cmyk').jpeg({ quality: 95 }),
    'Display P3': (p) => WIDE(p).jpeg({ quality: 95 }),
    metadata: (p) =>
      p
        .jpeg()
        .withExif({ IFD0: { Copyright: 'nobody' } })
        .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'),
  },
  png: {
    'of 8 bits': (p) => p.png(),
    interlaced: (p) => p.png({ progressive: true }),
    'of 256 colours': (p) => p.png({ palette: true }),
    'of 64 colours': (p) => p.png({ palette: true, colours: 64 }),
    'with opacity': (p) => ALPHA(p).png(),
    grey: (p) => GREY(p).png(),
    'grey of 16 bits': (p) => p.toColourspace('grey16').png(),
    'of 16 bits': (p) => p.toColourspace('rgb16').png(),
    'of 16 bits, Display P3': (p) => WIDE_16(p).png(),
    'Display P3': (p) => WIDE(p).png(),
    unpacked: (p) => p.png({ compressionLevel: 0 }),
  },
  webp: {
    'quality 80': (p) => p.webp(),
    'quality 30': (p) => p.webp({ quality: 30 }),
    lossless: (p) => p.webp({ lossless: true }),
    'near lossless': (p) => p.webp({ nearLossless: true }),
    'with opacity': (p) => ALPHA(p).webp(),
    'lossless, with opacity': (p) => ALPHA(p).webp({ lossless: true }),
    grey: (p) => GREY(p).webp(),
    'Display P3': (p) => WIDE(p).webp({ quality: 95 }),
    quick: (p) => p.webp({ effort: 0 }),
    slow: (p) => p.webp({ effort: 6 }),
    sharp: (p) => p.webp({ smartSubsample: true }),
  },
  gif: {
    'of 256 colours': (p) => p.gif(),
    'of 200 colours': (p) => p.gif({ colours: 200 }),
    'of 128 colours': (p) => p.gif({ colours: 128 }),
    'of 64 colours': (p) => p.gif({ colours: 64 }),
    'of 32 colours': (p) => p.gif({ colours: 32 }),
    interlaced: (p) => p.gif({ progressive: true }),
    'without dither': (p) => p.gif({ dither: 0 }),
    'half of the dither': (p) => p.gif({ dither: 0.5 }),
    'without dither, of 64 colours': (p) => p.gif({ dither: 0, colours: 64 }),
    grey: (p) => GREY(p).gif(),
    'with opacity': (p) => ALPHA(p).gif(),
    quick: (p) => p.gif({ effort: 1 }),
    slow: (p) => p.gif({ effort: 10 }),
  },
  avif: {
    'quality 50': (p) => p.avif(),
    'quality 80': (p) => p.avif({ quality: 80 }),
    'quality 30': (p) => p.avif({ quality: 30 }),
    lossless: (p) => p.avif({ lossless: true }),
    'half colour resolution': (p) => p.avif({ chromaSubsampling: '4:2:0' }),
    'with opacity': (p) => ALPHA(p).avif(),
    grey: (p) => GREY(p).avif(),
    'Display P3': (p) => WIDE(p).avif({ quality: 80 }),
    quick: (p) => p.avif({ effort: 0 }),
    slow: (p) => p.avif({ effort: 6 }),
  },
  tiff: {
    plain: (p) => p.tiff({ compression: 'none' }),
    LZW: (p) => p.tiff({ compression: 'lzw' }),
    deflate: (p) => p.tiff({ compression: 'deflate', predictor: 'horizontal' }),
    PackBits: (p) => p.tiff({ compression: 'packbits' }),
    'JPEG inside': (p) => p.tiff({ compression: 'jpeg', quality: 90 }),
    tiled: (p) => p.tiff({ tile: true }),
    pyramid: (p) => p.tiff({ tile: true, pyramid: true }),
    BigTIFF: (p) => p.tiff({ bigtiff: true }),
    grey: (p) => GREY(p).tiff(),
    CMYK: (p) => p.toColourspace('cmyk').tiff(),
    Lab: (p) => p.toColourspace('lab').tiff(),
    'with opacity': (p) => ALPHA(p).tiff(),
    'of 16 bits': (p) => p.toColourspace('rgb16').tiff(),
    'of 16 bits, Display P3': (p) => WIDE_16(p).tiff(),
    'of floats': (p) => p.toColourspace('scrgb').tiff({ predictor: 'float' }),
  },
} satisfies Readonly<Record<string, Kinds>>;

/** Fifteen sound files of each format, all of one picture; fewer where a program that writes the format is not there. */
export async function makeSamples(photo: Uint8Array): Promise<Readonly<Record<string, readonly Sample[]>>> {
  const upright = await sharp(photo).resize(320, 212, { fit: 'fill' }).removeAlpha().png().toBuffer();
  const original = () => sharp(upright);
  const samples: Record<string, Sample[]> = {};
  for (const [format, kinds] of Object.entries(KINDS)) {
    samples[format] = [];
    for (const [what, make] of Object.entries(kinds as Kinds))
      samples[format].push({
        what,
        file: await make(original()).toBuffer(),
        ...(/grey/.test(what) && { isGrey: true }),
      });
  }
  await addAnimations(samples, upright);
  for (const format of ['jpeg', 'png', 'webp', 'avif'] as const)
    for (const [orientation, lay] of Object.entries(LAID)) {
      const laid = sharp(await lay(original()));
      const file = await laid
        .withMetadata({ orientation: Number(orientation) })
        .toFormat(format)
        .toBuffer();
      samples[format]!.push({ what: `orientation ${orientation}`, file });
    }
  samples['raw'] = await rawSamples(original);
  samples['bmp'] = writtenBy('convert', BMP, upright);
  samples['heic'] = writtenBy('heif-enc', HEIC, upright);
  samples['jxl'] = writtenBy('cjxl', JXL, upright);
  return Object.fromEntries(Object.entries(samples).map(([format, all]) => [format, all.slice(0, 15)]));
}

/** With more frames, before the original and behind it. */
async function addAnimations(samples: Record<string, Sample[]>, upright: Buffer): Promise<void> {
  const black = await sharp({ create: { width: 320, height: 212, channels: 3, background: 'black' } })
    .png()
    .toBuffer();
  for (const [what, frames] of [
    ['animated', [upright, black]],
    ['animated, black at first', [black, black, upright]],
  ] as const) {
    const joined = () => sharp([...frames], { join: { animated: true } });
    samples['gif']!.unshift({ what, file: await joined().gif().toBuffer() });
    samples['webp']!.unshift({ what, file: await joined().webp().toBuffer() });
    samples['png']!.unshift({ what, file: animatedPng(frames) });
  }
}

async function rawSamples(original: () => Sharp): Promise<Sample[]> {
  const samples: Sample[] = [];
  const thumbnail = await original().resize(32).jpeg().toBuffer();
  for (const [format, make] of Object.entries(RAW_FILES)) {
    samples.push({ what: format, file: make({ preview: await original().jpeg().toBuffer(), thumbnail }) });
    for (const orientation of [3, 6, 8]) {
      const preview = await sharp(await LAID[orientation]!(original()))
        .jpeg()
        .toBuffer();
      samples.push({
        what: `${format}, orientation ${orientation}`,
        file: make({ preview, thumbnail, orientation }),
      });
    }
  }
  return samples;
}

/** Arguments between the input and the output, by kind. */
type Arguments = Readonly<Record<string, string>>;

const BMP: Arguments = {
  'of 24 bits': 'BMP3:',
  'of OS/2': 'BMP2:',
  'Windows 5': 'BMP:',
  'with opacity': '-alpha set BMP:',
  'of 256 colours': '-colors 256 -type palette -compress None BMP3:',
  'in runs': '-colors 200 -type palette -compress RLE BMP3:',
  'of 16 colours': '-colors 16 -type palette -compress None BMP3:',
  'of 16 colours, OS/2': '-colors 16 -type palette -compress None BMP2:',
  grey: '-colorspace Gray -compress None BMP3:',
  'grey, in runs': '-colorspace Gray -compress RLE BMP3:',
  '5, 6 and 5 bits': '-define bmp:subtype=RGB565 BMP:',
  '5 bits each': '-define bmp:subtype=RGB555 BMP:',
  '1 and 5 bits': '-alpha set -define bmp:subtype=ARGB1555 BMP:',
  '4 bits each': '-alpha set -define bmp:subtype=ARGB4444 BMP:',
  'of 32 colours': '-colors 32 -type palette -compress RLE BMP3:',
};
const HEIC: Arguments = {
  'quality 90': '-q 90',
  'quality 70': '-q 70',
  'quality 50': '-q 50',
  'quality 30': '-q 30',
  lossless: '-L',
  'lossless, full colour resolution': '-L -p chroma=444',
  'full colour resolution': '-q 60 -p chroma=444',
  'half colour resolution': '-q 60 -p chroma=422',
  'with a thumbnail': '-q 60 -t 64',
  quick: '-q 60 -p preset=ultrafast',
  slow: '-q 60 -p preset=slow',
  'tuned for grain': '-q 60 -p tune=grain',
  'tuned for likeness': '-q 60 -p tune=ssim',
  'large blocks': '-q 60 -p x265:ctu=64',
  'small blocks': '-q 60 -p x265:ctu=16',
};
const JXL: Arguments = {
  'distance 0.5': '-d 0.5',
  'distance 1': '-d 1',
  'distance 3': '-d 3',
  lossless: '-d 0',
  'lossless, quick': '-d 0 -e 1',
  'lossless, slow': '-d 0 -e 8',
  quick: '-d 1 -e 3',
  slow: '-d 1 -e 8',
  progressive: '-d 1 -p',
  'progressive DC': '-d 1 --progressive_dc=1',
  'in a container': '-d 1 --container=1',
  'lossy modular': '-d 1 -m 1',
  'with grain': '-d 1 --photon_noise=ISO3200',
  'strongly smoothed': '-d 1 --epf=3',
  squeezed: '-d 0 -m 1 -R 1',
};

/** Files of another program; none where it is not installed. */
function writtenBy(program: 'convert' | 'heif-enc' | 'cjxl', kinds: Arguments, original: Buffer): Sample[] {
  const folder = mkdtempSync(join(tmpdir(), 'gloss-formats-'));
  const input = join(folder, 'original.png');
  writeFileSync(input, original);
  try {
    return Object.entries(kinds).map(([what, text]) => {
      const args = text.split(' ');
      const output = join(folder, 'made');
      if (program === 'convert')
        execFileSync(program, [input, ...args.slice(0, -1), `${args.at(-1)!}${output}`]);
      else if (program === 'cjxl')
        execFileSync(program, [input, output, ...args, '--quiet'], { stdio: 'ignore' });
      else execFileSync(program, [input, ...args, '-o', output], { stdio: 'ignore' });
      return { what, file: readFileSync(output), ...(/grey/.test(what) && { isGrey: true }) };
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return [];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
