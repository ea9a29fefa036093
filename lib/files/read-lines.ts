import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { GlossError } from '../domain/errors.ts';

/**
 * The lines of a text, gzipped or plain (told by the first bytes), without their ends.
 * @throws GlossError `invalid` when the file cannot be read to its end, as when it is cut short.
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  try {
    const zipped = await isGzip(path);
    const file = createReadStream(path);
    const input = zipped ? pipeline(file, createGunzip(), () => undefined) : file;
    input.setEncoding('utf8');
    let rest = '';
    for await (const chunk of input as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
    yield rest;
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    const why = REASONS[code] ?? `cannot be read to its end: ${message}`;
    throw new GlossError('invalid', 'unreadable', `${path} ${why}`, { cause });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EISDIR: 'is a folder: name a file',
  EACCES: 'may not be read by you',
};

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}
