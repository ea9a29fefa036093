// @ts-check

/** Letters at these places, in files of a media type. @type {readonly (readonly [string, readonly (readonly [number, string])[]])[]} */
const SIGNS = [
  ['image/jpeg', [[0, '\xff\xd8\xff']]],
  ['image/png', [[0, '\x89PNG']]],
  ['image/gif', [[0, 'GIF8']]],
  ['image/tiff', [[0, 'II*\0']]],
  ['image/tiff', [[0, 'MM\0*']]],
  [
    'image/webp',
    [
      [0, 'RIFF'],
      [8, 'WEBP'],
    ],
  ],
  ['image/avif', [[4, 'ftypavif']]],
  ['image/heic', [[4, 'ftyphei']]],
  ['image/heic', [[4, 'ftypmif1']]],
  ['image/jxl', [[0, '\xff\x0a']]],
  ['image/jxl', [[0, '\0\0\0\x0cJXL ']]],
  [
    'image/bmp',
    [
      [0, 'BM'],
      [6, '\0\0\0\0'],
    ],
  ],
];
const SIGN_BYTES = 12;

/**
 * The media type of a file, by its first bytes: names have no ending or a wrong one. What is not known is called as the browser calls it.
 * @param {File} file
 */
export async function pictureTypeOf(file) {
  const named = file.type || 'application/octet-stream';
  try {
    const bytes = new Uint8Array(await file.slice(0, SIGN_BYTES).arrayBuffer());
    const text = String.fromCharCode(...bytes);
    return SIGNS.find(([, signs]) => signs.every(([at, sign]) => text.startsWith(sign, at)))?.[0] ?? named;
  } catch {
    return named; // a file that cannot be read fails when it is sent
  }
}
