/** `RIFF`, the length of what follows, `WEBP`. */
const HEADER_BYTES = 12;
const CHUNK_HEAD_BYTES = 8;
/** Place, size, duration and flags of a frame, before the chunks that it consists of. */
const FRAME_HEAD_BYTES = 16;

/**
 * An animated WebP with its first frames alone; other bytes as they are. The library that reads WebP compares each frame with all that
 * came before: 100,000 of them never end. It finds frames inside of one, too, behind its picture.
 * Source: "WebP Container Specification", RFC 9649, section 2.
 */
export function withFirstFrames(bytes: Uint8Array, most: number): Uint8Array {
  if (!isAt(bytes, 0, 'RIFF') || !isAt(bytes, 8, 'WEBP')) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let kept: Uint8Array | undefined;
  let keptBytes = 0;
  let frames = 0;
  for (let at = HEADER_BYTES; at + CHUNK_HEAD_BYTES <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    const end = Math.min(bytes.length, at + CHUNK_HEAD_BYTES + length + (length % 2));
    const isFrame = isAt(bytes, at, 'ANMF');
    if (isFrame) frames += 1;
    if (isFrame && frames === most + 1) {
      kept = new Uint8Array(bytes); // a Buffer's slice() would not be a copy
      keptBytes = at;
    }
    if (kept && !isFrame) {
      kept.set(bytes.subarray(at, end), keptBytes);
      keptBytes += end - at;
    }
    at = isFrame && frames <= most ? at + CHUNK_HEAD_BYTES + FRAME_HEAD_BYTES : end;
  }
  if (!kept) return bytes;
  new DataView(kept.buffer).setUint32(4, keptBytes - CHUNK_HEAD_BYTES, true);
  return kept.subarray(0, keptBytes);
}

function isAt(bytes: Uint8Array, at: number, name: string): boolean {
  for (let i = 0; i < name.length; i += 1) if (bytes[at + i] !== name.charCodeAt(i)) return false;
  return true;
}
