import { crc32, deflateSync } from 'node:zlib';
import { segment } from './jpeg-parts.ts';

/** A chunk of PNG: length, name, content, checksum. */
export function pngChunk(name: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}

/** Behind the header (IHDR) of a PNG, which has always the same length. */
const PNG_HEADER_BYTES = 33;
/** Behind the start marker of a JPEG. */
const JPEG_START_BYTES = 2;

export const intoPng = (png: Buffer, ...chunks: readonly Buffer[]): Buffer =>
  Buffer.concat([png.subarray(0, PNG_HEADER_BYTES), ...chunks, png.subarray(PNG_HEADER_BYTES)]);

export const intoJpeg = (jpeg: Buffer, ...segments: readonly Buffer[]): Buffer =>
  Buffer.concat([jpeg.subarray(0, JPEG_START_BYTES), ...segments, jpeg.subarray(JPEG_START_BYTES)]);

/** Text or a profile of PNG that unpacks to so many bytes. */
export const packedChunk = (name: 'zTXt' | 'iCCP', bytes: number): Buffer =>
  pngChunk(
    name,
    Buffer.concat([Buffer.from('bomb\0\0', 'latin1'), deflateSync(Buffer.alloc(bytes), { level: 9 })]),
  );

/** An ICC profile over as many APP2 segments as it takes, at most 255. Source: ICC.1:2022, Annex B.4. */
export function profileSegments(profile: Uint8Array): Buffer[] {
  const most = 65_519;
  const count = Math.min(255, Math.ceil(profile.length / most));
  return Array.from({ length: count }, (_, i) => {
    const head = Buffer.from(`ICC_PROFILE\0${String.fromCharCode(i + 1, count)}`, 'latin1');
    return segment(0xe2, Buffer.concat([head, profile.subarray(i * most, (i + 1) * most)]));
  });
}

/** EXIF whose directories name themselves as the next, or announce more than there is. */
export function exifBomb(entries: number, next: number): Buffer {
  const tiff = Buffer.alloc(8 + 2 + 12 * entries + 4);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(entries, 8);
  for (let i = 0; i < entries; i += 1) {
    const at = 10 + 12 * i;
    tiff.writeUInt16LE(i % 3 === 0 ? 0x8769 : 0x0100 + i, at); // a directory of its own, or any tag
    tiff.writeUInt16LE(1 + (i % 12), at + 2);
    tiff.writeUInt32LE(i % 2 === 0 ? 0xffff_ffff : 1, at + 4);
    tiff.writeUInt32LE(8, at + 8);
  }
  tiff.writeUInt32LE(next, tiff.length - 4);
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
}
