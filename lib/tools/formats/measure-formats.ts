/**
 * Prints what is read of each format, as docs/formats.md has it: `npm run measure-formats`. Twenty files a format: fifteen sound ones, all
 * of one photo, and five damaged ones. Each is decoded as the Decode function decodes it: in its child, within its bounds. BMP, HEIC and
 * JPEG XL are written by ImageMagick, heif-enc and cjxl where these are installed.
 */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { DecodeAnswer, pictureOf } from '../../adapters/decode-protocol.ts';
import { DecodeProcess } from '../../adapters/decode-process.ts';
import { GlossError } from '../../domain/errors.ts';
import { markdownTable } from '../../cli/terminal/markdown-table.ts';
import { DAMAGES } from './damage.ts';
import { makeSamples, type Sample } from './make-samples.ts';

const PHOTO = new URL('../../../test/fixtures/samples/chelsea.jpg', import.meta.url);
const BOUNDS = { cpuMs: 10_000, memoryMb: 2_600 };
const WISH = { cropPolicy: 'none', maxBytes: 100 * 2 ** 20, maxPixels: 210_000_000 } as const;
/** Pictures whose small copies differ by more, of 255 on average, are not the same. */
const MOST_DIFFERENCE = 12;

const decoder = new DecodeProcess(
  new URL('../../../functions/decode-child.ts', import.meta.url).href,
  BOUNDS,
);

interface Outcome {
  /** `whole`, `in part` with its notes, `wrong` where it shows another picture, or the code of the refusal. */
  readonly ended: string;
  readonly why?: string;
}

async function outcomeOf(file: Buffer, likeness: (picture: Uint8Array) => Promise<number>): Promise<Outcome> {
  try {
    const picture = { owner: 'formats', bytes: file, wish: WISH, deadlineMs: Date.now() + 120_000 };
    const { facts, views } = pictureOf(DecodeAnswer.parse((await decoder.decode(picture)).answer));
    const difference = await likeness(views[0]!.picture);
    if (difference > MOST_DIFFERENCE) return { ended: 'wrong', why: `differs by ${difference.toFixed(0)}` };
    return { ended: facts.notes ? `in part (${facts.notes.join(', ')})` : 'whole' };
  } catch (error) {
    if (error instanceof GlossError) return { ended: error.code, why: error.message };
    throw error;
  }
}

const small = (picture: Uint8Array, isGrey: boolean): Promise<Buffer> =>
  sharp(picture)
    .resize(32, 24, { fit: 'fill' })
    .greyscale(isGrey)
    .toColourspace(isGrey ? 'b-w' : 'srgb')
    .raw()
    .toBuffer();

/** Mean difference of a picture from the photo, of 255. */
function likenessOf(photo: Uint8Array, sample: Sample) {
  const isGrey = sample.isGrey ?? false;
  return async (picture: Uint8Array): Promise<number> => {
    const [expected, found] = await Promise.all([small(photo, isGrey), small(picture, isGrey)]);
    return expected.reduce((sum, value, i) => sum + Math.abs(value - found[i]!), 0) / expected.length;
  };
}

const countsOf = (outcomes: readonly Outcome[]): string =>
  [...Map.groupBy(outcomes, ({ ended }) => ended)]
    .map(([ended, { length }]) => `${ended} ${length}`)
    .join(', ');

const photo = readFileSync(PHOTO);
const rows: string[][] = [];
for (const [format, samples] of Object.entries(await makeSamples(photo))) {
  if (samples.length === 0) {
    process.stderr.write(`${format}: no program here writes it\n`);
    continue;
  }
  const sound: Outcome[] = [];
  for (const sample of samples) {
    const outcome = await outcomeOf(sample.file, likenessOf(photo, sample));
    if (!/^(?:whole|in part)/.test(outcome.ended))
      process.stderr.write(`${format}, ${sample.what}: ${outcome.ended}: ${outcome.why ?? ''}\n`);
    sound.push(outcome);
  }
  const damaged: Outcome[] = [];
  for (const [i, [what, damage]] of Object.entries(DAMAGES).entries()) {
    const sample = samples[i % samples.length]!;
    // What is left of a picture is not compared: how like it is, is its own affair.
    const outcome = await outcomeOf(damage(sample.file), () => Promise.resolve(0));
    process.stderr.write(`${format}, ${sample.what}, ${what}: ${outcome.ended}: ${outcome.why ?? ''}\n`);
    damaged.push(outcome);
  }
  rows.push([format, String(samples.length + damaged.length), countsOf(sound), countsOf(damaged)]);
}
decoder.close();
console.log(markdownTable(['format', 'files', 'sound', 'damaged'], rows));
