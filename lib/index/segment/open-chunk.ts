import type { ItemName } from '../bytes/byte-reader.ts';
import { openFrame } from '../bytes/item-frame.ts';
import { Chunk } from '../postings/chunk.ts';
import type { Postings } from '../postings/postings.ts';
import type { ChunkedList } from './directory-entry.ts';

/**
 * Opens a chunk item and holds it against the row that the directory has of it.
 * @param i number of the chunk in its list
 * @param format of its segment, 2 or 3
 * @throws GlossError `corrupt`.
 */
export function openChunk(
  framed: Uint8Array,
  item: ItemName,
  { docFreq, chunks }: Pick<ChunkedList, 'docFreq' | 'chunks'>,
  i: number,
  format: number,
): Chunk {
  const { payload, offset } = openFrame('chunk', framed, item, format);
  const chunk = new Chunk(payload, item, format, offset);
  const [first] = chunk.firstDocIds;
  if (first !== chunks.firstDocIds[i])
    throw chunk.fail(`document ${first!} where the list goes on with ${chunks.firstDocIds[i]!}`);
  // Every other chunk has a posting at least.
  if (chunk.count > docFreq - chunks.firstDocIds.length + 1)
    throw chunk.fail(`${chunk.count} of ${docFreq} postings in one of ${chunks.firstDocIds.length} chunks`);
  const { maxPlacedFreq, minDocLen } = chunk.bound;
  if (maxPlacedFreq !== chunks.maxPlacedFreqs[i] || minDocLen !== chunks.minDocLens[i])
    throw chunk.fail(
      `bounded by ${maxPlacedFreq} times in ${minDocLen} words, by the directory by ${chunks.maxPlacedFreqs[i]!} in ${chunks.minDocLens[i]!}`,
    );
  return chunk;
}

/**
 * Holds what has been read of a list against its directory entry: the number of postings and the last document where all
 * chunks are here, and the top postings, which must stand in their chunks as they do in the directory.
 * @param chunks by number, undefined for those that have not been read; at least one
 * @param read the postings of those that have been, ascending
 * @throws GlossError `corrupt`.
 */
export function checkAgainstEntry(
  { docFreq, chunks: table, topPostings }: ChunkedList,
  chunks: readonly (Chunk | undefined)[],
  { docIds, placedFreqs, docLens }: Postings,
): void {
  const last = chunks.findLast((chunk) => chunk !== undefined)!;
  if (chunks.every((chunk) => chunk !== undefined)) {
    if (docIds.length !== docFreq)
      throw last.fail(`${docIds.length} postings in all chunks where ${docFreq} belong`);
    if (docIds.at(-1) !== table.lastDocId)
      throw last.fail(`document ${docIds.at(-1)!} is the last, not ${table.lastDocId}`);
  }
  const top = topPostings.postings;
  let run = 0;
  const order = Array.from(top.docIds.keys()).sort((a, b) => top.docIds[a]! - top.docIds[b]!);
  for (const i of order) {
    const docId = top.docIds[i]!;
    while (run + 1 < chunks.length && table.firstDocIds[run + 1]! <= docId) run += 1;
    const chunk = chunks[run];
    if (!chunk) continue;
    const at = placeOf(docIds, docId);
    if (docIds[at] !== docId || placedFreqs[at] !== top.placedFreqs[i] || docLens[at] !== top.docLens[i])
      throw chunk.fail(`document ${docId} is not as it stands among the top postings`);
  }
}

/** The index of the first of some ascending values that is not below one. */
function placeOf(values: Uint32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
