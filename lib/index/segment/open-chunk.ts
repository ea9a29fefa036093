import { corrupt, type ItemName } from '../bytes/byte-reader.ts';
import { openFrame } from '../bytes/item-frame.ts';
import { Chunk } from '../postings/chunk.ts';
import type { SegmentEntry } from './manifest.ts';

/** @throws GlossError `corrupt` when a list has a document that its segment does not have. */
export function checkRange(lastDocId: number, { docs }: SegmentEntry, item: ItemName): void {
  if (lastDocId >= docs) throw corrupt(item, 0, `document ${lastDocId} of ${docs}`);
}

/**
 * Opens a chunk item of format version 2.
 * @param firstDocId first docId of the chunk according to the directory entry
 * @throws GlossError `corrupt`.
 */
export function openChunk(framed: Uint8Array, item: ItemName, firstDocId: number): Chunk {
  const { payload, version, offset } = openFrame('chunk', framed, item);
  if (version === 1) throw corrupt(item, 0, 'a chunk of version 1 in a list of version 2');
  const chunk = new Chunk(payload, item, offset);
  if (chunk.firstDocIds[0] !== firstDocId) {
    throw corrupt(
      item,
      offset,
      `document ${chunk.firstDocIds[0]!} where the list goes on with ${firstDocId}`,
    );
  }
  return chunk;
}
