import sharp from 'sharp';

/** A chunk of RIFF: name, length, content, and a zero to an even length. */
function chunk(name: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

const uint24 = (value: number) => Buffer.from([value & 255, (value >> 8) & 255, (value >> 16) & 255]);

/** An animation of so many frames of 16 x 16, on a canvas of `side`; each frame takes 70 bytes. */
export async function animatedWebp(frames: number, side = 16): Promise<Buffer> {
  const still = await sharp({ create: { width: 16, height: 16, channels: 3, background: 'red' } })
    .webp({ quality: 1 })
    .toBuffer();
  const lossy = still.subarray(12);
  const frame = chunk(
    'ANMF',
    Buffer.concat([uint24(0), uint24(0), uint24(15), uint24(15), uint24(100), Buffer.from([0]), lossy]),
  );
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    chunk('VP8X', Buffer.concat([Buffer.from([2, 0, 0, 0]), uint24(side - 1), uint24(side - 1)])),
    chunk('ANIM', Buffer.alloc(6)),
    ...Array<Buffer>(frames).fill(frame),
  ]);
  return chunk('RIFF', body);
}

/** The same, but the first frame claims to hold all that comes behind its picture. */
export async function nestedWebp(frames: number, side = 16): Promise<Buffer> {
  const file = await animatedWebp(frames, side);
  const first = file.indexOf('ANMF');
  file.writeUInt32LE(file.length - first - 8, first + 4);
  return file;
}

/** A GIF of so many frames of 16 x 16; each takes 35 bytes. */
export async function animatedGif(frames: number): Promise<Buffer> {
  const still = await sharp({ create: { width: 16, height: 16, channels: 3, background: 'red' } })
    .gif()
    .toBuffer();
  const table = still[10]! & 0x80 ? 3 * 2 ** ((still[10]! & 7) + 1) : 0;
  const head = still.subarray(0, 13 + table);
  const frame = still.subarray(13 + table, -1);
  return Buffer.concat([head, ...Array<Buffer>(frames).fill(frame), Buffer.from([0x3b])]);
}

/** A TIFF of so many pages of one pixel; each takes 114 bytes. */
export function tiffOfPages(pages: number, order: 'II' | 'MM' = 'II'): Buffer {
  const little = order === 'II';
  const entries: readonly (readonly [tag: number, type: number, value: number])[] = [
    [256, 4, 1],
    [257, 4, 1],
    [258, 3, 8],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 0],
    [277, 3, 1],
    [278, 4, 1],
    [279, 4, 1],
  ];
  const pageBytes = 2 + 12 * entries.length + 4;
  const file = Buffer.alloc(8 + pages * pageBytes);
  const uint16 = (value: number, at: number) =>
    little ? file.writeUInt16LE(value, at) : file.writeUInt16BE(value, at);
  const uint32 = (value: number, at: number) =>
    little ? file.writeUInt32LE(value, at) : file.writeUInt32BE(value, at);
  file.write(order, 'latin1');
  uint16(42, 2);
  uint32(8, 4);
  for (let page = 0; page < pages; page += 1) {
    const start = 8 + page * pageBytes;
    uint16(entries.length, start);
    entries.forEach(([tag, type, value], i) => {
      const at = start + 2 + 12 * i;
      uint16(tag, at);
      uint16(type, at + 2);
      uint32(1, at + 4);
      if (type === 3) uint16(value, at + 8);
      else uint32(value, at + 8);
    });
    uint32(page === pages - 1 ? 0 : start + pageBytes, start + pageBytes - 4);
  }
  return file;
}
