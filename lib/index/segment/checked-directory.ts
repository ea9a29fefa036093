import { compareUtf8 } from '../bytes/utf8-order.ts';
import { corrupt, type ItemName } from '../bytes/byte-reader.ts';
import type { ChunkedList, Directory, DirectoryEntry } from './directory-entry.ts';
import type { SegmentEntry } from './manifest.ts';
import { DIRECTORY_START, SINGLE_ITEM_KEY } from './sort-keys.ts';
import { spellingOf } from './term-spelling.ts';

/**
 * A directory that is held against its key and against what the manifest says of its segment; its entries are, when
 * they are asked for. The directory itself is decoded once and knows neither.
 * @throws GlossError `corrupt`, and so does its method
 */
export function checkedDirectory(directory: Directory, segment: SegmentEntry): Directory {
  const { item, version, terms, upTo } = directory;
  if (version !== segment.format)
    throw corrupt(item, 0, `format version ${version} where ${segment.format} belongs`);
  if (item.sk !== SINGLE_ITEM_KEY) {
    const start = item.sk.slice(DIRECTORY_START.length);
    const [first = '', last = start] = [terms[0], terms.at(-1)].map(
      (term) => term && spellingOf(term, version),
    );
    if (start !== '' && first !== start)
      throw corrupt(item, 2, `"${first}" where "${start}" is the first term`);
    if (upTo !== undefined && compareUtf8(last, upTo) >= 0)
      throw corrupt(item, 2, `"${last}" is not before "${upTo}"`);
  }
  return {
    ...directory,
    entry(term) {
      const entry = directory.entry(term);
      if (entry) checkEntry(entry, term, segment, item);
      return entry;
    },
  };
}

/** @throws GlossError `corrupt` when a list has a document that its segment does not have, or contradicts itself. */
function checkEntry(entry: DirectoryEntry, term: string, { docs }: SegmentEntry, item: ItemName): void {
  const { docFreq } = entry;
  if (docFreq > docs) throw corrupt(item, 0, `"${term}" in ${docFreq} of ${docs} documents`);
  if ('opaqueChunks' in entry) return;
  if ('postings' in entry) {
    checkRange(entry.postings.docIds.at(-1)!, docs, item);
    return;
  }
  checkRange(entry.chunks.lastDocId, docs, item);
  checkTopPostings(entry, term, item);
}

/** @throws GlossError `corrupt` when a list has a document that its segment does not have. */
export function checkRange(lastDocId: number, docs: number, item: ItemName): void {
  if (lastDocId >= docs) throw corrupt(item, 0, `document ${lastDocId} of ${docs}`);
}

/**
 * The top postings lie in chunks and under their bounds, and each bound is that of a posting: one of the top postings, or
 * one that the impacts of the others cover. So a bound that was lowered is found where the best postings are.
 */
function checkTopPostings({ docFreq, chunks, topPostings }: ChunkedList, term: string, item: ItemName): void {
  const { postings, others } = topPostings;
  const fail = (what: string) => corrupt(item, 0, `"${term}": ${what}`);
  const count = postings.docIds.length;
  if (count > docFreq || count < docFreq !== others.length > 0)
    throw fail(`${count} of ${docFreq} postings are the best, and ${others.length} impacts bound the others`);
  const { firstDocIds, maxPlacedFreqs, minDocLens, lastDocId } = chunks;
  if (docFreq < firstDocIds.length || docFreq > lastDocId - firstDocIds[0]! + 1)
    throw fail(`${docFreq} postings in ${firstDocIds.length} chunks of documents up to ${lastDocId}`);
  const highest = new Uint32Array(firstDocIds.length).fill(others[0]?.maxPlacedFreq ?? 0);
  const lowest = new Float64Array(firstDocIds.length).fill(
    others.at(-1)?.minDocLen ?? Number.POSITIVE_INFINITY,
  );
  for (let i = 0; i < count; i += 1) {
    const docId = postings.docIds[i]!;
    const chunk = chunkOf(firstDocIds, docId);
    if (chunk < 0 || docId > lastDocId) throw fail(`document ${docId} is among the best and in no chunk`);
    const termFreq = postings.placedFreqs[i]!;
    const docLen = postings.docLens[i]!;
    if (termFreq > maxPlacedFreqs[chunk]! || docLen < minDocLens[chunk]!)
      throw fail(`document ${docId} exceeds the bound of chunk ${chunk}`);
    highest[chunk] = Math.max(highest[chunk]!, termFreq);
    lowest[chunk] = Math.min(lowest[chunk]!, docLen);
  }
  for (let chunk = 0; chunk < firstDocIds.length; chunk += 1) {
    if (maxPlacedFreqs[chunk]! > highest[chunk]! || minDocLens[chunk]! < lowest[chunk]!)
      throw fail(`no posting has what bounds chunk ${chunk}`);
  }
}

/** The chunk that would hold a document; -1 if it is before the first. */
function chunkOf(firstDocIds: Uint32Array, docId: number): number {
  let low = 0;
  let high = firstDocIds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (firstDocIds[middle]! <= docId) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
