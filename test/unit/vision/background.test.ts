import { expect, it } from 'vitest';
import { backgroundFor } from '../../../lib/vision/background.ts';

/** Letters as pixels: w white, b black, g grey, r red, . nothing. */
const COLOURS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  w: [255, 255, 255, 255],
  b: [0, 0, 0, 255],
  g: [128, 128, 128, 255],
  r: [220, 30, 30, 255],
  '.': [0, 0, 0, 0],
};
const of = (...rows: readonly string[]) =>
  backgroundFor(
    Uint8Array.from(rows.flatMap((row) => Array.from(row).flatMap((letter) => COLOURS[letter]!))),
    rows[0]!.length,
  );

it.each([
  [255, 'a black drawing', ['.....', '.bbb.', '.....']],
  [0, 'a white drawing', ['.....', '.www.', '.....']],
  [0, 'a white drawing on a colour that it hides', ['.......', '.wwwww.', '.wrrrw.', '.wwwww.', '.......']],
  [128, 'a drawing in white and black', ['......', '.wwbb.', '......']],
  [255, 'a coloured one', ['.....', '.rrr.', '.....']],
  [255, 'a photo whose corners are cut off', ['.rww', 'rwww', 'wbbw']],
  [255, 'nothing', ['...', '...']],
  [255, 'what is whole', ['www', 'www']],
])('%i is behind %s', (grey, _, rows) => {
  expect(of(...rows)).toBe(grey);
});
