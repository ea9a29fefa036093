import { ByteReader, type ItemName } from '../bytes/byte-reader.ts';
import type { Directory, DirectoryEntry } from '../segment/directory-entry.ts';
import { readFrontCoded, termOf } from '../bytes/front-coded-terms.ts';
import { decodeBlocksV1 } from './blocks.ts';

/** A directory of format version 1; layout in FORMAT.md. @throws GlossError `corrupt`. */
export function decodeDirectoryV1(payload: Uint8Array, item: ItemName, origin: number): Directory {
  const reader = new ByteReader(payload, item, 0, payload.length, origin);
  const upTo = termOf(reader, reader.raw(reader.varint()));
  const entries = new Map<string, DirectoryEntry>();
  const count = reader.varint();
  let previous: Uint8Array = new Uint8Array(0);
  for (let i = 0; i < count; i += 1) {
    const bytes = readFrontCoded(reader, previous);
    const docFreq = reader.varint();
    const place = reader.varint();
    entries.set(
      termOf(reader, bytes),
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
