import type { ByteReader } from './byte-reader.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes of a term that says how many it shares with the start of the one before. @throws GlossError `corrupt`. */
export function readFrontCoded(reader: ByteReader, previous: Uint8Array): Uint8Array {
  const shared = reader.varint();
  if (shared > previous.length) throw reader.fail('a prefix longer than the term before');
  const suffix = reader.raw(reader.varint());
  const bytes = new Uint8Array(shared + suffix.length);
  bytes.set(previous.subarray(0, shared));
  bytes.set(suffix, shared);
  return bytes;
}

/** @param reader to say where the bytes are that are no term. @throws GlossError `corrupt`. */
export function termOf(reader: ByteReader, bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw reader.fail('a term that is no UTF-8');
  }
}
