import { expect, it } from 'vitest';
import { bytesOfUnbounded } from '../../../lib/vision/unbounded-samples.ts';

/** Of 101 numbers a hundredth at each end is one. */
const hundred = (from: number, step: number) => Array.from({ length: 101 }, (_, i) => from + step * i);
const greyOf = (samples: readonly number[], said?: Parameters<typeof bytesOfUnbounded>[2]) => {
  const { pixels } = bytesOfUnbounded(Float32Array.from(samples), 1, said);
  return Array.from({ length: samples.length }, (_, i) => pixels[3 * i]!);
};

it.each([
  ['0 is black and 255 white', { isWhiteZero: false }, [0, 51, 204, 255]],
  ['0 is white and 255 black', { isWhiteZero: true }, [255, 204, 51, 0]],
])('of bytes %s', (_, said, wanted) => {
  expect(greyOf([0, 51, 204, 255], said)).toEqual(wanted);
});

it('light has the curve of sRGB, also where zero is white', () => {
  // IEC 61966-2-1: byte 128 is 0.21586 of light, and byte 188 is 0.50289.
  expect(greyOf([0, 0.21586, 0.50289, 1])).toEqual([0, 128, 188, 255]);
  expect(greyOf([1, 0.78414, 0.49711, 0], { isWhiteZero: true })).toEqual([0, 128, 188, 255]);
});

it('heights go from the lowest but a hundredth to the highest but a hundredth', () => {
  const heights = hundred(-500, 10);
  // Black at -490 and white at 490.
  const bytes = heights.map((height) =>
    Math.round((255 * (Math.min(490, Math.max(-490, height)) + 490)) / 980),
  );
  expect(greyOf(heights)).toEqual(bytes);
  expect(greyOf(heights, { isWhiteZero: true })).toEqual(
    heights.map((height) => Math.round((255 * (490 - Math.min(490, Math.max(-490, height)))) / 980)),
  );
});

it('the number that stands for none is black, and moves nothing', () => {
  const heights = hundred(-500, 10);
  const among = heights.flatMap((height) => [height, -9_999]);
  const bytes = greyOf(heights).flatMap((byte) => [byte, 0]);
  expect(greyOf(among, { isWhiteZero: false, noData: -9_999 })).toEqual(bytes);
});
