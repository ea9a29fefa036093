import { expect, it } from 'vitest';
import { toNanodetInput } from '../../../../../infra/local/bedrock/nanodet-input.ts';

const PLANE = 416 * 416;

it('normalises to planes of blue, green and red, and centres a smaller picture on a ground of zeros', () => {
  // Red, then white, in the middle of 416 x 416: the two columns 207 and 208 of row 207.
  const input = toNanodetInput({ widthPx: 2, heightPx: 1, rgb: Uint8Array.of(255, 0, 0, 255, 255, 255) });
  const pixel = 207 * 416 + 207;
  expect(input).toHaveLength(3 * PLANE);
  expect(input[pixel]).toBeCloseTo((0 - 103.53) / 57.375, 5);
  expect(input[PLANE + pixel]).toBeCloseTo((0 - 116.28) / 57.12, 5);
  expect(input[2 * PLANE + pixel]).toBeCloseTo((255 - 123.675) / 58.395, 5);
  expect(input[pixel + 1]).toBeCloseTo((255 - 103.53) / 57.375, 5);
  expect(input.reduce((count, value) => count + (value === 0 ? 0 : 1), 0)).toBe(6);
});
