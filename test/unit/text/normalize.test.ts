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
    ['Đà', 'da'],
    ['Straße', 'strasse'],
    ['Œuvre', 'oeuvre'],
    ['Ærø', 'aero'],
    ['Łódź', 'lodz'],
    ['Þór', 'thor'],
    ['ısı', 'isi'],
    ['hand\u00adbag', 'handbag'],
    ['الع\u0640ربية', 'العربية'],
    ['ดำ', 'ดำ'],
    ['한국', '한국'],
    ['ﾈｺ', 'ネコ'],
    ['カップ', 'カップ'],
    ['हिन्दी', 'हिन्दी'],
    ['猫', '猫'],
    ['๑๒๓', '123'],
    ['٣٤٥', '345'],
    ['१२३', '123'],
    ['𑛚𑛀', '00'],
    ['เด็กๆ', 'เด็ก'],
    ['กรุงเทพฯ', 'กรุงเทพ'],
  ])('writes %s as %s', (word, expected) => {
    expect(normalize(word)).toBe(expected);
  });

  it.each([
    ['de', 'Bär', 'bär'],
    ['de', 'BAER', 'bär'],
    ['de', 'neue', 'neue'],
    ['de', 'Quelle', 'quelle'],
    ['de', 'Café', 'cafe'],
    ['es', 'AÑO', 'año'],
    ['es', 'canción', 'cancion'],
    ['sv', 'Får', 'får'],
    ['sv', 'idé', 'ide'],
    ['fr', 'forêt', 'foret'],
    ['en', 'Bär', 'bar'],
  ] as const)('keeps the letters of %s: %s is %s', (language, word, expected) => {
    expect(normalize(word, language)).toBe(expected);
    expect(normalize(word.normalize('NFD'), language)).toBe(expected);
  });
});
