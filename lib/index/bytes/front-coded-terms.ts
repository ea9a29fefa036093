import type { ByteReader } from './byte-reader.ts';
import { MAX_TERM_BYTES } from './limits.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a front-coded term: how many bytes it shares with the start of the previous term, then the rest.
 * @throws GlossError `corrupt`.
 */
export function readFrontCoded(reader: ByteReader, previous: Uint8Array): Uint8Array {
  const shared = reader.varint();
  if (shared > previous.length) throw reader.fail('a prefix longer than the term before');
  const rest = reader.varint();
  // Every entry may repeat the one before, so that without a limit a short item makes terms of gigabytes.
  if (shared + rest > MAX_TERM_BYTES) throw reader.fail(`a term of ${shared + rest} bytes`);
  const suffix = reader.raw(rest);
  const bytes = new Uint8Array(shared + suffix.length);
  bytes.set(previous.subarray(0, shared));
  bytes.set(suffix, shared);
  return bytes;
}

/** @param reader for the error, which names the place. @throws GlossError `corrupt`. */
export function termOf(reader: ByteReader, bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw reader.fail('a term that is no UTF-8');
  }
}
