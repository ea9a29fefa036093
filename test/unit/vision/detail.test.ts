import { expect, it } from 'vitest';
import { detailOf } from '../../../lib/vision/detail.ts';

const pixels = (grey: readonly number[], width: number) =>
  Array.from(detailOf(Uint8Array.from(grey), width, grey.length / width).pixels);

it('is at steps to the right and down of more than a sixteenth, bright or dark', () => {
  expect(
    pixels(
      [
        [100, 100, 117, 117],
        [100, 100, 117, 100],
        [100, 83, 100, 100],
      ].flat(),
      4,
    ),
  ).toEqual(
    [
      [0, 1, 0, 1],
      [0, 1, 1, 0],
      [1, 1, 0, 0],
    ].flat(),
  );
});

it('is nowhere in shading and noise, nor at the edges of a picture', () => {
  expect(pixels([0, 16, 32, 16, 32, 48], 3)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(pixels([200, 200, 200, 200], 2)).toEqual([0, 0, 0, 0]);
  expect(pixels([7], 1)).toEqual([0]);
});
