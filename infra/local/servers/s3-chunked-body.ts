import { S3Error } from './s3-error.ts';

const MAX_LINE_BYTES = 8192;

/**
 * The content of a body in the encoding `aws-chunked`; what follows the last chunk goes to `trailers`, names in lower
 * case. Signatures of chunks are read over: the head is signed, and a checksum follows.
 * Source: "Transferring payload in multiple chunks" of the S3 API reference.
 * @throws S3Error when the body ends early or is something else.
 */
export async function* decodeChunks(
  body: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const reader = readerOf(body);
  for (let size = sizeOf(await reader.line()); size > 0; size = sizeOf(await reader.line())) {
    for (let left = size; left > 0;) {
      const bytes = await reader.some(left);
      left -= bytes.length;
      yield bytes;
    }
    if ((await reader.line()) !== '')
      throw new S3Error('IncompleteBody', `a chunk has more than its ${size} bytes`);
  }
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const [name = '', ...value] = line.split(':');
    trailers.set(name.trim().toLowerCase(), value.join(':').trim());
  }
}

/** The size that starts a chunk's head, in hexadecimal: `10000` or `10000;chunk-signature=...`. */
function sizeOf(head: string): number {
  const [, digits] = /^([0-9a-f]{1,10})(?:;.*)?$/i.exec(head) ?? [];
  if (digits === undefined)
    throw new S3Error('IncompleteBody', 'the body is not in the encoding aws-chunked');
  return parseInt(digits, 16);
}

/** Reads lines and bytes off a stream whose pieces end anywhere. */
function readerOf(body: AsyncIterable<Buffer>) {
  const pieces = body[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  async function nextPiece(): Promise<Buffer> {
    const piece = await pieces.next();
    if (piece.done) throw new S3Error('IncompleteBody', 'the body ends before its last chunk does');
    return piece.value;
  }

  return {
    /** Without its CR LF. */
    async line(): Promise<string> {
      let end: number;
      while ((end = rest.indexOf('\r\n')) < 0) {
        if (rest.length > MAX_LINE_BYTES)
          throw new S3Error('IncompleteBody', 'a line between chunks is too long');
        rest = Buffer.concat([rest, await nextPiece()]);
      }
      const line = rest.toString('latin1', 0, end);
      rest = rest.subarray(end + 2);
      return line;
    },
    /** At least one byte, at most so many. */
    async some(most: number): Promise<Buffer> {
      while (rest.length === 0) rest = await nextPiece();
      const bytes = rest.subarray(0, most);
      rest = rest.subarray(bytes.length);
      return bytes;
    },
  };
}
