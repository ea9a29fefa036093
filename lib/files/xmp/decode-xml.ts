/** As many bytes of a document hold its declaration. */
const HEAD_BYTES = 200;

/**
 * The text of an XML document: in the encoding that its byte order mark or its declaration names, otherwise in UTF-8. Source: appendix F
 * of "Extensible Markup Language (XML) 1.0".
 * @throws TypeError for bytes that are none of that encoding; RangeError for an encoding that is not known
 */
export function decodeXml(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Without a mark, an opening bracket of two bytes.
  if (first === 0x3c && second === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c) return 'utf-16be';
  const head = String.fromCharCode(...bytes.subarray(0, HEAD_BYTES));
  return /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1] ?? 'utf-8';
}
