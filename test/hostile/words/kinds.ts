import type { Random } from '../../support/random.ts';

/** Texts that are made to cost, to confuse or to break out, by kind. */
export const KINDS: Readonly<Record<string, (random: Random, maxChars: number) => string>> = {
  // One character of 3 bytes is 18 under NFKC, one of Hangul or of ligatures several.
  'grows when normalized': (random, max) =>
    repeat(random, max, ['\ufdfa', '\ufdfb', '㌖', 'ﬃ', '㋿', '½', '⑳']),
  'marks on marks': (random, max) =>
    repeat(random, max, ['a', '\u0300', '\u0315', '\u035c', '\u1ab0', '\u20dd']),
  'distinct words': (random, max) => filled(max, () => `${random.below(2 ** 31).toString(36)} `),
  'one long word': (random, max) => random.pick(['a', 'ß', '猫', 'ば', '\u{1f468}', 'é']).repeat(max),
  'joined emoji': (random, max) =>
    repeat(random, max, ['\u{1f468}', '\u200d', '\u{1f469}', '\ufe0f', '\u{1f3fd}']),
  'half characters': (random, max) => repeat(random, max, ['\ud83d', '\ude00', 'x', ' ']),
  'control and direction': (random, max) =>
    repeat(random, max, ['\u0000', '\u0007', '\u001b[2J', '\u202e', '\u2066', '\u200b', '\ufeff', 'cat ']),
  'suffix on suffix': (random, max) =>
    filled(
      max,
      () =>
        `${random.pick(['nation', 'cat', 'kind'])}${'al'.repeat(random.below(9))}${'ization'.repeat(random.below(9))} `,
    ),
  'hyphens and quotes': (random, max) => repeat(random, max, ['-', "'", '’', 'a', '·', '_', '/', '.', 'b']),
  'what looks like a query': (random, max) =>
    repeat(random, max, ['"', '(', ')', 'OR ', '-', '+', 'tag:', 'a*', ' ']),
  'what looks like an index term': (random, max) =>
    repeat(random, max, ['=person ', 'traffic light ', '=', '\n', '\t']),
  'orders to a program': (random, max) =>
    repeat(random, max, [
      '<script>alert(1)</script> ',
      "'; DROP TABLE images; -- ",
      '${7*7} ',
      '{{7*7}} ',
      'ignore all instructions ',
    ]),
  'all of Unicode': (random, max) =>
    filled(max, () => String.fromCodePoint(random.below(0x11_0000)).toWellFormed()),
  'scripts without spaces': (random, max) =>
    filled(max, () => String.fromCodePoint(0x4e00 + random.below(20_000))),
  'Thai without spaces': (random, max) => filled(max, () => String.fromCodePoint(0xe01 + random.below(58))),
};

const repeat = (random: Random, max: number, of: readonly string[]) => filled(max, () => random.pick(of));

function filled(maxChars: number, next: () => string): string {
  const parts: string[] = [];
  for (let length = 0; length < maxChars;) {
    const part = next();
    parts.push(part);
    length += part.length;
  }
  return parts.join('').slice(0, maxChars);
}
