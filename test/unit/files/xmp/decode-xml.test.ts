import { expect, it } from 'vitest';
import { decodeXml } from '../../../../lib/files/xmp/decode-xml.ts';

const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>\n<a>Käse</a>`;
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

it.each<[string, Uint8Array, string]>([
  ['UTF-8 without a declaration', Buffer.from('<a>Käse</a>'), '<a>Käse</a>'],
  ['UTF-8 with a mark', Buffer.from('\uFEFF<a>Käse</a>'), '<a>Käse</a>'],
  ['UTF-8 that says so', Buffer.from(declared('utf-8')), declared('utf-8')],
  ['ISO-8859-1', Buffer.from(declared('ISO-8859-1'), 'latin1'), declared('ISO-8859-1')],
  ['UTF-16 with a mark', Buffer.from(`\uFEFF${declared('UTF-16')}`, 'utf16le'), declared('UTF-16')],
  ['UTF-16 the other way round', utf16be(`\uFEFF${declared('UTF-16')}`), declared('UTF-16')],
  ['UTF-16 without a mark', utf16be(declared('UTF-16')), declared('UTF-16')],
  ['nothing', new Uint8Array(), ''],
])('%s is read', (_, bytes, text) => {
  expect(decodeXml(bytes)).toBe(text);
});

it.each([
  ['ISO-8859-1 that says nothing', Buffer.from('<a>Käse</a>', 'latin1')],
  ['ISO-8859-1 that says UTF-8', Buffer.from(declared('UTF-8'), 'latin1')],
  ['an encoding that nobody knows', Buffer.from(declared('KLINGON'))],
])('%s is not guessed at', (_, bytes) => {
  expect(() => decodeXml(bytes)).toThrow();
});
