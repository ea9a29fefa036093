import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../../../lib/text/tokenize.ts';
import { anyCharacter, halfCharacter } from '../../support/any-character.ts';

const anyUnit = fc.oneof({ weight: 20, arbitrary: anyCharacter }, halfCharacter);

const words = (text: string) => tokenize(text).map(({ word }) => word);

describe('tokenize', () => {
  it.each([
    ['A red t-shirt, size 42!', ['A', 'red', 'tshirt', 'size', '42']],
    ["the dog's", ['the', 'dog']],
    ["THE DOG’S 's", ['THE', 'DOG', 's']],
    ["it's the dogs' own 'sure'", ['it', 'the', 'dogs', 'own', 'sure']],
    ['U.S.A., e.g. a.bc', ['USA', 'eg', 'a', 'bc']],
    ['C++ and C#, not C+ or a#b', ['C++', 'and', 'C#', 'not', 'C', 'or', 'a', 'b']],
    ['Wi-Fi AC/DC AT&T S-Bahn', ['WiFi', 'ACDC', 'ATT', 'SBahn']],
    ['close-up black-and-white', ['close', 'up', 'black', 'and', 'white']],
    ['50mm iPhone15 AB12CDE 2nd 1960s', ['50', 'mm', 'iPhone', '15', 'AB', '12', 'CDE', '2nd', '1960s']],
    ['a1b2c3d4e5', ['a1b2c3d4e5']],
    ['hand\u00adbag', ['hand\u00adbag']],
    ['snake_case/path.jpg', ['snake', 'case', 'path', 'jpg']],
    ['cafe\u0301', ['cafe\u0301']],
    ['cat😀dog 👨‍👩‍👧', ['cat', 'dog']],
    ['黒い猫。犬', ['黒い', '猫', '犬']],
    ['iPhoneで写真', ['iPhone', 'で', '写真']],
    ['แมวดำ', ['แมว', 'ดำ']],
    ['𝔄𝔟 ok', ['𝔄𝔟', 'ok']],
    ['\u0301 \ud83d \u0000', []],
    ['', []],
  ])('splits %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('tells where each word stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyUnit }), (text) => {
        let last = 0;
        for (const { word, start, end } of tokenize(text)) {
          expect(text.slice(start, end).replace(/(?<=\p{L})[-.\u2010\u2011/&](?=\p{L})/gu, '')).toBe(word);
          expect(start).toBeGreaterThanOrEqual(last);
          last = end;
        }
      }),
    );
  });
});
