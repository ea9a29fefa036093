import { readFileSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeWithSharp } from '../../../lib/adapters/sharp-decode.ts';
import { tiffOfSamples, type SampleKind } from '../../support/tiff-of-samples.ts';

/** TIFFs whose samples have no bounds of their own: the photo is seen, whatever its numbers mean. */

const photo = readFileSync(new URL('../../fixtures/samples/chelsea.jpg', import.meta.url));
const [WIDTH, HEIGHT] = [120, 80];
/** Of 255, on average. */
const ALIKE = 12;
const decode = (file: Uint8Array) => decodeWithSharp(file, { cropPolicy: 'none', maxPixels: 1e8 });
const pixelsOf = async (picture: Sharp) =>
  picture.resize(WIDTH, HEIGHT, { fit: 'fill' }).toColourspace('srgb').removeAlpha().raw().toBuffer();

let colours: readonly number[];
let grey: readonly number[];
beforeAll(async () => {
  // From black to white, without a hundredth at each end.
  const whole = sharp(photo).normalise({ lower: 1, upper: 99 });
  colours = [...(await pixelsOf(whole))];
  grey = [
    ...(await whole.clone().resize(WIDTH, HEIGHT, { fit: 'fill' }).toColourspace('b-w').raw().toBuffer()),
  ];
});

/** By which the picture that is shown differs, on average. */
async function difference(file: Uint8Array, from: readonly number[]): Promise<number> {
  const shown = await pixelsOf(sharp((await decode(file)).views[0]!.picture));
  const wanted = from.length === shown.length ? from : from.flatMap((value) => [value, value, value]);
  return shown.reduce((sum, value, i) => sum + Math.abs(value - wanted[i]!), 0) / shown.length;
}

/** IEC 61966-2-1: how much light a screen gives for a byte, from 0 to 1. */
const lightOf = (byte: number): number => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};

describe.each<[string, SampleKind, (byte: number) => number]>([
  ['light from 0 to 1', 'float', lightOf],
  ['light with highlights above 1', 'float', (byte) => (byte > 225 ? 8 : lightOf(byte))],
  ['0 to 255', 'float', (byte) => byte],
  ['0 to 65,535', 'float', (byte) => 257 * byte],
  ['-1 to 1', 'float', (byte) => byte / 127.5 - 1],
  ['200 to 3,000', 'float', (byte) => 200 + (2_800 * byte) / 255],
  ['integers of 32 bits', 'uint', (byte) => 16_777_216 * byte],
  ['integers of 16 bits in half of their range', 'short', (byte) => 64 * byte],
  ['integers with a sign', 'short', (byte) => 128 * byte],
  ['integers below zero', 'short', (byte) => 100 * byte - 12_000],
  ['halves of light from 0 to 1', 'half', lightOf],
  ['halves from 0 to 255', 'half', (byte) => byte],
  ['halves from -1,000 on', 'half', (byte) => 10 * byte - 1_000],
])('samples that are %s', (_, kind, sampleOf) => {
  it('in colours', async () => {
    const file = tiffOfSamples(kind, WIDTH, HEIGHT, colours.map(sampleOf));
    expect((await decode(file)).facts).toEqual({ format: 'tiff', widthPx: WIDTH, heightPx: HEIGHT });
    expect(await difference(file, colours)).toBeLessThan(ALIKE);
  });

  it('in grey', async () => {
    expect(await difference(tiffOfSamples(kind, WIDTH, HEIGHT, grey.map(sampleOf)), grey)).toBeLessThan(
      ALIKE,
    );
  });
});

it.each<[string, SampleKind, (byte: number) => number]>([
  ['light', 'float', (byte) => 1 - lightOf(byte)],
  ['floats from 0 to 255', 'float', (byte) => 255 - byte],
  ['heights', 'float', (byte) => 3_000 - 10 * byte],
  ['halves', 'half', (byte) => 255 - byte],
  ['integers with a sign', 'short', (byte) => 128 * (255 - byte)],
  ['integers of 32 bits', 'uint', (byte) => 16_777_216 * (255 - byte)],
])('%s of which zero is white', async (_, kind, sampleOf) => {
  const file = tiffOfSamples(kind, WIDTH, HEIGHT, grey.map(sampleOf), { isWhiteZero: true });
  expect(await difference(file, grey)).toBeLessThan(ALIKE);
});

describe.each<[string, SampleKind, number]>([
  ['-9999', 'float', -9_999],
  ['-3.4028234663852886e+38', 'float', -3.4028234663852886e38],
  ['-32768', 'short', -32_768],
])('what was not measured, written as %s in %ss,', (noData, kind, written) => {
  const isMeasured = (i: number, width: number) => i % width >= width / 3;

  it('is black, and the rest is what it is without', async () => {
    const heights = grey.map((byte, i) => (isMeasured(i, WIDTH) ? 200 + 11 * byte : written));
    const wanted = grey.map((byte, i) => (isMeasured(i, WIDTH) ? byte : 0));
    const file = tiffOfSamples(kind, WIDTH, HEIGHT, heights, { noData });
    expect(await difference(file, wanted)).toBeLessThan(ALIKE);
  });

  it('is mixed with nothing where the picture is made smaller', async () => {
    // Three copies wide side are more than a view has.
    const [width, height] = [3_000, 20];
    const rows = Array.from({ length: width * height }, (_, i) => i);
    const byteAt = (i: number) => Math.floor((255 * (i % width)) / (width - 1));
    const file = tiffOfSamples(
      kind,
      width,
      height,
      rows.map((i) => (isMeasured(i, width) ? 10 * byteAt(i) : written)),
      { noData },
    );
    const shown = sharp((await decode(file)).views[0]!.picture)
      .toColourspace('b-w')
      .raw();
    const { data, info } = await shown.toBuffer({ resolveWithObject: true });
    expect(info.width).toBe(1_024);
    const row = Array.from(data.subarray(3 * 1_024, 4 * 1_024));
    // From a third on the lowest height is black and the highest white: 85 to 255.
    const wanted = row.map((_, x) => (x < 342 ? 0 : (255 * ((255 * x) / 1_023 - 85)) / 170));
    for (const [x, value] of row.entries()) expect(Math.abs(value - wanted[x]!), `at ${x}`).toBeLessThan(8);
  });
});

it('light from 0 to 5,000, as of a scene that was measured', async () => {
  // Most of such a scene is dark beside what is brightest.
  const dark = colours.map((byte) => Math.round((byte * byte) / 255));
  const file = tiffOfSamples(
    'float',
    WIDTH,
    HEIGHT,
    dark.map((byte) => 5_000 * lightOf(byte)),
  );
  expect(await difference(file, dark)).toBeLessThan(ALIKE);
});

it.each([1, 255])('opacity of at most %d', async (opaque) => {
  const samples = Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    // The right half is not there.
    [
      ...colours.slice(3 * i, 3 * i + 3).map((byte) => (opaque === 1 ? lightOf(byte) : byte)),
      i % WIDTH < WIDTH / 2 ? opaque : 0,
    ],
  ).flat();
  const file = tiffOfSamples('float', WIDTH, HEIGHT, samples);
  const behind = colours.map((byte, i) => (Math.floor(i / 3) % WIDTH < WIDTH / 2 ? byte : 255));
  expect(await difference(file, behind)).toBeLessThan(ALIKE);
});

it('what is no number is black', async () => {
  const samples = colours.map((byte, i) => (i < 3 * 8 * WIDTH ? [NaN, -Infinity, NaN][i % 3]! : byte));
  const wanted = colours.map((byte, i) => (i < 3 * 8 * WIDTH ? 0 : byte));
  expect(await difference(tiffOfSamples('float', WIDTH, HEIGHT, samples), wanted)).toBeLessThan(ALIKE);
});

it.each([0, 0.5, 1, 700, -3, NaN])('a picture that is %d everywhere is decoded', async (value) => {
  const file = tiffOfSamples(
    'float',
    8,
    6,
    Array.from({ length: 48 }, () => value),
  );
  expect((await decode(file)).views).toHaveLength(1);
});

it('samples of 64 bits are refused, and what helps is said', async () => {
  const file = tiffOfSamples('double', WIDTH, HEIGHT, colours);
  await expect(decode(file)).rejects.toMatchObject({
    code: 'format_not_read',
    message: 'TIFFs of 64 bits a sample are not read; save it with 32 bits, or as JPEG or PNG',
  });
});
