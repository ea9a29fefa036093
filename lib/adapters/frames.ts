import type { Readable, Writable } from 'node:stream';

const HEAD_BYTES = 4;

/** Writes bytes with their number before them, as uint32. They are not copied. */
export function writeFrame(stream: Writable, bytes: Uint8Array): void {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(bytes.length);
  stream.write(head);
  stream.write(bytes);
}

/** Takes a stream apart into frames. What it announces is not reserved before it has come. */
export class FrameReader {
  readonly #stream: Readable;
  readonly #maxBytes: number;
  readonly #pieces: AsyncIterator<Buffer>;
  #rest: Buffer[] = [];
  #have = 0;

  constructor(stream: Readable, maxBytes: number) {
    this.#stream = stream;
    this.#maxBytes = maxBytes;
    this.#pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next frame, or undefined at the end of the stream. @throws Error for a frame above the limit */
  async next(): Promise<Uint8Array | undefined> {
    const head = await this.#take(HEAD_BYTES);
    if (!head) return undefined;
    const bytes = head.readUInt32BE();
    if (bytes > this.#maxBytes) {
      this.#stream.destroy();
      throw new Error(`a frame of ${bytes} bytes; at most ${this.#maxBytes} are taken`);
    }
    return this.#take(bytes);
  }

  async #take(bytes: number): Promise<Buffer | undefined> {
    while (this.#have < bytes) {
      const piece = await this.#pieces.next();
      if (piece.done) return undefined;
      this.#rest.push(piece.value);
      this.#have += piece.value.length;
    }
    const all = this.#rest.length === 1 ? this.#rest[0]! : Buffer.concat(this.#rest);
    this.#rest = [all.subarray(bytes)];
    this.#have = all.length - bytes;
    return all.subarray(0, bytes);
  }
}
