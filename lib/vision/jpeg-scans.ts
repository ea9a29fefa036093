const MARKER = 0xff;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const SOF0 = 0xc0;
const RST0 = 0xd0;
const RST7 = 0xd7;

/**
 * How many scans a JPEG has, up to `most`: each makes a decoder walk over the whole picture, and takes no more than some 100 bytes.
 * Zero for what is no JPEG. Reads markers as libjpeg does, faults included: what stands between segments is skipped, a length below two
 * is taken for two, a marker that is none ends no scan, and all ends with the end marker.
 * Source: ITU-T T.81, B.1.1 (markers) and B.2 (order of segments).
 */
export function countScans(bytes: Uint8Array, most: number): number {
  if (bytes[0] !== MARKER || bytes[1] !== SOI) return 0;
  let scans = 0;
  let at = 2;
  while (scans < most) {
    at = bytes.indexOf(MARKER, at);
    if (at < 0) break;
    while (bytes[at] === MARKER) at += 1;
    const marker = bytes[at];
    at += 1;
    if (marker === undefined || marker === EOI) break;
    // A zero belongs to the data of a scan, as restart markers do; what is below the first marker with a segment is passed over.
    if (marker < SOF0 || (marker >= RST0 && marker <= RST7) || marker === SOI) continue;
    if (at + 2 > bytes.length) break;
    const length = bytes[at]! * 256 + bytes[at + 1]!;
    if (marker === SOS) scans += 1;
    at += Math.max(2, length);
  }
  return scans;
}
