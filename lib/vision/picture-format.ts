/** Of the first bytes, read one character a byte. Sources: the specification of each format, at the part on its signature. */
const SIGNATURES: readonly (readonly [format: string, signature: RegExp])[] = [
  ['jpeg', /^\xff\xd8/],
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['gif', /^GIF8[79]a/],
  ['webp', /^RIFF.{4}WEBP/s],
  ['tiff', /^(?:II[*+]\0|MM\0[*+])/],
  // A box of brands: the major one, a version, and those that the file is compatible with.
  ['avif', /^.{4}ftyp(?:.{4})*?(?:avif|avis)/s],
  ['heic', /^.{4}ftyp(?:he[iv][cmsx]|mif1|msf1)/s],
  ['jp2', /^\0\0\0\x0cjP /],
  ['jxl', /^(?:\xff\x0a|\0\0\0\x0cJXL )/],
  ['bmp', /^BM.{4}\0\0\0\0/s],
  ['psd', /^8BPS/],
  ['pdf', /^%PDF-/],
  ['svg', /^(?:\xef\xbb\xbf)?\s*<(?:svg|\?xml)/],
];
/** Enough to know a format by: brands stand within the first box; the longest that cameras write has a few. */
export const HEAD_BYTES = 256;

/**
 * The format that a file claims by its first bytes, in lower case: asked before a library reads the file, because some answer with
 * work without bound (an SVG without a size is laid out to find one). Undefined for no picture.
 */
export function formatOf(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, HEAD_BYTES));
  return SIGNATURES.find(([, signature]) => signature.test(head))?.[0];
}
