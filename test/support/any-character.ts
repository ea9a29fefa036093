import fc from 'fast-check';

/** Any character, letters of many scripts and signs that matter more often than their share. */
export const anyCharacter = fc.oneof(
  fc.constantFrom(...Array.from('aZ9 +-"\'/.%\n\u0000éß猫😀𠀀½ﬁ\u0301\u200D\uFFFD\u{10FFFF}')),
  fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
  fc
    .integer({ min: 0, max: 0x10ffff - 0x800 })
    .map((code) => String.fromCodePoint(code < 0xd800 ? code : code + 0x800)),
);

/** Half of a character of two UTF-16 units, as broken programs send it. */
export const halfCharacter = fc
  .integer({ min: 0xd800, max: 0xdfff })
  .map((unit) => String.fromCharCode(unit));
