import { expect, it } from 'vitest';
import { simplified } from '../../../lib/text/simplified.ts';

it('traditional letters are read as simplified ones, in their places', () => {
  expect(simplified('飛機場的夜景')).toBe('飞机场的夜景');
  expect(simplified('Cafe 咖啡 ☕ 𠮷野家 123')).toBe('Cafe 咖啡 ☕ 𠮷野家 123');
  for (const text of ['臺灣', '頭髮', '乾淨', '𡞱'])
    expect([simplified(text).length, simplified(simplified(text))]).toEqual([text.length, simplified(text)]);
});
