import { describe, expect, it } from 'vitest';
import { colourName, dominantColours } from '../../../../../infra/local/bedrock/colours.ts';

/** Colour keywords of CSS Color Module Level 4 whose names say which basic colour they are. */
const CSS: Record<string, readonly (readonly [name: string, hex: number])[]> = {
  black: [['black', 0x000000]],
  white: [
    ['white', 0xffffff],
    ['whitesmoke', 0xf5f5f5],
    ['floralwhite', 0xfffaf0],
    ['ghostwhite', 0xf8f8ff],
  ],
  grey: [
    ['dimgrey', 0x696969],
    ['grey', 0x808080],
    ['darkgrey', 0xa9a9a9],
    ['lightgrey', 0xd3d3d3],
    ['slategrey', 0x708090],
  ],
  red: [
    ['red', 0xff0000],
    ['darkred', 0x8b0000],
    ['indianred', 0xcd5c5c],
  ],
  orange: [
    ['orange', 0xffa500],
    ['darkorange', 0xff8c00],
  ],
  yellow: [
    ['yellow', 0xffff00],
    ['lightyellow', 0xffffe0],
  ],
  green: [
    ['green', 0x008000],
    ['darkgreen', 0x006400],
    ['darkolivegreen', 0x556b2f],
    ['forestgreen', 0x228b22],
    ['lightgreen', 0x90ee90],
    ['seagreen', 0x2e8b57],
    ['limegreen', 0x32cd32],
    ['springgreen', 0x00ff7f],
  ],
  blue: [
    ['blue', 0x0000ff],
    ['darkblue', 0x00008b],
    ['midnightblue', 0x191970],
    ['royalblue', 0x4169e1],
    ['skyblue', 0x87ceeb],
    ['lightblue', 0xadd8e6],
    ['steelblue', 0x4682b4],
    ['powderblue', 0xb0e0e6],
  ],
  purple: [
    ['purple', 0x800080],
    ['mediumpurple', 0x9370db],
    ['rebeccapurple', 0x663399],
  ],
  pink: [
    ['pink', 0xffc0cb],
    ['lightpink', 0xffb6c1],
    ['hotpink', 0xff69b4],
    ['deeppink', 0xff1493],
  ],
  brown: [['saddlebrown', 0x8b4513]],
};

/** `count` pixels of each colour, one after the other. */
function pixels(...runs: readonly [hex: number, count: number][]): Uint8Array {
  return Uint8Array.from(
    runs.flatMap(([hex, count]) =>
      Array.from({ length: count }, () => [hex >> 16, (hex >> 8) & 255, hex & 255]).flat(),
    ),
  );
}

describe('colourName', () => {
  const cases = Object.entries(CSS).flatMap(([basic, named]) =>
    named.map(([name, hex]) => ({ name, hex, basic })),
  );
  it.each(cases)('$name is $basic', ({ hex, basic }) => {
    expect(colourName(hex >> 16, (hex >> 8) & 255, hex & 255)).toBe(basic);
  });
});

describe('dominantColours', () => {
  it('names the largest share first and leaves out what is below 15 %', () => {
    expect(dominantColours(pixels([0x00008b, 30], [0xff0000, 60], [0xffff00, 10]))).toEqual([
      { name: 'red', share: 0.6 },
      { name: 'blue', share: 0.3 },
    ]);
  });

  it('names three at most', () => {
    const four = pixels([0x000000, 28], [0xffffff, 26], [0xff0000, 24], [0x0000ff, 22]);
    expect(dominantColours(four).map(({ name }) => name)).toEqual(['black', 'white', 'red']);
  });

  it('names the largest even when every share is small', () => {
    const all = Object.values(CSS).map(([first]) => [first![1], first![1] === 0x008000 ? 2 : 1] as const);
    const mixed = pixels(...all.map(([hex, count]): [number, number] => [hex, count]));
    expect(dominantColours(mixed).map(({ name }) => name)).toEqual(['green']);
  });
});
