import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { GlossError } from '../domain/errors.ts';

/**
 * The lines of a text, gzipped or plain (told by the first bytes), without their ends.
 * @param path of a file; `-` is the standard input
 * @throws GlossError `invalid` when the file cannot be read to its end, as when it is cut short.
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  try {
    const file = path === '-' ? process.stdin : createReadStream(path);
    const input = (await isGzip(file)) ? pipeline(file, createGunzip(), () => undefined) : file;
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

/** By the first bytes, which are put back. */
async function isGzip(stream: Readable): Promise<boolean> {
  await Promise.race([once(stream, 'readable'), once(stream, 'end')]);
  const first = stream.read() as Buffer | null;
  if (first) stream.unshift(first);
  return first?.[0] === 0x1f && first[1] === 0x8b;
}
