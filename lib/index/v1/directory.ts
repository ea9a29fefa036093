import { ByteReader, type ItemName } from '../bytes/byte-reader.ts';
import { compareUtf8 } from '../bytes/utf8-order.ts';
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
  let before: string | undefined;
  for (let i = 0; i < count; i += 1) {
    const bytes = readFrontCoded(reader, previous);
    const term = termOf(reader, bytes);
    if (before !== undefined && compareUtf8(before, term) >= 0) throw reader.fail('terms out of order');
    const docFreq = reader.varint();
    if (docFreq === 0) throw reader.fail('a term without documents');
    entries.set(term, readList(reader, item, docFreq));
    previous = bytes;
    before = term;
  }
  if (!reader.done) throw reader.fail('bytes after the last entry');
  return {
    item,
    version: 1,
    upTo: upTo === '' ? undefined : upTo,
    terms: [...entries.keys()],
    entry: (term) => entries.get(term),
    places: () => undefined,
  };
}

/** All blocks of a chunk are full, but those at the end of a list. */
const CHUNK_POSTINGS = 128;

function readList(reader: ByteReader, item: ItemName, docFreq: number): DirectoryEntry {
  const place = reader.varint();
  if (place & 1) {
    const opaqueChunks = place >>> 1;
    if (opaqueChunks === 0 || opaqueChunks > Math.ceil(docFreq / CHUNK_POSTINGS))
      throw reader.fail(`${opaqueChunks} chunks of ${docFreq} postings`);
    return { docFreq, opaqueChunks };
  }
  const offset = reader.offset;
  return { docFreq, postings: decodeBlocksV1([{ bytes: reader.raw(place >>> 1), item, offset }], docFreq) };
}
