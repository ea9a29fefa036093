import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareUtf8 } from '../../../../lib/index/bytes/utf8-order.ts';
import { anyCharacter } from '../../../support/any-character.ts';

it('compareUtf8 orders as the bytes do', () => {
  // Few characters of every length in UTF-8, so that strings often share a start.
  const text = fc.string({
    unit: fc.constantFrom('a', 'z', 'é', '猫', '\uE000', '\uFFFD', '😀', '𠀀', '\u{10FFFF}'),
  });
  const any = fc.oneof(text, fc.string({ unit: anyCharacter }));
  fc.assert(
    fc.property(any, any, (a, b) => {
      expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { numRuns: 2_000 },
  );
});
