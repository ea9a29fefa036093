import { expect, test } from 'vitest';
import { sizeText } from '../../../lib/domain/size-text.ts';

test.each([
  [0, '0 bytes'],
  [812, '812 bytes'],
  [1_000, '1.0 KB'],
  [3_412_345, '3.4 MB'],
  [26_214_400, '26.2 MB'],
  [5e12, '5.0 TB'],
])('%i bytes', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
