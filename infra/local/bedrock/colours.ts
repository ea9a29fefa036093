/**
 * Dominant colours by name: the eleven basic colour terms of English (Berlin and Kay, 1969), by the nearest
 * example in OKLab (Ottosson, 2020).
 */

/** The eleven names. */
export type ColourName = keyof typeof EXAMPLES;

/** A colour and the part of the picture it covers, 0 to 1. */
export interface ColourShare {
  readonly name: ColourName;
  readonly share: number;
}

/** A colour that covers less of the picture is not named, unless none covers more. */
const MIN_SHARE = 0.15;
const MAX_COLOURS = 3;

/** sRGB examples of each name. Photographs are paler and darker than paint, so the names reach far into both. */
const EXAMPLES = {
  black: ['000000', '1c1c1c', '1e1a17', '171c22'],
  grey: ['4a4a4a', '696969', '808080', 'a0a0a0', 'bebebe', '99918a'],
  white: ['ffffff', 'eeeeee', 'f2eee4', 'e6ecf2'],
  red: ['ff0000', 'cc1f1f', '8b0000', 'b22222', 'dc3c3c'],
  orange: ['ff8000', 'ffa500', 'e8761f', 'ff7040', 'd9822b'],
  yellow: ['ffff00', 'ffd700', 'e8d44d', 'fff176', 'd4b80e', 'fffacd'],
  green: [
    '008000',
    '00ff00',
    '006400',
    '6b8e23',
    '556b2f',
    '90ee90',
    '3cb371',
    'a8c060',
    '2f4030',
    '789070',
    '4c4a1c',
  ],
  blue: [
    '0000ff',
    '000080',
    '1e70d0',
    '4682b4',
    '87ceeb',
    'b0d4ec',
    '00a0d0',
    '5f9ea0',
    '24364f',
    '6a86a8',
    'a4b8cc',
  ],
  purple: ['800080', '6a0dad', '9370db', '4b0082', 'b57edc', 'a040a0', '48284f'],
  pink: ['ffc0cb', 'ff69b4', 'ff1493', 'f08098', 'e8a8b8', 'f0c0d8'],
  brown: ['8b4513', 'a0522d', '5c4033', '7b5a3c', 'a67b5b', 'b8926a', 'd2b48c', '3b2417', '6f5a45'],
} as const;

/** Lightness counts for less than hue and chroma when people name a colour. */
const LIGHTNESS_WEIGHT = 0.6;

const REFERENCES = Object.entries(EXAMPLES).flatMap(([name, examples]) =>
  examples.map((hex) => {
    const rgb = Number.parseInt(hex, 16);
    return { name: name as ColourName, lab: toOklab(rgb >> 16, (rgb >> 8) & 255, rgb & 255) };
  }),
);

/** Name of one sRGB colour, components 0 to 255. */
export function colourName(red: number, green: number, blue: number): ColourName {
  const [lightness, a, b] = toOklab(red, green, blue);
  let nearest = REFERENCES[0]!;
  let least = Infinity;
  for (const reference of REFERENCES) {
    const dL = (lightness - reference.lab[0]) * LIGHTNESS_WEIGHT;
    const da = a - reference.lab[1];
    const db = b - reference.lab[2];
    const distance = dL * dL + da * da + db * db;
    if (distance < least) {
      least = distance;
      nearest = reference;
    }
  }
  return nearest.name;
}

/** The colours of a picture, the largest share first; `rgb` has three bytes a pixel, and a few thousand pixels are plenty. */
export function dominantColours(rgb: Uint8Array): ColourShare[] {
  const pixels = Math.floor(rgb.length / 3);
  const counts = new Map<ColourName, number>();
  for (let i = 0; i < pixels * 3; i += 3) {
    const name = colourName(rgb[i]!, rgb[i + 1]!, rgb[i + 2]!);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const shares = [...counts].map(([name, count]) => ({ name, share: count / pixels }));
  shares.sort((x, y) => y.share - x.share);
  return shares.filter(({ share }, rank) => rank === 0 || share >= MIN_SHARE).slice(0, MAX_COLOURS);
}

/** sRGB bytes to OKLab, with the constants of https://bottosson.github.io/posts/oklab/. */
function toOklab(red: number, green: number, blue: number): readonly [L: number, a: number, b: number] {
  const r = linear(red);
  const g = linear(green);
  const b = linear(blue);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
