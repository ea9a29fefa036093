import { describe, expect, it } from 'vitest';
import { subWordsOf } from '../../../lib/text/sub-words.ts';

describe('words inside words', () => {
  it.each([
    ['東京タワー', ['東京', 'タワー']],
    ['子犬', ['子', '犬']],
    ['人々', ['人']],
    ['消防車', ['消防', '車']],
    ['汽车', ['汽', '车']],
    ['รถไฟ', ['รถ', 'ไฟ']],
    ['ดอกไม้', ['ดอก', 'ไม้']],
  ])('%s has %j', (word, expected) => {
    expect(subWordsOf(word)).toEqual(expect.arrayContaining(expected));
  });

  it('are none in words without parts, in other scripts and in long runs', () => {
    for (const word of ['犬', 'แมว', 'ネコ', 'doghouse', 'собака', '犬'.repeat(25), ''])
      expect(subWordsOf(word)).toEqual([]);
  });
});
