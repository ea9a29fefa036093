import { describe, expect, it } from 'vitest';
import { subWordsOf, wordsAcross } from '../../../lib/text/sub-words.ts';

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

describe('words across the border of two words', () => {
  it.each([
    ['飞机', '场', ['机场']],
    ['火车', '站', ['车站']],
    ['公共汽', '车站', []],
    ['北京', '大学', []],
    ['公園', 'の', []],
    ['tea', '茶', []],
  ])('%s|%s has %j', (one, two, expected) => {
    expect(wordsAcross(one, two).map(({ word }) => word)).toEqual(expected);
  });
});
