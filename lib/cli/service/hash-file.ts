import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { CommandError } from '../terminal/command-error.ts';

/** A file as it was read to its end. */
export interface HashedFile {
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Reads a file once, piece by piece. @throws CommandError when it cannot be read */
export async function hashFile(path: string): Promise<HashedFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(piece);
      bytes += piece.length;
    }
  } catch (cause) {
    throw new CommandError('unreadable', `${path} cannot be read`, { cause });
  }
  return { bytes, sha256: hash.digest('hex') };
}
