import { describe, expect, it } from 'vitest';
import { normalize } from '../../../lib/text/normalize.ts';

describe('normalize', () => {
  it.each([
    ['CAFÉ', 'cafe'],
    ['cafe\u0301', 'cafe'],
    ['Ｃａｔ', 'cat'],
    ['ﬁsh', 'fish'],
    ['Ⅻ', 'xii'],
    ['½', '1⁄2'],
    ['①', '1'],
    ['İstanbul', 'istanbul'],
    ['\u212A', 'k'],
    ['Đà', 'đa'],
    ['Straße', 'straße'],
    ['한국', '한국'],
    ['ﾈｺ', 'ネコ'],
    ['カップ', 'カップ'],
    ['हिन्दी', 'हिन्दी'],
    ['猫', '猫'],
  ])('writes %s as %s', (word, expected) => {
    expect(normalize(word)).toBe(expected);
  });
});
