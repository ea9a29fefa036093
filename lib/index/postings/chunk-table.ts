import type { ByteReader } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { MAX_DOC_LEN } from '../bytes/limits.ts';
import { placedIn } from './postings.ts';

/** What a directory entry says about the chunks of a list, so that a reader can choose those that it needs. */
export interface ChunkTable {
  /** First docId of each chunk, ascending. */
  readonly firstDocIds: Uint32Array;
  readonly maxPlacedFreqs: Uint32Array;
  readonly minDocLens: Uint32Array;
  /** The last docId of the list. */
  readonly lastDocId: number;
}

export function writeChunkTable(out: ByteWriter, table: ChunkTable): void {
  const { firstDocIds, maxPlacedFreqs, minDocLens, lastDocId } = table;
  out.varint(firstDocIds.length);
  let docId = 0;
  let docLen = 0;
  for (let i = 0; i < firstDocIds.length; i += 1) {
    out.varint(firstDocIds[i]! - docId);
    out.varint(maxPlacedFreqs[i]!);
    out.zigzag(minDocLens[i]! - docLen);
    docId = firstDocIds[i]!;
    docLen = minDocLens[i]!;
  }
  out.varint(lastDocId - docId);
}

/** @param version of the format. @throws GlossError `corrupt`. */
export function readChunkTable(reader: ByteReader, version: number): ChunkTable {
  const chunks = reader.varint();
  // A chunk takes at least three bytes of the table, which limits what a corrupt number makes us allocate.
  if (chunks === 0 || chunks * 3 > reader.left) throw reader.fail(`${chunks} chunks`);
  const firstDocIds = new Uint32Array(chunks);
  const maxFreqs = new Uint32Array(chunks);
  const minDocLens = new Uint32Array(chunks);
  let docId = 0;
  let docLen = 0;
  for (let i = 0; i < chunks; i += 1) {
    const gap = reader.varint();
    if (i > 0 && gap === 0) throw reader.fail('chunks out of order');
    docId += gap;
    firstDocIds[i] = docId;
    maxFreqs[i] = reader.varint();
    docLen += reader.zigzag();
    if (maxFreqs[i] === 0 || docLen < 0 || docLen > MAX_DOC_LEN)
      throw reader.fail('the bound of a chunk is out of range');
    minDocLens[i] = docLen;
  }
  const lastDocId = docId + reader.varint();
  if (lastDocId > 0xffff_ffff) throw reader.fail('a document out of range');
  return { firstDocIds, maxPlacedFreqs: placedIn(maxFreqs, version), minDocLens, lastDocId };
}
