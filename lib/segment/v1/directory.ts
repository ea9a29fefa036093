import { ByteReader, type ItemName } from '../byte-reader.ts';
import type { Directory, DirectoryEntry } from '../directory.ts';
import { decodeBlocksV1 } from './blocks.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A directory of format version 1; layout in FORMAT.md. @throws GlossError `corrupt`. */
export function decodeDirectoryV1(payload: Uint8Array, item: ItemName, origin: number): Directory {
  const reader = new ByteReader(payload, item, 0, payload.length, origin);
  const upTo = readTerm(reader, reader.raw(reader.varint()));
  const entries = new Map<string, DirectoryEntry>();
  const count = reader.varint();
  let previous: Uint8Array = new Uint8Array(0);
  for (let i = 0; i < count; i += 1) {
    const shared = reader.varint();
    if (shared > previous.length) throw reader.fail('a prefix longer than the term before');
    const suffix = reader.raw(reader.varint());
    const bytes = new Uint8Array(shared + suffix.length);
    bytes.set(previous.subarray(0, shared));
    bytes.set(suffix, shared);
    const docFreq = reader.varint();
    const place = reader.varint();
    entries.set(
      readTerm(reader, bytes),
      place & 1
        ? { docFreq, opaqueChunks: place >>> 1 }
        : { docFreq, postings: decodeBlocksV1([{ bytes: reader.raw(place >>> 1), item }], docFreq) },
    );
    previous = bytes;
  }
  if (!reader.done) throw reader.fail('bytes after the last entry');
  return {
    item,
    upTo: upTo === '' ? undefined : upTo,
    terms: [...entries.keys()],
    entry: (term) => entries.get(term),
  };
}

function readTerm(reader: ByteReader, bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw reader.fail('a term that is no UTF-8');
  }
}
