import type { ByteReader } from './byte-reader.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a front-coded term: how many bytes it shares with the start of the previous term, then the rest.
 * @throws GlossError `corrupt`.
 */
export function readFrontCoded(reader: ByteReader, previous: Uint8Array): Uint8Array {
  const shared = reader.varint();
  if (shared > previous.length) throw reader.fail('a prefix longer than the term before');
  const suffix = reader.raw(reader.varint());
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
