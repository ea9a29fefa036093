import { crc32 } from 'node:zlib';

/**
 * An animated PNG of PNGs of one size and kind, the first of which is what other readers show.
 * Source: "Portable Network Graphics (PNG) Specification (Third Edition)", 11.3.6.
 */
export function animatedPng(frames: readonly Uint8Array[]): Buffer {
  const [first, ...later] = frames.map(chunksOf);
  const header = first!.find(({ name }) => name === 'IHDR')!;
  const size = header.data.subarray(0, 8);
  let sequence = 0;
  const control = () =>
    chunk('fcTL', [uint32(sequence++), size, uint32(0), uint32(0), uint16(1), uint16(10), Buffer.alloc(2)]);
  const dataOf = (chunks: readonly Chunk[]) =>
    Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data));
  const before = first!.slice(
    1,
    first!.findIndex(({ name }) => name === 'IDAT'),
  );
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', [header.data]),
    chunk('acTL', [uint32(frames.length), uint32(0)]),
    ...before.map(({ name, data }) => chunk(name, [data])),
    control(),
    chunk('IDAT', [dataOf(first!)]),
    ...later.flatMap((chunks) => [control(), chunk('fdAT', [uint32(sequence++), dataOf(chunks)])]),
    chunk('IEND', []),
  ]);
}

interface Chunk {
  readonly name: string;
  readonly data: Buffer;
}

function chunksOf(png: Uint8Array): Chunk[] {
  const file = Buffer.from(png);
  const chunks: Chunk[] = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    chunks.push({
      name: file.toString('latin1', at + 4, at + 8),
      data: file.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  return chunks;
}

function chunk(name: string, parts: readonly Uint8Array[]): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), ...parts]);
  return Buffer.concat([uint32(named.length - 4), named, uint32(crc32(named))]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
