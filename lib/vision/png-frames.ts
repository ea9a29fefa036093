import { crc32 } from 'node:zlib';

const SIGNATURE_BYTES = 8;
/** Of its data, its name and its checksum. */
const CHUNK_EXTRA_BYTES = 12;
const SEQUENCE_BYTES = 4;

interface Chunk {
  readonly name: string;
  readonly data: Uint8Array;
}

/**
 * The frames of an animated PNG after the picture that other readers see, at most `most`, each as a PNG of its own: the part of the
 * picture that it changes, without what is there before. None for other bytes.
 * Source: "Portable Network Graphics (PNG) Specification (Third Edition)", 11.3.6.
 */
export function laterPngFrames(bytes: Uint8Array, most: number): readonly Uint8Array[] {
  const shared: Chunk[] = [];
  const frames: { readonly control: Uint8Array; readonly data: Uint8Array[] }[] = [];
  let isAnimated = false;
  for (const chunk of chunksOf(bytes)) {
    const { name, data } = chunk;
    if (name === 'acTL') isAnimated = true;
    else if (name === 'fcTL' && data.length === 26) {
      if (frames.length > most) break; // its data is complete
      frames.push({ control: data, data: [] });
    } else if (name === 'fdAT') frames.at(-1)?.data.push(data.subarray(SEQUENCE_BYTES));
    else if (name !== 'IDAT' && name !== 'IEND' && frames.every((frame) => frame.data.length === 0))
      shared.push(chunk);
  }
  const [header, ...others] = shared;
  if (!isAnimated || header?.name !== 'IHDR' || header.data.length !== 13) return [];
  return frames
    .filter(({ data }) => data.length > 0)
    .slice(0, most)
    .map(({ control, data }) => {
      const size = new Uint8Array(header.data);
      size.set(control.subarray(SEQUENCE_BYTES, SEQUENCE_BYTES + 8)); // width and height
      return Buffer.concat([
        bytes.subarray(0, SIGNATURE_BYTES),
        chunkOf('IHDR', size),
        ...others.map((other) => chunkOf(other.name, other.data)),
        chunkOf('IDAT', Buffer.concat(data)),
        chunkOf('IEND', new Uint8Array()),
      ]);
    });
}

/** Whether a PNG has frames after the picture that other readers see. */
export const isAnimatedPng = (bytes: Uint8Array): boolean => laterPngFrames(bytes, 1).length > 0;

function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = SIGNATURE_BYTES; at + CHUNK_EXTRA_BYTES <= bytes.length;) {
    const start = at + 8;
    const end = start + view.getUint32(at);
    if (end + 4 > bytes.length) return;
    yield { name: String.fromCharCode(...bytes.subarray(at + 4, start)), data: bytes.subarray(start, end) };
    at = end + 4;
  }
}

function chunkOf(name: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
